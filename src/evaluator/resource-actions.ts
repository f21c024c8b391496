import type { CompiledDocument, CompiledStatement } from './compile.js';
import type { Target } from './target.js';
import { classesOf } from './text/classes.js';
import { glob, matches } from './text/glob.js';

/** What people do with a resource of a type: enough to tell who gets at its data, and who may change who does. */
const BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  'AWS::KMS::Key': [
    'kms:CreateGrant',
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:GenerateMac',
    'kms:GetKeyPolicy',
    'kms:GetPublicKey',
    'kms:PutKeyPolicy',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
    'kms:ScheduleKeyDeletion',
    'kms:Sign',
    'kms:Verify',
  ],
  'AWS::S3::Bucket': [
    's3:DeleteObject',
    's3:GetBucketPolicy',
    's3:GetObject',
    's3:ListBucket',
    's3:PutBucketPolicy',
    's3:PutObject',
    's3:PutObjectAcl',
  ],
  'AWS::SecretsManager::Secret': [
    'secretsmanager:DeleteSecret',
    'secretsmanager:DescribeSecret',
    'secretsmanager:GetSecretValue',
    'secretsmanager:PutResourcePolicy',
    'secretsmanager:PutSecretValue',
  ],
  'AWS::SQS::Queue': ['sqs:DeleteMessage', 'sqs:ReceiveMessage', 'sqs:SendMessage', 'sqs:SetQueueAttributes'],
  'AWS::SNS::Topic': ['sns:Publish', 'sns:SetTopicAttributes', 'sns:Subscribe'],
  'AWS::Lambda::Function': ['lambda:GetFunction', 'lambda:InvokeFunction', 'lambda:InvokeFunctionUrl', 'lambda:UpdateFunctionCode'],
  'AWS::DynamoDB::Table': ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:Scan'],
  'AWS::SSM::Parameter': ['ssm:GetParameter', 'ssm:GetParameters'],
  'AWS::IAM::Role': ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'],
  'AWS::ECR::Repository': ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:PutImage'],
  'AWS::Logs::LogGroup': ['logs:PutLogEvents'],
  'AWS::EFS::FileSystem': ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientRootAccess', 'elasticfilesystem:ClientWrite'],
};

export interface AskedAction {
  readonly action: string;
  /** The resource itself, or, for a bucket, an object of each kind that the policy tells apart. */
  readonly on: readonly string[];
  /** `no`: it stands for actions the policy would let through and that have no name here. */
  readonly named: 'yes' | 'no';
}

/** Actions to ask about, each with what it acts on: those said, else those of the type, those the policy names, and one for each class of others that it tells apart. */
export function askedActions({ arn, held, policy }: Target, said: readonly string[] | undefined): readonly AskedAction[] {
  const type = held?.resource.type ?? '';
  const objects = type === 'AWS::S3::Bucket' ? objectsOf(arn, policy) : [];
  const asked = said?.map((action) => ({ action, named: 'yes' as const })) ?? actionsOf(type, policy);
  return asked.map(({ action, named }) => {
    if (objects.length === 0) return { action, named, on: [arn] };
    if (named === 'no') return { action, named, on: [arn, ...objects] };
    return { action, named, on: ON_OBJECTS.test(action) ? objects : [arn] };
  });
}

/** [Service Authorization Reference: Actions, resources, and condition keys for Amazon S3] */
const ON_OBJECTS = /^s3:(?:(?!.*Bucket).*Object|AbortMultipartUpload$|ListMultipartUploadParts$)/i;

/** An object of each kind that the Resources of a bucket's policy tell apart. */
function objectsOf(arn: string, policy: CompiledDocument | undefined): readonly string[] {
  const patterns = statementsOf(policy).flatMap(({ resources }) =>
    resources.map((pattern) => {
      if (pattern.kind === 'constant') return pattern.glob;
      return pattern.kind === 'unknown'
        ? pattern.atMost
        : glob(pattern.template.parts.map((part) => (typeof part === 'string' ? part : '*')).join(''), 'arn');
    }),
  );
  const distinct = [...new Map(patterns.map((pattern) => [pattern.source, pattern])).values()];
  const inside = glob(
    [
      { text: `${arn}/`, literal: true },
      { text: '?*', literal: false },
    ],
    'arn',
  );
  return classesOf(distinct, inside).map(({ example }) => example);
}

function statementsOf(policy: CompiledDocument | undefined): readonly CompiledStatement[] {
  return [...(policy?.allows ?? []), ...(policy?.denies ?? [])];
}

function actionsOf(type: string, policy: CompiledDocument | undefined): readonly Pick<AskedAction, 'action' | 'named'>[] {
  const known = BY_TYPE[type === 'AWS::KMS::ReplicaKey' ? 'AWS::KMS::Key' : type] ?? [];
  const patterns = statementsOf(policy).flatMap(({ actions }) => actions.map((action) => action.glob));
  const written = patterns.filter(({ literal }) => literal !== undefined).map(({ source }) => source);
  const named = new Map([...known, ...written].map((action) => [action.toLowerCase(), action]));
  const services = new Set([...named.keys()].map((action) => action.split(':')[0] ?? ''));
  const classOf = (action: string): string => patterns.map((pattern) => (matches(pattern, action) ? '1' : '0')).join('');
  const covered = new Set([...named.values()].map(classOf));
  const distinct = [...new Map(patterns.map((pattern) => [pattern.source.toLowerCase(), pattern])).values()];
  const others = [...services].sort().flatMap((service) =>
    classesOf(distinct, glob(`${service}:?*`, 'folded'))
      .filter(({ example, matched }) => matched.size > 0 && !covered.has(classOf(example)))
      .map(({ example }) => ({ action: example, named: 'no' as const })),
  );
  return [...[...named.values()].sort().map((action) => ({ action, named: 'yes' as const })), ...others];
}
