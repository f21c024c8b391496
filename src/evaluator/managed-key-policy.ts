import type { AccessResource, PolicyDocument, Statement } from '../model/index.js';

/**
 * Services whose AWS managed key is called after the service that uses it, by alias. Of others the fixed policy is not known.
 */
const USED_THROUGH: Readonly<Record<string, string>> = {
  'alias/aws/ssm': 'ssm',
  'alias/aws/secretsmanager': 'secretsmanager',
  'alias/aws/s3': 's3',
  'alias/aws/ebs': 'ec2',
  'alias/aws/rds': 'rds',
  'alias/aws/lambda': 'lambda',
  'alias/aws/dynamodb': 'dynamodb',
  'alias/aws/sqs': 'sqs',
  'alias/aws/sns': 'sns',
  'alias/aws/kinesis': 'kinesis',
  'alias/aws/elasticfilesystem': 'elasticfilesystem',
};

const USE = ['Encrypt', 'Decrypt', 'ReEncrypt*', 'GenerateDataKey*', 'CreateGrant', 'DescribeKey'];
const LOOK = ['Describe*', 'Get*', 'List*', 'RevokeGrant'];

/**
 * The fixed policy of an AWS managed key: everyone of the account through the service, and the account to look at it
 * [KMS guide: AWS managed keys]. Undefined where the alias does not say which service.
 */
export function managedKeyPolicy(resource: AccessResource): PolicyDocument | undefined {
  const service = resource.key?.aliases.map((alias) => USED_THROUGH[alias]).find((known) => known !== undefined);
  const region = resource.region ?? resource.arn.split(':')[3];
  if (service === undefined || region === undefined) return undefined;
  const { origin, account, name } = resource;
  const texts = (operations: readonly string[]) => ({ negated: false, patterns: operations.map((text) => ({ text: `kms:${text}` })) });
  const base = { effect: 'Allow' as const, resource: { negated: false, patterns: [{ text: '*' }] }, origin };
  const equals = (key: string, text: string) => ({ operator: 'StringEquals', ifExists: false, key, values: [{ text }], origin });
  const statements: readonly Statement[] = [
    {
      ...base,
      index: 0,
      principal: { negated: false, entries: [{ kind: 'any-aws' }] },
      action: texts(USE),
      conditions: [equals('kms:CallerAccount', account), equals('kms:ViaService', `${service}.${region}.amazonaws.com`)],
    },
    { ...base, index: 1, principal: { negated: false, entries: [{ kind: 'account', account }] }, action: texts(LOOK), conditions: [] },
  ];
  return { name: `fixed key policy of ${name}`, kind: 'resource', version: '2012-10-17', statements, origin };
}
