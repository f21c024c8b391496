/** The lowest TLS version of each predefined security policy [ELB guides: Security policies], without `ELBSecurityPolicy-`. */
const POLICIES = {
  '1.0': [
    ...['2015-02', '2015-03', '2015-05', '2016-08', 'TLS-1-0-2015-04', 'FS-2018-06'],
    ...['TLS13-1-0-2021-06', 'TLS13-1-0-FIPS-2023-04', 'TLS13-1-0-PQ-2025-09', 'TLS13-1-0-FIPS-PQ-2025-09'],
  ],
  '1.1': ['TLS-1-1-2017-01', 'FS-1-1-2019-08', 'TLS13-1-1-2021-06', 'TLS13-1-1-FIPS-2023-04'],
  '1.2': [
    ...['TLS-1-2-2017-01', 'TLS-1-2-Ext-2018-06', 'FS-1-2-2019-08', 'FS-1-2-Res-2019-08', 'FS-1-2-Res-2020-10'],
    ...['TLS13-1-2-2021-06', 'TLS13-1-2-Res-2021-06', 'TLS13-1-2-Ext1-2021-06', 'TLS13-1-2-Ext2-2021-06'],
    ...['TLS13-1-2-FIPS-2023-04', 'TLS13-1-2-Res-FIPS-2023-04'],
    ...['TLS13-1-2-Ext0-FIPS-2023-04', 'TLS13-1-2-Ext1-FIPS-2023-04', 'TLS13-1-2-Ext2-FIPS-2023-04'],
    ...['TLS13-1-2-PQ-2025-09', 'TLS13-1-2-Res-PQ-2025-09', 'TLS13-1-2-Ext1-PQ-2025-09', 'TLS13-1-2-Ext2-PQ-2025-09'],
    ...['TLS13-1-2-FIPS-PQ-2025-09', 'TLS13-1-2-Res-FIPS-PQ-2025-09'],
    ...['TLS13-1-2-Ext0-FIPS-PQ-2025-09', 'TLS13-1-2-Ext1-FIPS-PQ-2025-09', 'TLS13-1-2-Ext2-FIPS-PQ-2025-09'],
    ...['TLS13-1-2-RFC9151-FIPS-2023-07', 'TLS13-1-2-Ext0-RFC9151-FIPS-2023-07'],
    ...['TLS13-1-2-RFC9151-INTEROP1-FIPS-2023-07', 'TLS13-1-2-RFC9151-INTEROP2-FIPS-2023-07'],
  ],
  '1.3': [
    'TLS13-1-3-2021-06',
    'TLS13-1-3-FIPS-2023-04',
    'TLS13-1-3-PQ-2025-09',
    'TLS13-1-3-FIPS-PQ-2025-09',
    'TLS13-1-3-RFC9151-FIPS-2023-07',
  ],
} as const;

export type TlsVersion = keyof typeof POLICIES;

const FLOORS: ReadonlyMap<string, TlsVersion> = new Map(
  Object.entries(POLICIES).flatMap(([floor, names]) => names.map((name) => [`ELBSecurityPolicy-${name}`, floor as TlsVersion] as const)), // its keys
);

/** The lowest TLS version that a predefined policy admits; undefined for a name that is not in the table. */
export function tlsFloor(policy: string): TlsVersion | undefined {
  return FLOORS.get(policy);
}

/** What a listener takes that names no policy, when it is made by CloudFormation or the API. */
export const DEFAULT_POLICY = 'ELBSecurityPolicy-2016-08';
