import {
  type AccessModel,
  type AccessPrincipal,
  type AccessResource,
  type Cause,
  isList,
  type KeyFacts,
  type PolicyDocument,
  type Resource,
  type Scope,
  type Value,
  valueAt,
} from '../../model/index.js';
import { parsePolicy } from '../policy/parse.js';
import { arnOf, deploymentOf, nameOf } from './arn-of.js';
import { TEMPLATE_ASSUMPTIONS } from './assumptions.js';
import { attachedPolicies, groupsOf, isReference, separatePolicies } from './attached-policies.js';
import { encryptedBy } from './encrypted-by.js';
import { textReader } from './policy-text.js';
import { type PlacedProblem, ScopePolicies } from './scope-policies.js';

/** What the policies of templates make possible, and what is wrong with them. */
export interface ScopeAccess {
  readonly model: AccessModel;
  readonly problems: readonly PlacedProblem[];
}

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

  const attached = attachedPolicies(scope, policies, byId, idOf);
  const principals = scope.resources.flatMap((resource): AccessPrincipal[] => {
    if (resource.type !== 'AWS::IAM::Role' && resource.type !== 'AWS::IAM::User') return [];
    const kind = resource.type === 'AWS::IAM::Role' ? 'role' : 'user';
    const owner = `${kind} ${resource.name}`;
    const managed = policies.managed(resource, 'ManagedPolicyArns', 'identity');
    const boundary = policies.managed(resource, 'PermissionsBoundary', 'boundary');
    const groups = kind === 'user' ? groupsOf(scope, resource, idOf) : { found: [], missing: [] };
    const ofGroups = groups.found.map((group) => {
      const { documents, missing } = policies.managed(group, 'ManagedPolicyArns', 'identity');
      return { documents: [...policies.inline(group, `group ${group.name}`), ...documents, ...(attached.get(group.id) ?? [])], missing };
    });
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
        identity: [
          ...policies.inline(resource, owner),
          ...managed.documents,
          ...ofGroups.flatMap(({ documents }) => documents),
          ...(attached.get(resource.id) ?? []),
        ],
        ...(bound === undefined ? {} : { boundary: bound }),
        ...(trust === undefined ? {} : { trust }),
        serviceLinked: false,
        missing: [...managed.missing, ...groups.missing, ...ofGroups.flatMap(({ missing }) => missing)],
        origin: resource.origin,
      },
    ];
  });

  const separate = separatePolicies(scope, policies, byId, idOf);
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
