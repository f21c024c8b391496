import type { AccessResource, Origin, PolicyDocument } from '../model/index.js';
import type { CompiledAccess, CompiledDocument, CompiledResource } from './compile.js';
import { managedKeyPolicy } from './managed-key-policy.js';

/** What a request acts on. */
export interface Target {
  /** The ARN that is authorised; `*` for actions that know no resource. */
  readonly arn: string;
  readonly account?: string;
  readonly held?: CompiledResource;
  /** Its own policy; for a key that has none in the snapshot, what is known of it. */
  readonly policy?: CompiledDocument;
  /** The alias by which the request names the key: `alias/orders`. */
  readonly alias?: string;
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
    'secretsmanager:BatchGetSecretValue',
    's3:ListAllMyBuckets',
    's3:GetAccountPublicAccessBlock',
    's3:PutAccountPublicAccessBlock',
    'sqs:ListQueues',
    'sns:ListTopics',
    'dynamodb:ListTables',
    'lambda:ListFunctions',
    'sts:GetCallerIdentity',
    'sts:GetSessionToken',
    'sts:DecodeAuthorizationMessage',
    'iam:GetAccountAuthorizationDetails',
    'iam:GetAccountSummary',
    'iam:ListAccountAliases',
    'iam:ListGroups',
    'iam:ListRoles',
    'iam:ListUsers',
    'iam:ListPolicies',
  ].map((action) => action.toLowerCase()),
);

export function targetOf(access: CompiledAccess, action: string, resource: string): Target {
  const nothing = { isKey: false, isRole: false, awsManaged: false };
  if (resource === '*' || WITHOUT_RESOURCE.has(action.toLowerCase())) return { arn: '*', ...nothing };
  const alias = ALIAS.exec(resource);
  if (alias !== null && !ON_ALIASES.has(action.toLowerCase())) return aliased(access, resource, alias);
  const held = access.resources.get(resource) ?? owner(access, resource);
  const arn = access.resources.get(resource)?.resource.arn ?? resource;
  const type = held?.resource.type;
  const account = held?.resource.account ?? accountIn(arn);
  const isKey = type === 'AWS::KMS::Key' || type === 'AWS::KMS::ReplicaKey' || /^arn:[^:]+:kms:[^:]*:[^:]*:key\//.test(arn);
  const policy = held?.policy ?? (isKey ? unseenKeyPolicy(access, arn, held?.resource) : undefined);
  return {
    arn,
    ...(account === undefined ? {} : { account }),
    ...(held === undefined ? {} : { held }),
    ...(policy === undefined ? {} : { policy }),
    isKey,
    isRole: type === 'AWS::IAM::Role' || /^arn:[^:]+:iam::[^:]*:role\//.test(arn),
    awsManaged: held?.resource.key?.manager === 'aws-managed',
  };
}

const ALIAS = /^arn:[^:]+:kms:([^:]*):([^:]*):(alias\/.+)$/;
const ON_ALIASES: ReadonlySet<string> = new Set(['kms:createalias', 'kms:updatealias', 'kms:deletealias']);

/** A request that names an alias is authorised on its key [KMS guide: Using aliases to control access to KMS keys]. */
function aliased(access: CompiledAccess, resource: string, [, region, account, alias]: RegExpExecArray): Target {
  const key = access.model.resources.find(
    (held) =>
      held.key?.aliases.includes(alias ?? '') === true &&
      held.account === account &&
      (held.region === undefined || region === '' || held.region === region),
  );
  const named = alias === undefined ? {} : { alias };
  if (key !== undefined) return { ...targetOf(access, 'kms:DescribeKey', key.id), ...named };
  const policy = unseenKeyPolicy(access, resource, undefined);
  return { arn: resource, ...(account === undefined ? {} : { account }), policy, isKey: true, isRole: false, awsManaged: false, ...named };
}

/** Policies of keys that the model does not hold, so that each is compiled once. */
const unseen = new WeakMap<CompiledAccess, Map<string, CompiledDocument>>();

/** Every key has a policy: the fixed one of an AWS managed key, or one that was not read and could say anything. */
function unseenKeyPolicy(access: CompiledAccess, arn: string, resource: AccessResource | undefined): CompiledDocument {
  const known = unseen.get(access) ?? new Map<string, CompiledDocument>();
  unseen.set(access, known);
  const before = known.get(arn);
  if (before !== undefined) return before;
  const fixed = resource?.key?.manager === 'aws-managed' ? managedKeyPolicy(resource) : undefined;
  const policy = access.compile(fixed ?? unread(arn, resource));
  known.set(arn, policy);
  return policy;
}

const NOWHERE: Origin = { kind: 'file', file: '', range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } };

function unread(arn: string, resource: AccessResource | undefined): PolicyDocument {
  const name = `key policy of ${resource?.name ?? arn}`;
  return {
    name,
    kind: 'resource',
    version: '2012-10-17',
    statements: [],
    origin: resource?.origin ?? NOWHERE,
    unreadable: { words: `the ${name}, which is not in the snapshot`, kind: 'gap' },
  };
}

/** An object is its bucket's: `arn:aws:s3:::bucket/key`. */
function owner(access: CompiledAccess, arn: string): CompiledResource | undefined {
  const slash = arn.indexOf('/');
  return /^arn:[^:]+:s3:::/.test(arn) && slash > 0 ? access.resources.get(arn.slice(0, slash)) : undefined;
}

function accountIn(arn: string): string | undefined {
  const account = arn.split(':')[4];
  // What AWS itself owns, such as its managed policies, is everyone's to ask for.
  return account === undefined || account === '' || account === 'aws' ? undefined : account;
}
