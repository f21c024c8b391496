import { type Cause, isOpen, type Path, type Resource, type Value, valueAt } from '../../model/index.js';

interface KeyPath {
  readonly path: Path;
  /** The AWS managed key without one: always, or where another property has a value. */
  readonly otherwise?: string | { readonly path: Path; readonly is: readonly Value[]; readonly alias: string };
}

/** Where a type names the key behind its data, and the AWS managed key it uses without one. */
const KEY_PATHS: Readonly<Record<string, KeyPath>> = {
  'AWS::S3::Bucket': {
    path: ['BucketEncryption', 'ServerSideEncryptionConfiguration', 0, 'ServerSideEncryptionByDefault', 'KMSMasterKeyID'],
    otherwise: {
      path: ['BucketEncryption', 'ServerSideEncryptionConfiguration', 0, 'ServerSideEncryptionByDefault', 'SSEAlgorithm'],
      is: ['aws:kms', 'aws:kms:dsse'],
      alias: 'alias/aws/s3',
    },
  },
  'AWS::SecretsManager::Secret': { path: ['KmsKeyId'], otherwise: 'alias/aws/secretsmanager' },
  'AWS::SSM::Parameter': { path: ['KeyId'] },
  'AWS::SQS::Queue': { path: ['KmsMasterKeyId'] },
  'AWS::SNS::Topic': { path: ['KmsMasterKeyId'] },
  'AWS::DynamoDB::Table': {
    path: ['SSESpecification', 'KMSMasterKeyId'],
    otherwise: { path: ['SSESpecification', 'SSEEnabled'], is: [true], alias: 'alias/aws/dynamodb' },
  },
  'AWS::Lambda::Function': { path: ['KmsKeyArn'] },
  'AWS::Logs::LogGroup': { path: ['KmsKeyId'] },
  'AWS::EFS::FileSystem': { path: ['KmsKeyId'] },
};

/** The key behind a resource's data: an id of the scope, a key or alias by name, or why it can't be known. */
export function encryptedBy(
  resource: Resource,
  idOf: (value: Value | undefined) => string | undefined,
  plainText: (value: Value) => string | undefined,
): string | Cause | undefined {
  const known = KEY_PATHS[resource.type];
  if (known === undefined) return undefined;
  const value = valueAt(resource.properties, known.path);
  if (value === undefined) return managed(resource, known);
  const id = idOf(value);
  if (id !== undefined) return id;
  const text = plainText(value);
  if (text !== undefined) return text;
  return { words: `the key of ${resource.name}`, kind: isOpen(value) ? value.kind : 'unknown' };
}

function managed(resource: Resource, { otherwise }: KeyPath): string | Cause | undefined {
  if (otherwise === undefined || typeof otherwise === 'string') return otherwise;
  const value = valueAt(resource.properties, otherwise.path);
  if (isOpen(value)) return { words: `how ${resource.name} is encrypted`, kind: value.kind };
  return value !== undefined && otherwise.is.includes(value) ? otherwise.alias : undefined;
}
