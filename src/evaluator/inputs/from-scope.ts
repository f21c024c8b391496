import {
  type AccessModel,
  type AccessPrincipal,
  type AccessResource,
  type Cause,
  isList,
  type KeyFacts,
  type PolicyDocument,
  type Reference,
  type Resource,
  type Scope,
  type Value,
  valueAt,
} from '../../model/index.js';
import { parsePolicy } from '../policy/parse.js';
import { arnOf, deploymentOf, nameOf } from './arn-of.js';
import { TEMPLATE_ASSUMPTIONS } from './assumptions.js';
import { encryptedBy } from './encrypted-by.js';
import { textReader } from './policy-text.js';
import { type PlacedProblem, ScopePolicies } from './scope-policies.js';

/** What the policies of templates make possible, and what is wrong with them. */
export interface ScopeAccess {
  readonly model: AccessModel;
  readonly problems: readonly PlacedProblem[];
}

/** Resources whose policy is a resource of its own: type, the property that names what it is on, and the document. */
const POLICY_RESOURCES: Readonly<Record<string, { readonly on: string; readonly document: string }>> = {
  'AWS::S3::BucketPolicy': { on: 'Bucket', document: 'PolicyDocument' },
  'AWS::SQS::QueuePolicy': { on: 'Queues', document: 'PolicyDocument' },
  'AWS::SNS::TopicPolicy': { on: 'Topics', document: 'PolicyDocument' },
  'AWS::SecretsManager::ResourcePolicy': { on: 'SecretId', document: 'ResourcePolicy' },
};

/** Types that requests act on; `policy` where the document is a property of the resource. */
const TARGETS: Readonly<Record<string, { readonly policy?: string; readonly kind?: 'trust' }>> = {
  'AWS::KMS::Key': { policy: 'KeyPolicy' },
  'AWS::KMS::ReplicaKey': { policy: 'KeyPolicy' },
  'AWS::S3::Bucket': {},
  'AWS::SQS::Queue': {},
  'AWS::SNS::Topic': {},
  'AWS::SecretsManager::Secret': {},
  'AWS::SSM::Parameter': {},
  'AWS::DynamoDB::Table': { policy: 'ResourcePolicy' },
  'AWS::Lambda::Function': {},
  'AWS::Logs::LogGroup': {},
  'AWS::EFS::FileSystem': { policy: 'FileSystemPolicy' },
  'AWS::IAM::Role': { policy: 'AssumeRolePolicyDocument', kind: 'trust' },
};

/** Builds the access model of templates before deployment: names and ARNs that deployment makes stand as symbols. */
export function accessOfScope(scope: Scope): ScopeAccess {
  const byId = new Map([...scope.resources.map((resource) => [resource.id, resource] as const), ...scope.foreign]);
  const deployment = deploymentOf(scope);
  const text = textReader(deployment, (id) => byId.get(id));
  const policies = new ScopePolicies(text, (id) => byId.get(id));
  const idOf = (value: Value | undefined): string | undefined =>
    isReference(value) ? value.target : value === undefined ? undefined : byName(value);
  const byName = (value: Value): string | undefined => {
    const plain = text.plainText(value);
    return plain === undefined
      ? undefined
      : scope.resources.find((resource) => nameOf(resource, text.plainText) === plain || arn(resource) === plain)?.id;
  };
  const arn = (resource: Resource): string => arnOf(resource, deployment, text.plainText);

  const attached = attachedPolicies(scope, policies, idOf);
  const principals = scope.resources.flatMap((resource): AccessPrincipal[] => {
    if (resource.type !== 'AWS::IAM::Role' && resource.type !== 'AWS::IAM::User') return [];
    const kind = resource.type === 'AWS::IAM::Role' ? 'role' : 'user';
    const owner = `${kind} ${resource.name}`;
    const managed = policies.managed(resource, 'ManagedPolicyArns', 'identity');
    const boundary = policies.managed(resource, 'PermissionsBoundary', 'boundary');
    const groups = kind === 'user' ? groupsOf(scope, resource, idOf) : [];
    const ofGroups = groups.flatMap((group) => [
      ...policies.inline(group, `group ${group.name}`),
      ...policies.managed(group, 'ManagedPolicyArns', 'identity').documents,
      ...(attached.get(group.id) ?? []),
    ]);
    const bound = boundary.documents[0] ?? boundaryUnread(boundary.missing[0], resource);
    const trust = kind === 'role' ? policies.at(resource, ['AssumeRolePolicyDocument'], 'trust', `trust policy of ${owner}`) : undefined;
    return [
      {
        id: resource.id,
        kind,
        arn: arn(resource),
        account: deployment.account,
        name: resource.name,
        tags: tagsOf(resource, text.plainText),
        identity: [...policies.inline(resource, owner), ...managed.documents, ...ofGroups, ...(attached.get(resource.id) ?? [])],
        ...(bound === undefined ? {} : { boundary: bound }),
        ...(trust === undefined ? {} : { trust }),
        serviceLinked: false,
        missing: managed.missing,
        origin: resource.origin,
      },
    ];
  });

  const separate = separatePolicies(scope, policies, idOf);
  const aliases = aliasesOf(scope, idOf, text.plainText);
  const related = relatedKeys(scope, idOf);
  const resources = scope.resources.flatMap((resource): AccessResource[] => {
    const target = TARGETS[resource.type];
    if (target === undefined) return [];
    const name = `${target.kind === 'trust' ? 'trust policy' : resource.type.startsWith('AWS::KMS::') ? 'key policy' : 'policy'} of ${resource.name}`;
    const own = target.policy === undefined ? undefined : policies.at(resource, [target.policy], target.kind ?? 'resource', name);
    const isKey = resource.type === 'AWS::KMS::Key' || resource.type === 'AWS::KMS::ReplicaKey';
    const policy = own ?? separate.get(resource.id) ?? (isKey ? defaultKeyPolicy(deployment.account, resource) : undefined);
    const behind = encryptedBy(resource, idOf, text.plainText);
    return [
      {
        id: resource.id,
        arn: arn(resource),
        type: resource.type,
        account: deployment.account,
        region: deployment.region,
        name: resource.name,
        tags: tagsOf(resource, text.plainText),
        ...(policy === undefined ? {} : { policy }),
        ...(isKey ? { key: keyFacts(resource, aliases.get(resource.id) ?? [], related.get(resource.id) ?? [], text.plainText) } : {}),
        ...(behind === undefined ? {} : { encryptedBy: behind }),
        origin: resource.origin,
      },
    ];
  });
  return {
    model: { principals, resources, accounts: [], gaps: scope.gaps, assumptions: TEMPLATE_ASSUMPTIONS },
    problems: policies.problems,
  };
}

function isReference(value: Value | undefined): value is Reference {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'reference' && 'target' in value;
}

/** AWS::IAM::Policy, RolePolicy, UserPolicy, GroupPolicy and ManagedPolicy name whom they are attached to. */
function attachedPolicies(
  scope: Scope,
  policies: ScopePolicies,
  idOf: (value: Value | undefined) => string | undefined,
): ReadonlyMap<string, readonly PolicyDocument[]> {
  const attached = new Map<string, PolicyDocument[]>();
  for (const resource of scope.resources) {
    if (!/^AWS::IAM::(?:Policy|ManagedPolicy|RolePolicy|UserPolicy|GroupPolicy)$/.test(resource.type)) continue;
    const document = policies.at(resource, ['PolicyDocument'], 'identity', `policy ${resource.name}`);
    if (document === undefined) continue;
    for (const property of ['Roles', 'Users', 'Groups', 'RoleName', 'UserName', 'GroupName']) {
      const value = valueAt(resource.properties, [property]);
      for (const item of value === undefined ? [] : isList(value) ? value : [value]) {
        const id = idOf(item);
        if (id !== undefined) attached.set(id, [...(attached.get(id) ?? []), document]);
      }
    }
  }
  return attached;
}

function groupsOf(scope: Scope, user: Resource, idOf: (value: Value | undefined) => string | undefined): readonly Resource[] {
  const ids = new Set<string | undefined>();
  const groups = valueAt(user.properties, ['Groups']);
  if (isList(groups)) for (const group of groups) ids.add(idOf(group));
  for (const resource of scope.resources) {
    if (resource.type !== 'AWS::IAM::UserToGroupAddition') continue;
    const users = valueAt(resource.properties, ['Users']);
    if (isList(users) && users.some((item) => idOf(item) === user.id)) ids.add(idOf(valueAt(resource.properties, ['GroupName'])));
  }
  return scope.resources.filter((resource) => resource.type === 'AWS::IAM::Group' && ids.has(resource.id));
}

function separatePolicies(
  scope: Scope,
  policies: ScopePolicies,
  idOf: (value: Value | undefined) => string | undefined,
): ReadonlyMap<string, PolicyDocument> {
  const found = new Map<string, PolicyDocument>();
  for (const resource of scope.resources) {
    const shape = POLICY_RESOURCES[resource.type];
    if (shape === undefined) continue;
    const document = policies.at(resource, [shape.document], 'resource', `policy ${resource.name}`);
    const on = valueAt(resource.properties, [shape.on]);
    for (const item of on === undefined || document === undefined ? [] : isList(on) ? on : [on]) {
      const id = idOf(item) ?? queueByUrl(item);
      if (id !== undefined && document !== undefined) found.set(id, document);
    }
  }
  return found;
}

/** `!Ref Queue` is its URL, which is no name. */
function queueByUrl(value: Value): string | undefined {
  return isReference(value) ? value.target : undefined;
}

function aliasesOf(
  scope: Scope,
  idOf: (value: Value | undefined) => string | undefined,
  plainText: (value: Value) => string | undefined,
): ReadonlyMap<string, readonly string[]> {
  const aliases = new Map<string, string[]>();
  for (const resource of scope.resources) {
    if (resource.type !== 'AWS::KMS::Alias') continue;
    const key = idOf(valueAt(resource.properties, ['TargetKeyId']));
    const name = valueAt(resource.properties, ['AliasName']);
    const text = name === undefined ? undefined : plainText(name);
    if (key !== undefined && text !== undefined) aliases.set(key, [...(aliases.get(key) ?? []), text]);
  }
  return aliases;
}

/** A replica, its primary and the primary's other replicas: what one decrypts, all do [KMS guide: Multi-Region keys]. */
function relatedKeys(scope: Scope, idOf: (value: Value | undefined) => string | undefined): ReadonlyMap<string, readonly string[]> {
  const families = new Map<string, string[]>();
  for (const resource of scope.resources) {
    if (resource.type !== 'AWS::KMS::ReplicaKey') continue;
    const primary = idOf(valueAt(resource.properties, ['PrimaryKeyArn']));
    if (primary !== undefined) families.set(primary, [...(families.get(primary) ?? [primary]), resource.id]);
  }
  return new Map([...families.values()].flatMap((keys) => keys.map((key) => [key, keys.filter((other) => other !== key)] as const)));
}

function keyFacts(
  resource: Resource,
  aliases: readonly string[],
  related: readonly string[],
  plainText: (value: Value) => string | undefined,
): KeyFacts {
  const fact = (property: string): string | undefined => {
    const value = valueAt(resource.properties, [property]);
    return value === undefined ? undefined : plainText(value);
  };
  const spec = fact('KeySpec');
  const usage = fact('KeyUsage');
  const keyOrigin = fact('Origin');
  const multiRegion = resource.type === 'AWS::KMS::ReplicaKey' ? 'true' : (fact('MultiRegion') ?? 'false');
  return {
    manager: 'customer',
    aliases,
    related,
    grants: [],
    ...(spec === undefined ? {} : { spec }),
    ...(usage === undefined ? {} : { usage }),
    ...(keyOrigin === undefined ? {} : { keyOrigin }),
    multiRegion: multiRegion === 'true',
  };
}

/** What KMS attaches to a key without a policy: everything for the account [KMS guide: Default key policy]. */
function defaultKeyPolicy(account: string, resource: Resource): PolicyDocument {
  const value = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' }] };
  const source = { name: `default key policy of ${resource.name}`, kind: 'resource' as const, place: () => resource.origin };
  return parsePolicy(value, { ...source, text: (item) => ({ text: String(item) }) }).document;
}

function boundaryUnread(cause: Cause | undefined, resource: Resource): PolicyDocument | undefined {
  if (cause === undefined) return undefined;
  return {
    name: `permissions boundary of ${resource.name}`,
    kind: 'boundary',
    version: '2012-10-17',
    statements: [],
    origin: resource.origin,
    unreadable: cause,
  };
}

function tagsOf(resource: Resource, plainText: (value: Value) => string | undefined): Readonly<Record<string, string>> {
  const tags = valueAt(resource.properties, ['Tags']);
  if (!isList(tags)) return {};
  return Object.fromEntries(
    tags.flatMap((tag) => {
      const key = valueAt(tag, ['Key']);
      const value = valueAt(tag, ['Value']);
      const [k, v] = [key === undefined ? undefined : plainText(key), value === undefined ? undefined : plainText(value)];
      return k === undefined || v === undefined ? [] : [[k, v] as const];
    }),
  );
}
