import type { Grant, PolicyDocument } from '../model/index.js';
import { type Algebra, allOf, anyOf } from './algebra.js';
import { allows, covers, denyReaches, type NamedAs, namedAs, type Question } from './applies.js';
import type { CompiledAccess, CompiledDocument } from './compile.js';
import { textTest } from './condition/elementary.js';
import type { Target } from './target.js';

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

export interface LayerScope {
  readonly identity: readonly CompiledDocument[];
  readonly boundary?: CompiledDocument;
  readonly session: readonly CompiledDocument[];
  readonly resource?: CompiledDocument;
  readonly scps: readonly (readonly CompiledDocument[])[];
  readonly rcps: readonly (readonly CompiledDocument[])[];
  readonly relation: 'same-account' | 'cross-account' | 'service' | 'federated' | 'anonymous';
  readonly assumptions: readonly string[];
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

/** Services whose resources RCPs reach [Organizations guide: RCPs]. */
const UNDER_RCPS: ReadonlySet<string> = new Set([
  's3',
  'sts',
  'kms',
  'sqs',
  'secretsmanager',
  'dynamodb',
  'ecr',
  'logs',
  'cognito-identity',
  'cognito-idp',
  'aoss',
]);

/** Services that accept no unsigned call. */
const SIGNED_ONLY: ReadonlySet<string> = new Set(['kms', 'ssm', 'secretsmanager', 'iam', 'sts']);

export function layersOf<T>(
  access: CompiledAccess,
  question: Question<T>,
  target: Target,
  sessionPolicies: readonly PolicyDocument[],
): Layers<T> {
  const { algebra } = question;
  const scope = scopeOf(access, question, target, sessionPolicies);
  const resourceQuestion = aboutResource(question, target);
  const resource = resourceAllows(resourceQuestion, scope.resource);
  const identity = identityAllows(question, scope);
  const boundary = scope.boundary === undefined ? algebra.always : documentAllows(question, scope.boundary);
  const session =
    scope.session.length === 0 ? algebra.always : anyOf(algebra, scope.session, (document) => documentAllows(question, document));
  // Every level has an Allow; a level that could not be read may have one.
  const scp = allOf(algebra, scope.scps, (level) => anyOf(algebra, level, (document) => documentAllows(question, document)));
  const rcp = algebra.always; // RCPFullAWSAccess is attached everywhere and can't be detached: RCPs only deny.
  const grants = grantsAllow(question, target, algebra.and(boundary, session));
  const denied = deniedBy(question, resourceQuestion, scope);
  const said = { identity, boundary, session, resource, grants };
  const granted = algebra.and(algebra.and(scp, rcp), combine(question, target, scope, said));
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
      return SIGNED_ONLY.has(serviceOf(action)) ? algebra.never : by('anyone');
    case 'cross-account': {
      if (target.isKey && !ACROSS_ACCOUNTS.has(action.toLowerCase())) return algebra.never;
      const own = subject.held === undefined ? algebra.always : algebra.and(identity, bounds);
      return algebra.or(algebra.and(named, own), grants);
    }
    case 'same-account': {
      if (subject.kind === 'root') {
        if (target.isRole && action.toLowerCase().startsWith('sts:assumerole')) return algebra.never;
        return target.isKey ? algebra.or(named, grants) : algebra.always;
      }
      // A user, a session or everyone named needs nothing else; a role named is still bounded (S1 to S5).
      const direct = algebra.or(algebra.or(algebra.or(by('user'), by('session')), by('anyone')), algebra.and(by('role'), bounds));
      // Keys and roles must agree themselves: IAM counts only where their policy names the account (S7, K1, T1).
      const delegated = target.isKey || isAssume(action) ? algebra.and(by('account'), identity) : identity;
      return algebra.or(algebra.or(direct, algebra.and(delegated, bounds)), grants);
    }
  }
}

function isAssume(action: string): boolean {
  return action.toLowerCase() === 'sts:assumerole';
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':')).toLowerCase();
}

function scopeOf<T>(access: CompiledAccess, question: Question<T>, target: Target, sessionPolicies: readonly PolicyDocument[]): LayerScope {
  const { subject, action } = question;
  const { held, account } = subject;
  const byAccount = (id: string | undefined) => access.model.accounts.find((known) => known.id === id);
  const serviceLinked = held?.principal.serviceLinked === true;
  const bound = account !== undefined && !serviceLinked && byAccount(account)?.management !== true;
  const reached =
    target.account !== undefined &&
    byAccount(target.account)?.management !== true &&
    !serviceLinked &&
    UNDER_RCPS.has(serviceOf(action)) &&
    !target.awsManaged &&
    action.toLowerCase() !== 'kms:retiregrant';
  const assumptions: string[] = [];
  const relation = relationOf(question, target);
  if (relation === 'cross-account' && held === undefined) {
    assumptions.push(`IAM policies of account ${account ?? 'of the caller'} allow ${action}: they are not in the snapshot.`);
  }
  return {
    identity: held?.identity ?? [],
    ...(held?.boundary === undefined ? {} : { boundary: held.boundary }),
    session: sessionPolicies.map((document) => access.compile(document)),
    ...(target.held?.policy === undefined ? {} : { resource: target.held.policy }),
    scps: bound ? (access.scps.get(account) ?? []) : [],
    rcps: reached && target.account !== undefined ? (access.rcps.get(target.account) ?? []) : [],
    relation,
    assumptions,
  };
}

function relationOf<T>({ subject }: Question<T>, target: Target): LayerScope['relation'] {
  if (subject.kind === 'service' || subject.kind === 'federated' || subject.kind === 'anonymous') return subject.kind;
  return target.account === undefined || subject.account === target.account ? 'same-account' : 'cross-account';
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

/** Operations whose grants ignore the encryption context [KMS guide: Grant constraints]. */
const UNCONSTRAINED: ReadonlySet<string> = new Set(['describekey', 'retiregrant']);

function grantsAllow<T>(question: Question<T>, target: Target, bounds: T): T {
  const { algebra, action } = question;
  const operation = action.toLowerCase().replace(/^kms:/, '');
  return anyOf(algebra, target.held?.resource.key?.grants ?? [], (grant) => {
    if (!grant.operations.some((granted) => granted.toLowerCase() === operation)) return algebra.never;
    const as = granteeIs(question, grant);
    if (as === undefined) return algebra.never;
    const constrained = UNCONSTRAINED.has(operation) ? algebra.always : constraintHolds(question, grant);
    return as === 'role' ? algebra.and(constrained, bounds) : constrained;
  });
}

function granteeIs<T>({ subject }: Question<T>, grant: Grant): 'role' | 'other' | undefined {
  if (grant.grantee === subject.identityArn) return subject.kind === 'role' ? 'role' : 'other';
  if (grant.grantee === subject.sessionArn) return 'other';
  if (subject.caller.kind === 'service' && grant.grantee === subject.caller.service) return 'other';
  return subject.uniqueId !== undefined && grant.grantee === subject.uniqueId ? 'role' : undefined;
}

function constraintHolds<T>({ algebra, context }: Question<T>, grant: Grant): T {
  const pairs = Object.entries(grant.contextEquals ?? grant.contextSubset ?? {});
  const contained = allOf(algebra, pairs, ([key, value]) =>
    context.some(`kms:encryptioncontext:${key.toLowerCase()}`, { tests: [textTest(value, 'exact', 'verbatim')], negated: false }),
  );
  const source =
    grant.sourceArn === undefined
      ? algebra.always
      : context.some('aws:sourcearn', { tests: [textTest(grant.sourceArn, 'exact', 'verbatim')], negated: false });
  const held: T = algebra.and(contained, source);
  if (grant.contextEquals === undefined) return held;
  const names = pairs.map(([key]) => textTest(key, 'exact', 'verbatim'));
  return algebra.and(held, onlyThese(algebra, context, names));
}

function onlyThese<T>(algebra: Algebra<T>, context: Question<T>['context'], names: readonly ReturnType<typeof textTest>[]): T {
  const every = context.every('kms:encryptioncontextkeys', { tests: names, negated: false });
  return names.length === 0 ? algebra.not(context.present('kms:encryptioncontextkeys')) : every;
}
