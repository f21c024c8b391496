import type {
  AccessModel,
  AccessPrincipal,
  AccessResource,
  Cause,
  Origin,
  Path,
  PolicyDocument,
  PolicyKind,
  Value,
} from '../../model/index.js';
import { parsePolicy } from '../policy/parse.js';
import { DETAILS_ASSUMPTIONS } from './assumptions.js';
import { awsManagedPolicy } from './aws-managed-policies.js';
import type { PlacedProblem } from './scope-policies.js';

/** The output of `aws iam get-account-authorization-details`, as far as it is read. */
export interface AuthorizationDetails {
  readonly UserDetailList?: readonly EntityDetail[];
  readonly GroupDetailList?: readonly EntityDetail[];
  readonly RoleDetailList?: readonly EntityDetail[];
  readonly Policies?: readonly ManagedPolicyDetail[];
}

interface EntityDetail {
  readonly Arn: string;
  readonly Path?: string;
  readonly UserName?: string;
  readonly UserId?: string;
  readonly RoleName?: string;
  readonly RoleId?: string;
  readonly GroupName?: string;
  readonly GroupList?: readonly string[];
  readonly AssumeRolePolicyDocument?: Value;
  readonly UserPolicyList?: readonly InlinePolicy[];
  readonly RolePolicyList?: readonly InlinePolicy[];
  readonly GroupPolicyList?: readonly InlinePolicy[];
  readonly AttachedManagedPolicies?: readonly { readonly PolicyName: string; readonly PolicyArn: string }[];
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn: string };
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

interface InlinePolicy {
  readonly PolicyName: string;
  readonly PolicyDocument: Value;
}

interface ManagedPolicyDetail {
  readonly Arn: string;
  readonly PolicyName: string;
  readonly PolicyVersionList?: readonly { readonly IsDefaultVersion: boolean; readonly Document: Value }[];
}

export interface DetailsAccess {
  readonly model: AccessModel;
  readonly problems: readonly PlacedProblem[];
}

/**
 * Users and roles of a saved account, with every policy that bounds them; roles are resources, too, with their trust policy.
 * Of a managed policy only its default version counts. A policy that is attached but not listed (the call was filtered) is a
 * cause, not nothing. `place` tells where the value at a path of the data is written.
 */
export function accessOfDetails(details: AuthorizationDetails, place: (path: Path) => Origin): DetailsAccess {
  const reader = new DetailsReader(details, place);
  const users = (details.UserDetailList ?? []).map((user, index) => reader.user(user, ['UserDetailList', index]));
  const roles = (details.RoleDetailList ?? []).map((role, index) => reader.role(role, ['RoleDetailList', index]));
  const principals = [...users, ...roles];
  const accounts = [...new Set(principals.map(({ account }) => account))].map((id) => ({ id, management: false }));
  const resources = roles.map(
    (role): AccessResource => ({
      id: role.id,
      arn: role.arn,
      type: 'AWS::IAM::Role',
      account: role.account,
      name: role.name,
      tags: role.tags,
      ...(role.trust === undefined ? {} : { policy: role.trust }),
      origin: role.origin,
    }),
  );
  return { model: { principals, accounts, resources, gaps: [], assumptions: DETAILS_ASSUMPTIONS }, problems: reader.problems };
}

interface Placed<T> {
  readonly item: T;
  readonly path: Path;
}

class DetailsReader {
  readonly problems: PlacedProblem[] = [];
  private readonly managed = new Map<string, PolicyDocument>();
  private readonly groups: ReadonlyMap<string, Placed<EntityDetail>>;
  private readonly listed: ReadonlyMap<string, Placed<ManagedPolicyDetail>>;

  constructor(
    details: AuthorizationDetails,
    private readonly place: (path: Path) => Origin,
  ) {
    this.groups = new Map(
      (details.GroupDetailList ?? []).map((item, index) => [item.GroupName ?? '', { item, path: ['GroupDetailList', index] }]),
    );
    this.listed = new Map((details.Policies ?? []).map((item, index) => [item.Arn, { item, path: ['Policies', index] }]));
  }

  user(user: EntityDetail, path: Path): AccessPrincipal {
    const groups = (user.GroupList ?? []).map((name) => this.groups.get(name));
    const unseen = (user.GroupList ?? []).filter((name) => !this.groups.has(name));
    const parts = [this.policiesOf(user, user.UserPolicyList, [...path, 'UserPolicyList'], `user ${user.UserName}`)];
    for (const group of groups) {
      if (group === undefined) continue;
      const { item, path: at } = group;
      parts.push(this.policiesOf(item, item.GroupPolicyList, [...at, 'GroupPolicyList'], `group ${item.GroupName}`));
    }
    const missing = [
      ...parts.flatMap((part) => part.missing),
      ...unseen.map((name): Cause => ({ words: `the group ${name}, which is not in the file`, kind: 'gap' })),
    ];
    return {
      ...this.principal(user, 'user', user.UserName ?? user.Arn, user.UserId, path),
      identity: parts.flatMap((part) => part.documents),
      missing,
    };
  }

  role(role: EntityDetail, path: Path): AccessPrincipal {
    const { documents, missing } = this.policiesOf(role, role.RolePolicyList, [...path, 'RolePolicyList'], `role ${role.RoleName}`);
    const base = this.principal(role, 'role', role.RoleName ?? role.Arn, role.RoleId, path);
    const trust = role.AssumeRolePolicyDocument;
    return {
      ...base,
      identity: documents,
      missing,
      ...(trust === undefined
        ? {}
        : { trust: this.parse(trust, 'trust', `trust policy of role ${role.RoleName}`, [...path, 'AssumeRolePolicyDocument']) }),
    };
  }

  private principal(
    entity: EntityDetail,
    kind: 'user' | 'role',
    name: string,
    uniqueId: string | undefined,
    path: Path,
  ): Omit<AccessPrincipal, 'identity' | 'missing'> {
    const boundary = entity.PermissionsBoundary?.PermissionsBoundaryArn;
    return {
      id: entity.Arn,
      kind,
      arn: entity.Arn,
      account: entity.Arn.split(':')[4] ?? '',
      name,
      ...(uniqueId === undefined ? {} : { uniqueId }),
      tags: Object.fromEntries((entity.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
      ...(boundary === undefined ? {} : { boundary: this.boundary(boundary, name, [...path, 'PermissionsBoundary']) }),
      serviceLinked: (entity.Path ?? '').startsWith('/aws-service-role/'),
      origin: this.place(path),
    };
  }

  private policiesOf(
    entity: EntityDetail,
    inline: readonly InlinePolicy[] | undefined,
    path: Path,
    owner: string,
  ): { documents: PolicyDocument[]; missing: Cause[] } {
    const documents = (inline ?? []).map(({ PolicyName, PolicyDocument }, index) =>
      this.parse(PolicyDocument, 'identity', `policy ${PolicyName} of ${owner}`, [...path, index, 'PolicyDocument']),
    );
    const missing: Cause[] = [];
    for (const { PolicyArn } of entity.AttachedManagedPolicies ?? []) {
      const document = this.managedPolicy(PolicyArn, 'identity');
      if (document === undefined) missing.push({ words: `the policy ${PolicyArn}, which is attached but not in the file`, kind: 'gap' });
      else documents.push(document);
    }
    return { documents, missing };
  }

  private managedPolicy(arn: string, kind: PolicyKind): PolicyDocument | undefined {
    const key = `${kind} ${arn}`;
    const known = this.managed.get(key);
    if (known !== undefined) return known;
    const listed = this.listed.get(arn);
    const versions = listed?.item.PolicyVersionList ?? [];
    const index = versions.findIndex(({ IsDefaultVersion }) => IsDefaultVersion);
    const written = versions[index]?.Document ?? awsManagedPolicy(arn);
    if (written === undefined) return undefined;
    const path = listed === undefined ? [] : [...listed.path, 'PolicyVersionList', index, 'Document'];
    const document = { ...this.parse(written, kind, arn, path), arn };
    this.managed.set(key, document);
    return document;
  }

  private boundary(arn: string, name: string, path: Path): PolicyDocument {
    const document = this.managedPolicy(arn, 'boundary');
    if (document !== undefined) return document;
    const unreadable: Cause = { words: `the permissions boundary ${arn}, which is not in the file`, kind: 'gap' };
    return {
      name: `permissions boundary of ${name}`,
      kind: 'boundary',
      version: '2012-10-17',
      statements: [],
      origin: this.place(path),
      unreadable,
    };
  }

  private parse(document: Value, kind: PolicyKind, name: string, path: Path): PolicyDocument {
    const place = (below: Path): Origin => this.place([...path, ...below]);
    const parsed = parsePolicy(document, { name, kind, place, text: (value) => ({ text: String(value) }) });
    for (const problem of parsed.problems) this.problems.push({ ...problem, policy: name, origin: place(problem.path) });
    return parsed.document;
  }
}
