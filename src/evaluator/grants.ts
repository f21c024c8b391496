import type { Grant } from '../model/index.js';
import { allOf, anyOf } from './algebra.js';
import type { Question } from './applies.js';
import { textTest } from './condition/elementary.js';
import type { Target } from './target.js';

/** What the caller's own side says, which some readings of a grant ask for besides. */
export interface OwnSide<T> {
  readonly relation: 'same-account' | 'cross-account' | 'service' | 'federated' | 'anonymous';
  /** Identity policies, boundary and session policies together. */
  readonly identity: T;
  /** Boundary and session policies. */
  readonly bounds: T;
}

/** Operations whose grants ignore the encryption context [KMS guide: Grant constraints]. */
const UNCONSTRAINED: ReadonlySet<string> = new Set(['describekey', 'retiregrant']);

/** Some grant on the key lets the caller do it [KMS guide: Grants in AWS KMS]. */
export function grantsAllow<T>(question: Question<T>, target: Target, own: OwnSide<T>): T {
  const { algebra, action } = question;
  const operation = operationOf(action);
  if (operation === undefined) return algebra.never;
  const grants = target.held?.resource.key?.grants ?? [];
  if (operation === 'retiregrant') return anyOf(algebra, grants, (grant) => mayRetire(question, target, grant, own));
  return anyOf(algebra, grants, (grant) => {
    if (!grant.operations.some((granted) => granted.toLowerCase() === operation)) return algebra.never;
    const reached = reaches(question, grant.grantee, own);
    if (algebra.isNever(reached)) return reached;
    return algebra.and(reached, UNCONSTRAINED.has(operation) ? algebra.always : constraintHolds(question, grant, operation));
  });
}

function operationOf(action: string): string | undefined {
  const lower = action.toLowerCase();
  return lower.startsWith('kms:') ? lower.slice('kms:'.length) : undefined;
}

/** The grantee is the caller; what the pages leave open of other layers is free. */
function reaches<T>({ algebra, context, subject }: Question<T>, grantee: string, own: OwnSide<T>): T {
  const named = names(grantee, subject);
  if (named === 'no') return algebra.never;
  if (named === 'account') {
    const delegated = context.free('K14', { words: 'what a grant to an account gives its principals', kind: 'unverified' });
    return algebra.and(own.identity, delegated);
  }
  if (own.relation === 'cross-account') {
    const alone = context.free('K12', { words: 'whether a grant to a principal of another account suffices alone', kind: 'unverified' });
    return algebra.or(own.identity, alone);
  }
  return algebra.or(
    own.bounds,
    context.free('K13', { words: 'whether a boundary or session policy that is silent limits a grant', kind: 'unverified' }),
  );
}

function names(grantee: string, subject: Question<unknown>['subject']): 'caller' | 'account' | 'no' {
  const { identityArn, sessionArn, uniqueId, account, caller } = subject;
  if (grantee === identityArn || grantee === sessionArn || (uniqueId !== undefined && grantee === uniqueId)) return 'caller';
  if (caller.kind === 'service') return grantee === caller.service ? 'caller' : 'no';
  return account !== undefined && accountNamed(grantee) === account ? 'account' : 'no';
}

/** The account of `arn:aws:iam::ACCOUNT:root`, or of a bare number. */
function accountNamed(text: string): string | undefined {
  return /^\d{12}$/.test(text) ? text : /^arn:[^:]+:iam::([^:]+):root$/.exec(text)?.[1];
}

/** Who may retire: whom the grant says, and the account it was made in [KMS guide: Retiring and revoking grants]. */
function mayRetire<T>(question: Question<T>, target: Target, grant: Grant, own: OwnSide<T>): T {
  const { algebra, context, subject } = question;
  const holders = [
    ...(grant.retiring === undefined ? [] : [grant.retiring]),
    ...(grant.operations.some((granted) => granted.toLowerCase() === 'retiregrant') ? [grant.grantee] : []),
  ];
  // A retiring principal of another account is as good as one of this one: the grant itself says who.
  if (holders.some((holder) => names(holder, subject) === 'caller')) {
    return algebra.or(
      own.bounds,
      context.free('K13', { words: 'whether a boundary or session policy that is silent limits a grant', kind: 'unverified' }),
    );
  }
  const issuer = (grant.issuingAccount === undefined ? undefined : accountNamed(grant.issuingAccount)) ?? target.account;
  const ofIssuer = subject.account !== undefined && subject.account === issuer;
  if (ofIssuer && subject.kind === 'root') return algebra.always;
  if (!ofIssuer && !holders.some((holder) => names(holder, subject) === 'account')) return algebra.never;
  const delegated = context.free('K18', {
    words: 'whether an IAM Allow of kms:RetireGrant suffices to retire a grant',
    kind: 'unverified',
  });
  return algebra.and(own.identity, delegated);
}

function constraintHolds<T>(question: Question<T>, grant: Grant, operation: string): T {
  const { algebra, context } = question;
  const pairs = Object.entries(grant.contextEquals ?? grant.contextSubset ?? {});
  const contained = allOf(algebra, pairs, ([key, value]) =>
    context.some(`kms:encryptioncontext:${key.toLowerCase()}`, { tests: [textTest(value, 'exact', 'verbatim')], negated: false }),
  );
  const source =
    grant.sourceArn === undefined
      ? algebra.always
      : context.some('aws:sourcearn', { tests: [textTest(grant.sourceArn, 'exact', 'verbatim')], negated: false });
  let held: T = algebra.and(contained, source);
  // A grant hands on no more than it gives [KMS guide: Granting CreateGrant permission].
  if (operation === 'creategrant')
    held = algebra.and(held, context.every('kms:grantoperations', { tests: operationTests(grant), negated: false }));
  if (grant.contextEquals === undefined) return held;
  return algebra.and(held, onlyThese(question, contextNameTests(grant)));
}

function onlyThese<T>({ algebra, context }: Question<T>, tests: ReturnType<typeof contextNameTests>): T {
  if (tests.length === 0) return algebra.not(context.present('kms:encryptioncontextkeys'));
  return context.every('kms:encryptioncontextkeys', { tests, negated: false });
}

/** Tests a grant makes on `kms:EncryptionContextKeys`. */
export function contextNameTests(grant: Grant): ReturnType<typeof textTest>[] {
  return Object.keys(grant.contextEquals ?? {}).map((key) => textTest(key, 'exact', 'verbatim'));
}

/** Tests a grant that holds CreateGrant makes on `kms:GrantOperations`. */
export function operationTests(grant: Grant): ReturnType<typeof textTest>[] {
  return grant.operations.map((operation) => textTest(operation, 'exact', 'verbatim'));
}
