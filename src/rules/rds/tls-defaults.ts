/** Whether databases of a family refuse plain connections: by which parameter, and where the parameter says nothing. */
export interface TlsParameter {
  readonly name: 'rds.force_ssl' | 'require_secure_transport';
  readonly silent: 'on' | 'off' | 'unknown';
}

/**
 * By parameter group family [RDS and Aurora guides: Using SSL/TLS with each engine]. Undefined for engines that have no such
 * parameter: Oracle uses option groups, Db2 a certificate of its own.
 */
export function tlsParameter(family: string): TlsParameter | undefined {
  const [, engine, version] =
    /^(postgres|aurora-postgresql|mysql|aurora-mysql|aurora|mariadb|sqlserver)-?[a-z-]*?([\d.]+)$/.exec(family) ?? [];
  const number = Number(version);
  switch (engine) {
    case 'postgres':
      return { name: 'rds.force_ssl', silent: number >= 15 ? 'on' : 'off' };
    case 'aurora-postgresql':
      return { name: 'rds.force_ssl', silent: number >= 17 ? 'on' : 'off' };
    case 'sqlserver':
      return { name: 'rds.force_ssl', silent: 'off' };
    case 'mysql':
    case 'aurora-mysql':
    case 'aurora':
      return { name: 'require_secure_transport', silent: number <= 8 ? 'off' : 'unknown' };
    case 'mariadb':
      return { name: 'require_secure_transport', silent: number >= 11.8 ? 'on' : number <= 11.4 ? 'off' : 'unknown' };
    default:
      return undefined;
  }
}

/** The family of an engine's default parameter group: `postgres` and `16.4` give `postgres16`. */
export function familyOf(engine: string, version: string): string {
  const [major = '', minor = ''] = version.split('.');
  if (engine.startsWith('sqlserver')) return `${engine}-${major}.0`;
  const alone = /postgres/.test(engine) && Number(major) >= 10;
  return `${engine}${alone ? major : `${major}.${minor}`}`;
}
