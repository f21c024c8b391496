import type { Cause, PrincipalEntry } from '../model/index.js';
import { type Algebra, anyOf } from './algebra.js';
import type { CompiledStatement, ResourcePattern } from './compile.js';
import { conditionsHold } from './condition/condition.js';
import type { ContextTruth } from './condition/context-truth.js';
import { textTest } from './condition/elementary.js';
import { formulaTruth } from './formula-truth.js';
import type { Subject } from './subject.js';
import { type Glob, glob, matches } from './text/glob.js';
import { fits, sameText, symbolCause } from './text/symbol.js';
import { piecesOf, type Template } from './text/template.js';

/** One question: may this caller do this to that? */
export interface Question<T> {
  readonly algebra: Algebra<T>;
  readonly context: ContextTruth<T>;
  readonly subject: Subject;
  readonly action: string;
  /** The ARN that is authorised, or `*` for actions without a resource. */
  readonly resourceArn: string;
}

/** How a statement names the caller: it decides which other layers must agree (semantics S1 to S6). */
export type NamedAs = 'user' | 'role' | 'session' | 'anyone' | 'account' | 'service' | 'federated';

/** The statement's effect reaches this request, leaving its Principal aside: action, resource, conditions, and that it exists. */
export function covers<T>(question: Question<T>, compiled: CompiledStatement): T {
  const { algebra } = question;
  const action = actionMatches(question, compiled);
  if (algebra.isNever(action)) return action;
  const resource = resourceMatches(question, compiled);
  if (algebra.isNever(resource)) return resource;
  return algebra.and(algebra.and(action, resource), stands(question, compiled));
}

/** The statement exists and its conditions hold, whatever it says of actions and resources. */
export function stands<T>(question: Question<T>, compiled: CompiledStatement): T {
  const { algebra, context } = question;
  let result = algebra.always;
  const { exists } = compiled.statement;
  if (exists !== undefined) {
    const cause = exists.causes[0] ?? { words: 'a condition of the source', kind: 'condition' };
    result = formulaTruth(algebra, exists.when, (id, words) => context.free(id, { ...cause, words }));
  }
  for (const doubt of compiled.doubts) result = algebra.and(result, context.free(doubt.id, doubt.cause));
  return algebra.isNever(result) ? result : algebra.and(result, conditionsHold(algebra, context, compiled.conditions));
}

export function actionMatches<T>({ algebra, context, action }: Question<T>, { statement, actions }: CompiledStatement): T {
  const any = anyOf(algebra, actions, (pattern) => {
    if (!matches(pattern.glob, action)) return algebra.never;
    return pattern.unknown === undefined ? algebra.always : context.free(pattern.unknown.id, pattern.unknown.cause);
  });
  return statement.action.negated ? algebra.not(any) : any;
}

export function resourceMatches<T>(question: Question<T>, { statement, resources }: CompiledStatement): T {
  const { algebra, context, resourceArn } = question;
  // A trust policy has no Resource: it is about the role it stands on.
  if (statement.resource === undefined) return algebra.always;
  const { negated } = statement.resource;
  const any = anyOf(algebra, resources, (pattern) => patternCovers(question, pattern, negated));
  if (!negated) return any;
  const none = algebra.not(any);
  if (resourceArn !== '*' || algebra.isNever(none)) return none;
  const words = 'whether NotResource covers an action that knows no resource';
  return algebra.and(none, context.free('M5', { words, kind: 'unverified' }));
}

/** Where an entry of Resource covers the request's resource. */
export function patternCovers<T>(question: Question<T>, pattern: ResourcePattern, negated: boolean): T {
  const { algebra, context, resourceArn } = question;
  switch (pattern.kind) {
    case 'constant': {
      if (!pattern.glob.tooShort) return fitsTruth(question, pattern.glob);
      // Too few segments: the documentation calls it invalid, live AWS is known to let some through.
      const asText = matches(glob(pattern.glob.source, 'text'), resourceArn);
      return asText
        ? context.free('M4', { words: `the resource ${pattern.glob.source}, which is no full ARN`, kind: 'unverified' })
        : algebra.never;
    }
    case 'unknown':
      return matches(pattern.atMost, resourceArn) ? context.free(pattern.id, pattern.cause) : algebra.never;
    case 'template': {
      const { template } = pattern;
      const read = filledPattern(template, (key) => (context.multivalued(key) ? 'absent' : context.value(key)));
      if (read.kind === 'pattern') return fitsTruth(question, read.glob);
      if (read.kind === 'missing' && !negated) return algebra.never;
      const widest = template.parts.map((part) => (typeof part === 'string' ? part : '*')).join('');
      if (!matches(glob(widest, 'text'), resourceArn)) return algebra.never;
      return read.kind === 'open'
        ? context.free(read.id, read.cause)
        : context.free(`V3:${template.source}`, { words: 'a NotResource whose policy variable has no value', kind: 'unverified' });
    }
  }
}

/** An entry of Resource with its variables put in. */
export type FilledPattern =
  | { readonly kind: 'pattern'; readonly glob: Glob }
  | { readonly kind: 'missing' }
  | { readonly kind: 'open'; readonly id: string; readonly cause: Cause };

export function filledPattern(template: Template, lookUp: Parameters<typeof piecesOf>[1]): FilledPattern {
  // Variables work in the resource part only; elsewhere the pages do not say what becomes of them.
  const early = template.parts.findIndex((part) => typeof part !== 'string');
  if (colons(template.parts.slice(0, early)) < 5) {
    const words = 'a policy variable before the fifth colon of a Resource, where AWS takes none';
    return { kind: 'open', id: `V1:${template.source}`, cause: { words, kind: 'unverified' } };
  }
  const filled = piecesOf(template, lookUp);
  if (filled.kind === 'missing') return filled;
  if (filled.kind === 'text') return { kind: 'pattern', glob: glob(filled.pieces, 'arn', 'escapes') };
  const cause = { words: `the value of \${${filled.variable}}`, kind: 'policy-variable' };
  return { kind: 'open', id: `variable:Resource:${template.source}`, cause };
}

function colons(parts: readonly unknown[]): number {
  return parts.reduce<number>((sum, part) => sum + (typeof part === 'string' ? part.split(':').length - 1 : 0), 0);
}

/** A pattern against the resource's ARN; where an unknown account or Region decides, that is free. */
function fitsTruth<T>({ algebra, context, resourceArn }: Question<T>, pattern: Glob): T {
  const truth = fits(pattern, resourceArn);
  if (truth !== 'maybe') return truth ? algebra.always : algebra.never;
  return context.free(`symbol:${pattern.source}:${resourceArn}`, symbolCause(pattern.source, resourceArn));
}

/** How an Allow's Principal names the caller, each way with its truth; empty where it does not. */
export function namedAs<T>(question: Question<T>, compiled: CompiledStatement): ReadonlyMap<NamedAs, T> {
  const { algebra, context, subject } = question;
  const named = new Map<NamedAs, T>();
  const { principal } = compiled.statement;
  if (principal === undefined) return named;
  const add = (as: NamedAs, truth: T): void => void named.set(as, algebra.or(named.get(as) ?? algebra.never, truth));
  if (principal.negated) {
    // Allow with NotPrincipal: not supported; read as everyone else, the anonymous included.
    const listed = principal.entries.some((entry) => namesCaller(entry, subject)?.when === 'surely');
    if (!listed)
      add('anyone', context.free('S16', { words: 'an Allow with NotPrincipal, which AWS does not support', kind: 'unverified' }));
    return named;
  }
  for (const entry of principal.entries) {
    const way = namesCaller(entry, subject);
    if (way !== undefined) add(way.as, wayTruth(question, entry, way));
    else if (entry.kind === 'unknown' && subject.kind !== 'anonymous') {
      const id = `${compiled.document.document.name}#${compiled.statement.index}#Principal:${entry.cause.words}`;
      add(mostLikely(subject), context.free(id, entry.cause));
    }
  }
  return named;
}

/** A way an entry may name the caller: surely, if an unknown account or session turns out to be the one it says, or by one reading. */
interface Way {
  readonly as: NamedAs;
  readonly when: 'surely' | 'symbol' | 'S18' | { readonly session: string };
}

function wayTruth<T>({ algebra, context, subject }: Question<T>, entry: PrincipalEntry, way: Way): T {
  if (way.when === 'surely') return algebra.always;
  if (way.when === 'S18')
    return context.free('S18', { words: 'whether the Principal {"AWS": "*"} covers an AWS service', kind: 'unverified' });
  if (way.when === 'symbol') {
    const named = entry.kind === 'account' ? entry.account : entry.kind === 'arn' ? entry.arn : entry.kind;
    const own = (entry.kind === 'arn' ? subject.identityArn : subject.account) ?? '';
    return context.free(`symbol:${named}:${own}`, symbolCause(named, own));
  }
  // `aws:userid` of a session is the role's id and the session's name.
  const { session } = way.when;
  const test =
    subject.uniqueId === undefined
      ? textTest(`*:${session}`, 'like', 'verbatim')
      : textTest(`${subject.uniqueId}:${session}`, 'exact', 'verbatim');
  return context.some('aws:userid', { tests: [test], negated: false });
}

function mostLikely(subject: Subject): NamedAs {
  if (subject.kind === 'service') return 'service';
  if (subject.kind === 'federated') return 'federated';
  return subject.kind === 'user' || subject.kind === 'federated-user' ? 'user' : subject.kind === 'role' ? 'role' : 'account';
}

/** Whether a Deny's Principal reaches the caller (semantics S9, S15). */
export function denyReaches<T>(question: Question<T>, compiled: CompiledStatement): T {
  const { algebra, context, subject } = question;
  const { principal } = compiled.statement;
  if (principal === undefined) return algebra.always;
  const found = principal.entries.flatMap((entry) => {
    const way = namesCaller(entry, subject);
    return way === undefined ? [] : [{ entry, way }];
  });
  const ways = found.filter(({ way }) => way.when === 'surely').map(({ way }) => way.as);
  const possibly = found.filter(({ way }) => way.when !== 'surely');
  const unknown = principal.entries.filter((entry) => entry.kind === 'unknown');
  const doubt = (index: number): string => `${compiled.document.document.name}#${compiled.statement.index}#Principal#${index}`;
  if (!principal.negated) {
    if (ways.length > 0) return algebra.always;
    const byUnknown = anyOf(algebra, unknown.entries(), ([index, entry]) => context.free(doubt(index), entry.cause));
    return algebra.or(
      byUnknown,
      anyOf(algebra, possibly, ({ entry, way }) => wayTruth(question, entry, way)),
    );
  }
  // NotPrincipal: a principal with a permissions boundary is always hit.
  if (subject.held?.boundary !== undefined) return algebra.always;
  if (ways.includes('anyone') || ways.includes('service') || ways.includes('federated')) return algebra.never;
  const own = ways.includes('user') || (ways.includes('role') && ways.includes('session'));
  const byUnknown = anyOf(algebra, unknown.entries(), ([index, entry]) => context.free(doubt(index), entry.cause));
  const listedOtherwise = algebra.or(
    byUnknown,
    anyOf(algebra, possibly, ({ entry, way }) => wayTruth(question, entry, way)),
  );
  if (own && ways.includes('account')) return algebra.never;
  if (ways.length === 0) return algebra.not(listedOtherwise);
  return context.free('S15', { words: 'a NotPrincipal that lists the caller but not its account (or the reverse)', kind: 'unverified' });
}

/** The way an entry names the caller; undefined where it does not. */
function namesCaller(entry: PrincipalEntry, subject: Subject): Way | undefined {
  const way = (as: NamedAs, truth: boolean | 'maybe'): Way | undefined =>
    truth === false ? undefined : { as, when: truth === true ? 'surely' : 'symbol' };
  switch (entry.kind) {
    case 'anyone':
      return way('anyone', true);
    case 'any-aws':
      // Whether it covers service principals is documented nowhere; they are named by Service.
      if (subject.kind === 'service') return { as: 'anyone', when: 'S18' };
      return way('anyone', subject.kind !== 'federated');
    case 'account':
      return way('account', subject.account !== undefined && sameText(entry.account, subject.account));
    case 'arn':
      return namedByArn(entry.arn, subject);
    case 'unique-id':
      return way(subject.kind === 'user' ? 'user' : 'role', subject.uniqueId !== undefined && entry.id === subject.uniqueId);
    case 'service':
      return way('service', subject.caller.kind === 'service' && serviceName(entry.service) === serviceName(subject.caller.service));
    case 'federated':
      return way('federated', subject.caller.kind === 'federated' && entry.provider === subject.caller.provider);
    case 'canonical-user':
    case 'unknown':
      return undefined;
  }
}

function namedByArn(arn: string, subject: Subject): Way | undefined {
  const { identityArn, sessionArn, parentArn, anySession } = subject;
  const way = (as: NamedAs, own: string | undefined): Way | undefined => {
    const truth = own === undefined ? false : sameText(arn, own);
    return truth === false ? undefined : { as, when: truth === true ? 'surely' : 'symbol' };
  };
  if (subject.kind === 'federated-user') return way('session', sessionArn) ?? way('user', parentArn);
  const identity = way(sessionArn === undefined ? 'user' : 'role', identityArn);
  if (identity !== undefined || sessionArn === undefined) return identity;
  if (!anySession) return way('session', sessionArn);
  // The name after the last slash is a session's; the role before it must be the caller's.
  const [role, session] = [arn.slice(0, arn.lastIndexOf('/')), arn.slice(arn.lastIndexOf('/') + 1)];
  const same = sameText(role, sessionArn.slice(0, sessionArn.lastIndexOf('/')));
  if (same === false) return undefined;
  return { as: 'session', when: same === true ? { session } : 'symbol' };
}

function serviceName(service: string): string {
  return service.toLowerCase();
}

/** Some Allow of the documents covers the request, whoever it names. */
export function allows<T>(question: Question<T>, documents: readonly { readonly allows: readonly CompiledStatement[] }[]): T {
  return anyOf(question.algebra, documents, (document) =>
    anyOf(question.algebra, document.allows, (statement) => covers(question, statement)),
  );
}
