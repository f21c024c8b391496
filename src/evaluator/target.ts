import type { CompiledAccess, CompiledResource } from './compile.js';

/** What a request acts on. */
export interface Target {
  /** The ARN that is authorised; `*` for actions that know no resource. */
  readonly arn: string;
  readonly account?: string;
  readonly held?: CompiledResource;
  /** The key policy must agree, whatever IAM says. */
  readonly isKey: boolean;
  readonly isRole: boolean;
  readonly awsManaged: boolean;
}

/** Actions that are authorised against `*`: a statement naming an ARN never allows them [Service Authorization Reference]. */
const WITHOUT_RESOURCE: ReadonlySet<string> = new Set(
  [
    'kms:ListKeys',
    'kms:ListAliases',
    'kms:CreateKey',
    'kms:GenerateRandom',
    'kms:ListRetirableGrants',
    'kms:CreateCustomKeyStore',
    'kms:DescribeCustomKeyStores',
    'kms:ConnectCustomKeyStore',
    'kms:DisconnectCustomKeyStore',
    'kms:UpdateCustomKeyStore',
    'kms:DeleteCustomKeyStore',
    'ssm:DescribeParameters',
    'secretsmanager:ListSecrets',
    'secretsmanager:GetRandomPassword',
    's3:ListAllMyBuckets',
    'iam:ListRoles',
    'iam:ListUsers',
    'iam:ListPolicies',
  ].map((action) => action.toLowerCase()),
);

export function targetOf(access: CompiledAccess, action: string, resource: string): Target {
  if (resource === '*' || WITHOUT_RESOURCE.has(action.toLowerCase())) return { arn: '*', isKey: false, isRole: false, awsManaged: false };
  const held = access.resources.get(resource) ?? owner(access, resource);
  const arn = access.resources.get(resource)?.resource.arn ?? resource;
  const type = held?.resource.type;
  const account = held?.resource.account ?? accountIn(arn);
  return {
    arn,
    ...(account === undefined ? {} : { account }),
    ...(held === undefined ? {} : { held }),
    isKey: type === 'AWS::KMS::Key' || type === 'AWS::KMS::ReplicaKey' || /^arn:[^:]+:kms:[^:]*:[^:]*:key\//.test(arn),
    isRole: type === 'AWS::IAM::Role' || /^arn:[^:]+:iam::[^:]*:role\//.test(arn),
    awsManaged: held?.resource.key?.manager === 'aws-managed',
  };
}

/** An object is its bucket's: `arn:aws:s3:::bucket/key`. */
function owner(access: CompiledAccess, arn: string): CompiledResource | undefined {
  const slash = arn.indexOf('/');
  return /^arn:[^:]+:s3:::/.test(arn) && slash > 0 ? access.resources.get(arn.slice(0, slash)) : undefined;
}

function accountIn(arn: string): string | undefined {
  const account = arn.split(':')[4];
  return account === undefined || account === '' ? undefined : account;
}
