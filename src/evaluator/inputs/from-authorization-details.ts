import type { AccessModel, AccessPrincipal, Cause, FileOrigin, Origin, PolicyDocument, PolicyKind, Value } from '../../model/index.js';
import { type PolicyProblem, parsePolicy } from '../policy/parse.js';
import { awsManagedPolicy } from './aws-managed-policies.js';

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
  readonly model: Pick<AccessModel, 'principals' | 'accounts'>;
  readonly problems: readonly (PolicyProblem & { readonly policy: string })[];
}

/**
 * Users and roles of a saved account, with every policy that bounds them. Of a managed policy only its default version
 * counts. A policy that is attached but not listed (the call was filtered) is a cause, not nothing.
 */
export function accessOfDetails(details: AuthorizationDetails, file: string): DetailsAccess {
  const reader = new DetailsReader(details, file);
  const principals = [
    ...(details.UserDetailList ?? []).map((user) => reader.user(user)),
    ...(details.RoleDetailList ?? []).map((role) => reader.role(role)),
  ];
  const accounts = [...new Set(principals.map(({ account }) => account))].map((id) => ({ id, management: false }));
  return { model: { principals, accounts }, problems: reader.problems };
}

class DetailsReader {
  readonly problems: (PolicyProblem & { policy: string })[] = [];
  private readonly managed = new Map<string, PolicyDocument>();
  private readonly groups: ReadonlyMap<string, EntityDetail>;
  private readonly listed: ReadonlyMap<string, ManagedPolicyDetail>;
  private readonly origin: FileOrigin;

  constructor(details: AuthorizationDetails, file: string) {
    this.origin = { kind: 'file', file, range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } };
    this.groups = new Map((details.GroupDetailList ?? []).map((group) => [group.GroupName ?? '', group]));
    this.listed = new Map((details.Policies ?? []).map((policy) => [policy.Arn, policy]));
  }

  user(user: EntityDetail): AccessPrincipal {
    const groups = (user.GroupList ?? []).map((name) => this.groups.get(name));
    const unseen = (user.GroupList ?? []).filter((name) => !this.groups.has(name));
    const parts = [this.policiesOf(user, user.UserPolicyList, `user ${user.UserName}`)];
    for (const group of groups)
      if (group !== undefined) parts.push(this.policiesOf(group, group.GroupPolicyList, `group ${group.GroupName}`));
    const missing = [
      ...parts.flatMap((part) => part.missing),
      ...unseen.map((name): Cause => ({ words: `the group ${name}, which is not in the file`, kind: 'gap' })),
    ];
    return {
      ...this.principal(user, 'user', user.UserName ?? user.Arn, user.UserId),
      identity: parts.flatMap((part) => part.documents),
      missing,
    };
  }

  role(role: EntityDetail): AccessPrincipal {
    const { documents, missing } = this.policiesOf(role, role.RolePolicyList, `role ${role.RoleName}`);
    const base = this.principal(role, 'role', role.RoleName ?? role.Arn, role.RoleId);
    const trust = role.AssumeRolePolicyDocument;
    return {
      ...base,
      identity: documents,
      missing,
      ...(trust === undefined ? {} : { trust: this.parse(trust, 'trust', `trust policy of role ${role.RoleName}`) }),
    };
  }

  private principal(
    entity: EntityDetail,
    kind: 'user' | 'role',
    name: string,
    uniqueId: string | undefined,
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
      ...(boundary === undefined ? {} : { boundary: this.boundary(boundary, name) }),
      serviceLinked: (entity.Path ?? '').startsWith('/aws-service-role/'),
      origin: this.origin,
    };
  }

  private policiesOf(
    entity: EntityDetail,
    inline: readonly InlinePolicy[] | undefined,
    owner: string,
  ): { documents: PolicyDocument[]; missing: Cause[] } {
    const documents = (inline ?? []).map(({ PolicyName, PolicyDocument }) =>
      this.parse(PolicyDocument, 'identity', `policy ${PolicyName} of ${owner}`),
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
    const listed =
      this.listed.get(arn)?.PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document ?? awsManagedPolicy(arn);
    if (listed === undefined) return undefined;
    const document = { ...this.parse(listed, kind, arn), arn };
    this.managed.set(key, document);
    return document;
  }

  private boundary(arn: string, name: string): PolicyDocument {
    const document = this.managedPolicy(arn, 'boundary');
    if (document !== undefined) return document;
    const unreadable: Cause = { words: `the permissions boundary ${arn}, which is not in the file`, kind: 'gap' };
    return {
      name: `permissions boundary of ${name}`,
      kind: 'boundary',
      version: '2012-10-17',
      statements: [],
      origin: this.origin,
      unreadable,
    };
  }

  private parse(document: Value, kind: PolicyKind, name: string): PolicyDocument {
    const place = (): Origin => this.origin;
    const parsed = parsePolicy(document, { name, kind, place, text: (value) => ({ text: String(value) }) });
    for (const problem of parsed.problems) this.problems.push({ ...problem, policy: name });
    return parsed.document;
  }
}
