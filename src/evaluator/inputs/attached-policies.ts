import {
  type Cause,
  isList,
  type PolicyDocument,
  type Reference,
  type Resource,
  type Scope,
  type Value,
  valueAt,
} from '../../model/index.js';
import type { ScopePolicies } from './scope-policies.js';

/** Resources whose policy is a resource of its own: type, the property that names what it is on, and the document. */
const POLICY_RESOURCES: Readonly<Record<string, { readonly on: string; readonly document: string }>> = {
  'AWS::S3::BucketPolicy': { on: 'Bucket', document: 'PolicyDocument' },
  'AWS::SQS::QueuePolicy': { on: 'Queues', document: 'PolicyDocument' },
  'AWS::SNS::TopicPolicy': { on: 'Topics', document: 'PolicyDocument' },
  'AWS::SecretsManager::ResourcePolicy': { on: 'SecretId', document: 'ResourcePolicy' },
};

/** AWS::IAM::Policy, RolePolicy, UserPolicy, GroupPolicy and ManagedPolicy name whom they are attached to. */
export function attachedPolicies(
  scope: Scope,
  policies: ScopePolicies,
  byId: ReadonlyMap<string, Resource>,
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
        if (id !== undefined) attached.set(id, [...(attached.get(id) ?? []), underCondition(document, resource, byId.get(id))]);
      }
    }
  }
  return attached;
}

/** The user's groups in the scope; one that is not there leaves open what it gives. */
export function groupsOf(
  scope: Scope,
  user: Resource,
  idOf: (value: Value | undefined) => string | undefined,
): { readonly found: readonly Resource[]; readonly missing: readonly Cause[] } {
  const ids = new Set<string>();
  const missing: Cause[] = [];
  const note = (value: Value | undefined): void => {
    const id = idOf(value);
    if (id !== undefined) ids.add(id);
    else missing.push({ words: `a group of ${user.name}, which is not in the scan`, kind: 'gap' });
  };
  const groups = valueAt(user.properties, ['Groups']);
  if (isList(groups)) for (const group of groups) note(group);
  else if (groups !== undefined) note(undefined);
  for (const resource of scope.resources) {
    if (resource.type !== 'AWS::IAM::UserToGroupAddition') continue;
    const users = valueAt(resource.properties, ['Users']);
    if (isList(users) && users.some((item) => idOf(item) === user.id)) note(valueAt(resource.properties, ['GroupName']));
  }
  return { found: scope.resources.filter((resource) => resource.type === 'AWS::IAM::Group' && ids.has(resource.id)), missing };
}

/** A policy that is a resource of its own may be there only under a condition that what it is on does not share. */
function underCondition(document: PolicyDocument, policy: Resource, on: Resource | undefined): PolicyDocument {
  const { exists } = policy;
  if (exists === undefined || JSON.stringify(exists) === JSON.stringify(on?.exists)) return document;
  const causes: readonly Cause[] = [{ words: `whether ${policy.name} exists`, kind: 'condition' }];
  const statements = document.statements.map((statement) => ({
    ...statement,
    exists: { when: statement.exists === undefined ? exists : { op: 'and' as const, of: [statement.exists.when, exists] }, causes },
  }));
  return { ...document, statements };
}

export function separatePolicies(
  scope: Scope,
  policies: ScopePolicies,
  byId: ReadonlyMap<string, Resource>,
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
      if (id !== undefined && document !== undefined) found.set(id, underCondition(document, resource, byId.get(id)));
    }
  }
  return found;
}

/** `!Ref Queue` is its URL, which is no name. */
function queueByUrl(value: Value): string | undefined {
  return isReference(value) ? value.target : undefined;
}

export function isReference(value: Value | undefined): value is Reference {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'reference' && 'target' in value;
}
