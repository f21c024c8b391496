import type { AccessRequest } from '../model/index.js';
import type { CompiledAccess } from './compile.js';
import type { KnownKeys } from './condition/context-truth.js';
import { canonicalKey } from './condition/keys.js';
import type { Subject } from './subject.js';
import type { Target } from './target.js';

const NONE: readonly string[] = [];

/**
 * What a request's context is known to hold: what the question says, then what follows from the snapshot
 * [IAM guide: AWS global condition context keys; KMS guide: Condition keys]. A key neither says is open, or absent where
 * the question's context is complete.
 */
export function knownKeys(
  access: CompiledAccess,
  subject: Subject,
  target: Target,
  request: Pick<AccessRequest, 'context' | 'contextComplete' | 'openKeys'> & { readonly action?: string },
): KnownKeys {
  const said = new Map(
    Object.entries(request.context).map(([key, value]) => [canonicalKey(key), typeof value === 'string' ? [value] : value]),
  );
  const ofTarget = factsOfTarget(access, target);
  const ofCaller = factsOfCaller(access, subject);
  for (const [key, other] of APART) if ((said.get(key) ?? NONE).length > 0 && !said.has(other)) said.set(other, NONE);
  const never = neverThere(request.action, target);
  return (key) => {
    const given = said.get(key) ?? ofTarget.values.get(key) ?? ofCaller.values.get(key);
    if (given !== undefined) return given;
    if (never(key)) return NONE;
    const principalTag = tagOf(key, 'aws:principaltag/');
    if (principalTag !== undefined && tagsKnown(subject)) return valueOfTag(ofCaller.tags, principalTag);
    const resourceTag = tagOf(key, 'aws:resourcetag/');
    if (resourceTag !== undefined && (target.held !== undefined || tagless(target))) return valueOfTag(ofTarget.tags, resourceTag);
    const isOpen = request.openKeys?.some((beginning) => key.startsWith(beginning)) === true;
    return request.contextComplete && !isOpen ? NONE : undefined;
  };
}

interface Facts {
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** By lower-cased name. */
  readonly tags: ReadonlyMap<string, string>;
}

/** Subjects and targets are made for one access; where many questions are asked of one, its facts are gathered once. */
const callers = new WeakMap<Subject, Facts>();
const targets = new WeakMap<Target, Facts>();

function factsOfCaller(access: CompiledAccess, subject: Subject): Facts {
  let facts = callers.get(subject);
  if (facts === undefined) {
    facts = { values: new Map(callerFacts(access, subject)), tags: lowerKeys(subject.held?.principal.tags) };
    callers.set(subject, facts);
  }
  return facts;
}

function factsOfTarget(access: CompiledAccess, target: Target): Facts {
  let facts = targets.get(target);
  if (facts === undefined) {
    facts = { values: new Map(targetFacts(access, target)), tags: lowerKeys(target.held?.resource.tags) };
    targets.set(target, facts);
  }
  return facts;
}

/** Of two keys the one is never there with the other [IAM guide: aws:SourceIp]. */
const APART: readonly (readonly [string, string])[] = [
  ['aws:sourcevpce', 'aws:sourceip'],
  ['aws:sourcevpc', 'aws:sourceip'],
  ['aws:sourceip', 'aws:sourcevpce'],
  ['aws:sourceip', 'aws:sourcevpc'],
];

/** Sessions may bring tags of their own where the role's trust policy lets them [IAM guide: Pass session tags in AWS STS]. */
function tagsKnown({ kind, held }: Subject): boolean {
  if (kind === 'user') return true;
  if (kind === 'role') return held !== undefined && !held.taggedSessions;
  return kind === 'service' || kind === 'anonymous' || kind === 'root';
}

/** Aliases and whole accounts have no tags. */
function tagless(target: Target): boolean {
  return target.arn === '*' || /^arn:[^:]+:kms:[^:]*:[^:]*:alias\//.test(target.arn);
}

const WITH_CONTEXT = /^kms:(?:encrypt|decrypt|reencrypt|generatedatakey|creategrant|retiregrant)/;
const WITH_AWS_RESOURCE: ReadonlySet<string> = new Set(['kms:creategrant', 'kms:listgrants', 'kms:revokegrant']);

/** Keys of KMS that a request for this action can't have [KMS guide: AWS KMS condition keys]. */
function neverThere(action: string | undefined, target: Target): (key: string) => boolean {
  // Actions that are not told apart may be of any service.
  if (action === undefined) return () => false;
  const lower = action.toLowerCase();
  const asymmetric = target.held?.resource.key?.spec !== undefined && target.held.resource.key.spec !== 'SYMMETRIC_DEFAULT';
  const context = WITH_CONTEXT.test(lower) && !asymmetric;
  return (key) => {
    if (!key.startsWith('kms:')) return false;
    if (!lower.startsWith('kms:')) return true;
    if (key.startsWith('kms:encryptioncontext')) return !context;
    return key === 'kms:grantisforawsresource' && !WITH_AWS_RESOURCE.has(lower);
  };
}

function tagOf(key: string, prefix: string): string | undefined {
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
}

function valueOfTag(tags: ReadonlyMap<string, string>, name: string): readonly string[] {
  const value = tags.get(name);
  return value === undefined ? NONE : [value];
}

function lowerKeys(tags: Readonly<Record<string, string>> | undefined): ReadonlyMap<string, string> {
  return new Map(Object.entries(tags ?? {}).map(([key, value]) => [key.toLowerCase(), value]));
}

const PRINCIPAL_TYPES: Readonly<Partial<Record<Subject['kind'], string>>> = {
  user: 'User',
  role: 'AssumedRole',
  'federated-user': 'FederatedUser',
  root: 'Account',
  anonymous: 'Anonymous',
};

function* callerFacts(access: CompiledAccess, subject: Subject): Iterable<[string, readonly string[]]> {
  const { account, identityArn, kind } = subject;
  const isService = kind === 'service';
  const type = PRINCIPAL_TYPES[kind];
  if (type !== undefined) yield ['aws:principaltype', [type]];
  yield ['aws:principalisawsservice', kind === 'anonymous' ? NONE : [String(isService)]];
  if (isService || kind === 'anonymous') {
    for (const key of ['aws:principalarn', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:username']) yield [key, NONE];
    if (kind === 'anonymous') {
      yield ['aws:principalaccount', ['anonymous']];
      yield ['kms:calleraccount', NONE];
    }
    if (subject.caller.kind === 'service') yield ['aws:principalservicename', [subject.caller.service]];
  } else if (identityArn !== undefined) yield ['aws:principalarn', [identityArn]];
  if (account !== undefined) {
    yield ['aws:principalaccount', [account]];
    yield ['kms:calleraccount', [account]];
    const known = access.model.accounts.find(({ id }) => id === account);
    if (known?.organization !== undefined) yield ['aws:principalorgid', [known.organization]];
    if (known?.organizationPath !== undefined) yield ['aws:principalorgpaths', [known.organizationPath]];
  }
  if (!isService) {
    // Only on calls that a service principal makes [IAM guide: aws:SourceArn].
    for (const key of ['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:principalservicename'])
      yield [key, NONE];
  }
  yield* names(subject);
}

/** `aws:username` and `aws:userid` [IAM guide: Policy elements, Variables and tags, Principal key values]. */
function* names({ kind, held, account, uniqueId, caller }: Subject): Iterable<[string, readonly string[]]> {
  const session = caller.kind === 'principal' ? caller.session : undefined;
  if (kind === 'user' && held !== undefined) {
    yield ['aws:username', [held.principal.name]];
    if (uniqueId !== undefined) yield ['aws:userid', [uniqueId]];
    return;
  }
  if (kind !== 'outsider') yield ['aws:username', NONE];
  if (kind === 'root' && account !== undefined) yield ['aws:userid', [account]];
  if (kind === 'role' && uniqueId !== undefined && session !== undefined) yield ['aws:userid', [`${uniqueId}:${session}`]];
  if (kind === 'federated-user' && session !== undefined) yield ['aws:userid', [`${account ?? ''}:${session}`]];
}

function* targetFacts(access: CompiledAccess, target: Target): Iterable<[string, readonly string[]]> {
  if (target.account !== undefined) {
    yield ['aws:resourceaccount', [target.account]];
    const known = access.model.accounts.find(({ id }) => id === target.account);
    if (known?.organization !== undefined) yield ['aws:resourceorgid', [known.organization]];
  }
  if (target.alias !== undefined) yield ['kms:requestalias', [target.alias]];
  const key = target.held?.resource.key;
  if (key === undefined) return;
  yield ['kms:resourcealiases', key.aliases];
  if (key.spec !== undefined) yield ['kms:keyspec', [key.spec]];
  if (key.usage !== undefined) yield ['kms:keyusage', [key.usage]];
  if (key.keyOrigin !== undefined) yield ['kms:keyorigin', [key.keyOrigin]];
  if (key.multiRegion !== undefined) yield ['kms:multiregion', [String(key.multiRegion)]];
}
