import type { PolicyDocument } from '../model/index.js';
import { allOf, anyOf } from './algebra.js';
import { allows, covers, denyReaches, type NamedAs, namedAs, type Question } from './applies.js';
import type { CompiledAccess, CompiledDocument } from './compile.js';
import { endpointLayer } from './endpoint-layer.js';
import { grantsAllow } from './grants.js';
import { type LayerScope, scopeOf } from './layer-scope.js';
import type { Target } from './target.js';

export type { LayerScope } from './layer-scope.js';

/** What each layer of a decision says, in one algebra [IAM guide: How AWS enforcement code logic evaluates requests]. */
export interface Layers<T> {
  /** Some Deny of any policy applies. */
  readonly denied: T;
  readonly scp: T;
  readonly rcp: T;
  readonly identity: T;
  readonly boundary: T;
  readonly session: T;
  /** The resource policy's Allows, by how they name the caller. */
  readonly resource: ReadonlyMap<NamedAs, T>;
  readonly grants: T;
  /** The answer. */
  readonly allowed: T;
  /** Which documents took part, for the explanation. */
  readonly scope: LayerScope;
}

/** Operations on keys that work across accounts [KMS guide: Allowing users in other accounts to use a KMS key]. */
const ACROSS_ACCOUNTS: ReadonlySet<string> = new Set(
  [
    'Encrypt',
    'Decrypt',
    'ReEncryptFrom',
    'ReEncryptTo',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateDataKeyPair',
    'GenerateDataKeyPairWithoutPlaintext',
    'Sign',
    'Verify',
    'GenerateMac',
    'VerifyMac',
    'DeriveSharedSecret',
    'CreateGrant',
    'DescribeKey',
    'GetKeyRotationStatus',
    'GetPublicKey',
    'ListGrants',
    'RetireGrant',
    'RevokeGrant',
  ].map((operation) => `kms:${operation.toLowerCase()}`),
);

const SIGNED_ONLY: ReadonlySet<string> = new Set(['kms', 'ssm', 'secretsmanager', 'iam', 'sts']);

/** The action's service accepts no unsigned call. */
export function isSignedOnly(action: string): boolean {
  return SIGNED_ONLY.has(serviceOf(action));
}

export function layersOf<T>(
  access: CompiledAccess,
  question: Question<T>,
  target: Target,
  sessionPolicies: readonly PolicyDocument[],
): Layers<T> {
  const { algebra, action } = question;
  const scope = scopeOf(access, question, target, sessionPolicies);
  const resourceQuestion = aboutResource(question, target);
  const resource = resourceAllows(resourceQuestion, scope.resource);
  const identity = identityAllows(question, scope);
  const boundary = scope.boundary === undefined ? algebra.always : documentAllows(question, scope.boundary);
  const session = sessionAllows(question, scope);
  // Every level has an Allow; a level that could not be read may have one.
  const scp = allOf(algebra, scope.scps, (level) => anyOf(algebra, level, (document) => documentAllows(question, document)));
  const rcp = algebra.always; // RCPFullAWSAccess is attached everywhere and can't be detached: RCPs only deny.
  const bounds = algebra.and(boundary, session);
  const own = question.subject.held === undefined ? algebra.always : identity;
  const grants = grantsAllow(question, target, { relation: scope.relation, identity: algebra.and(own, bounds), bounds });
  const endpoint = endpointLayer(access, question);
  const said = { identity, boundary, session, resource, grants };
  // Needs no permission and can't be denied [STS API reference: GetCallerIdentity].
  if (action.toLowerCase() === 'sts:getcalleridentity') return { ...said, denied: algebra.never, scp, rcp, scope, allowed: algebra.always };
  const denied = algebra.or(deniedBy(question, resourceQuestion, scope), endpoint.denied);
  const granted = scope.reserved ? algebra.never : algebra.and(algebra.and(scp, endpoint.allowed), combine(question, target, scope, said));
  return { ...said, denied, scp, rcp, scope, allowed: algebra.and(granted, algebra.not(denied)) };
}

type Said<T> = Pick<Layers<T>, 'identity' | 'boundary' | 'session' | 'resource' | 'grants'>;

function combine<T>(question: Question<T>, target: Target, scope: LayerScope, said: Said<T>): T {
  const { algebra, subject, action } = question;
  const { resource, identity, boundary, session, grants } = said;
  const by = (as: NamedAs): T => resource.get(as) ?? algebra.never;
  const bounds = algebra.and(boundary, session);
  const named = anyOf(algebra, resource.values(), (truth) => truth);
  switch (scope.relation) {
    case 'service':
      return algebra.or(algebra.or(by('service'), by('anyone')), grants);
    case 'federated':
      return by('federated');
    case 'anonymous':
      return isSignedOnly(action) ? algebra.never : by('anyone');
    case 'cross-account': {
      if (target.isKey && !ACROSS_ACCOUNTS.has(action.toLowerCase())) return algebra.never;
      const own = subject.held === undefined ? bounds : algebra.and(identity, bounds);
      return algebra.or(algebra.and(named, own), grants);
    }
    case 'same-account': {
      // Only identity providers' users come this way [STS API reference: AssumeRoleWithWebIdentity].
      if (target.isRole && WITH_TOKEN.has(action.toLowerCase())) return algebra.never;
      if (subject.kind === 'root') {
        if (target.isRole && assumes(action)) return algebra.never;
        return target.isKey ? algebra.or(named, grants) : algebra.always;
      }
      // A user, a session or everyone named needs nothing else; a role named, or a federated user's parent, is still bounded.
      const user = subject.kind === 'federated-user' ? algebra.and(by('user'), bounds) : by('user');
      const direct = algebra.or(algebra.or(algebra.or(user, by('session')), by('anyone')), algebra.and(by('role'), bounds));
      // Keys and roles must agree themselves: IAM counts only where their policy names the account (S7, K1, T1).
      const delegated = target.isKey || (target.isRole && assumes(action)) ? algebra.and(by('account'), identity) : identity;
      return algebra.or(algebra.or(direct, algebra.and(delegated, bounds)), grants);
    }
  }
}

/** What a role's trust policy must agree to [IAM guide: Pass session tags in AWS STS]. */
const TRUSTED: ReadonlySet<string> = new Set(['sts:assumerole', 'sts:tagsession', 'sts:setsourceidentity']);
const WITH_TOKEN: ReadonlySet<string> = new Set(['sts:assumerolewithsaml', 'sts:assumerolewithwebidentity']);

function assumes(action: string): boolean {
  return TRUSTED.has(action.toLowerCase());
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':')).toLowerCase();
}

/** `kms:ResourceAliases` works in IAM policies only [KMS guide: kms:ResourceAliases]. */
function aboutResource<T>(question: Question<T>, target: Target): Question<T> {
  if (!target.isKey) return question;
  const { context, algebra } = question;
  const hidden = (key: string): boolean => key.toLowerCase() === 'kms:resourcealiases';
  return {
    ...question,
    context: {
      ...context,
      present: (key) => (hidden(key) ? algebra.never : context.present(key)),
      some: (key, values) => (hidden(key) ? algebra.never : context.some(key, values)),
      every: (key, values) => (hidden(key) ? algebra.always : context.every(key, values)),
    },
  };
}

function resourceAllows<T>(question: Question<T>, policy: CompiledDocument | undefined): ReadonlyMap<NamedAs, T> {
  const { algebra, context } = question;
  const result = new Map<NamedAs, T>();
  if (policy === undefined) return result;
  const { unreadable, name } = policy.document;
  if (unreadable !== undefined) {
    result.set('anyone', context.free(`unreadable:${name}:allow`, unreadable));
    return result;
  }
  for (const statement of policy.allows) {
    const named = namedAs(question, statement);
    if (named.size === 0) continue;
    const reach = covers(question, statement);
    if (algebra.isNever(reach)) continue;
    for (const [as, truth] of named) result.set(as, algebra.or(result.get(as) ?? algebra.never, algebra.and(truth, reach)));
  }
  return result;
}

function identityAllows<T>(question: Question<T>, scope: LayerScope): T {
  const { algebra, context, subject } = question;
  const known = anyOf(algebra, scope.identity, (document) => documentAllows(question, document));
  const missing = subject.held?.principal.missing ?? [];
  return algebra.or(
    known,
    anyOf(algebra, missing, (cause) => context.free(`missing:${subject.held?.principal.id}:${cause.words}:allow`, cause)),
  );
}

/** A federated user's session has only what its session policies pass on [STS API reference: GetFederationToken]. */
function sessionAllows<T>(question: Question<T>, scope: LayerScope): T {
  const { algebra, subject } = question;
  if (scope.session.length === 0) return subject.kind === 'federated-user' ? algebra.never : algebra.always;
  return anyOf(algebra, scope.session, (document) => documentAllows(question, document));
}

function documentAllows<T>(question: Question<T>, document: CompiledDocument): T {
  const { unreadable, name } = document.document;
  return unreadable === undefined ? allows(question, [document]) : question.context.free(`unreadable:${name}:allow`, unreadable);
}

function deniedBy<T>(question: Question<T>, resourceQuestion: Question<T>, scope: LayerScope): T {
  const { algebra, context, subject } = question;
  const silent = [...scope.identity, ...(scope.boundary === undefined ? [] : [scope.boundary]), ...scope.session, ...scope.scps.flat()];
  const plain = anyOf(algebra, silent, (document) => documentDenies(question, document));
  const missing = subject.held?.principal.missing ?? [];
  const unseen = anyOf(algebra, missing, (cause) => context.free(`missing:${subject.held?.principal.id}:${cause.words}:deny`, cause));
  const naming = [...(scope.resource === undefined ? [] : [scope.resource]), ...scope.rcps.flat()];
  const resource = anyOf(algebra, naming, (document) => documentDenies(resourceQuestion, document));
  return algebra.or(algebra.or(plain, unseen), resource);
}

function documentDenies<T>(question: Question<T>, document: CompiledDocument): T {
  const { algebra, context } = question;
  const { unreadable, name } = document.document;
  if (unreadable !== undefined) return context.free(`unreadable:${name}:deny`, unreadable);
  return anyOf(algebra, document.denies, (statement) => {
    const reached = denyReaches(question, statement);
    return algebra.isNever(reached) ? reached : algebra.and(reached, covers(question, statement));
  });
}
