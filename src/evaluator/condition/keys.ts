/** What is known of a context key whatever the request [IAM guide: AWS global condition context keys; KMS guide: Condition keys]. */
export interface KeyKind {
  readonly type: 'string' | 'arn' | 'bool' | 'numeric' | 'date' | 'ip';
  readonly multivalued: boolean;
  readonly always: boolean;
}

const PLAIN: KeyKind = { type: 'string', multivalued: false, always: false };

const table: Readonly<Record<string, Partial<KeyKind>>> = {
  'aws:calledvia': { multivalued: true },
  'aws:currenttime': { type: 'date', always: true },
  'aws:epochtime': { type: 'date', always: true },
  'aws:multifactorauthage': { type: 'numeric' },
  'aws:multifactorauthpresent': { type: 'bool' },
  'aws:principalarn': { type: 'arn' },
  'aws:principalisawsservice': { type: 'bool' },
  'aws:principalorgpaths': { multivalued: true },
  'aws:principalservicenameslist': { multivalued: true },
  'aws:requestedregion': { always: true },
  'aws:resourceorgpaths': { multivalued: true },
  'aws:securetransport': { type: 'bool', always: true },
  'aws:sourcearn': { type: 'arn' },
  'aws:sourceip': { type: 'ip' },
  'aws:sourceorgpaths': { multivalued: true },
  'aws:tagkeys': { multivalued: true },
  'aws:tokenissuetime': { type: 'date' },
  'aws:viaawsservice': { type: 'bool' },
  'aws:vpcsourceip': { type: 'ip' },
  'kms:bypasspolicylockoutsafetycheck': { type: 'bool' },
  'kms:encryptioncontextkeys': { multivalued: true },
  'kms:grantisforawsresource': { type: 'bool' },
  'kms:grantoperations': { multivalued: true },
  'kms:multiregion': { type: 'bool' },
  'kms:reencryptonsamekey': { type: 'bool' },
  'kms:resourcealiases': { multivalued: true },
  'kms:rotationperiodindays': { type: 'numeric' },
  'kms:schedulekeydeletionpendingwindowindays': { type: 'numeric' },
  'kms:validto': { type: 'date' },
  's3:max-keys': { type: 'numeric' },
  's3:signatureage': { type: 'numeric' },
  's3:tlsversion': { type: 'numeric' },
  'secretsmanager:blockpublicpolicy': { type: 'bool' },
  'secretsmanager:forcedeletewithoutrecovery': { type: 'bool' },
  'secretsmanager:recoverywindowindays': { type: 'numeric' },
};

const kinds: ReadonlyMap<string, KeyKind> = new Map(Object.entries(table).map(([key, kind]) => [key, { ...PLAIN, ...kind }]));

/** The kind of a key by its lower-cased name; a key of no table is a single-valued string. */
export function keyKind(key: string): KeyKind {
  return kinds.get(key) ?? PLAIN;
}

/** `aws:CurrentTime` and `aws:EpochTime` are one fact in two spellings. */
export function canonicalKey(key: string): string {
  const lower = key.toLowerCase();
  return lower === 'aws:epochtime' ? 'aws:currenttime' : lower;
}
