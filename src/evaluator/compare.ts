import type { AccessModel, Caller, Cause, ContextLiteral, PolicyDocument, PrincipalEntry } from '../model/index.js';
import { booleans, diagrams } from './algebra.js';
import { allows, covers, denyReaches, namedAs, type Question } from './applies.js';
import { Bdd, FALSE, type Node } from './bdd.js';
import { type CompiledDocument, type CompiledStatement, compileAccess } from './compile.js';
import { closedContext } from './condition/closed-context.js';
import type { KnownKeys } from './condition/context-truth.js';
import { feasible } from './condition/feasible.js';
import { openContext, Variables } from './condition/open-context.js';
import { bounds } from './decide.js';
import { knownKeys } from './known-keys.js';
import { isSignedOnly } from './layers.js';
import { subjectOf } from './subject.js';
import { classesOf } from './text/classes.js';
import { type Glob, glob, matches } from './text/glob.js';
import { ALWAYS_THERE, assignmentContext, type WitnessContext } from './witness.js';
import { conditionsOf } from './words/conditions.js';

/** Access that one side gives and the other does not. */
export interface AccessDifference {
  /** A caller of the kind that gains; absent for documents that name no principal. */
  readonly caller?: Caller;
  /** An action of the class, and a resource of the class: texts the policies can't tell from others of their class. */
  readonly action: string;
  readonly resource: string;
  /** When, minimally; empty where in every context. */
  readonly conditions: readonly (readonly ContextLiteral[])[];
  readonly witness: WitnessContext;
  /** The statement of the side that gives it. */
  readonly granted?: { readonly policy: string; readonly index: number; readonly sid?: string };
  /** Why the other side does not: nothing matches, or a Deny applies. */
  readonly otherwise: 'no statement allows it' | 'a Deny applies';
}

export type Comparison =
  | { readonly kind: 'none' }
  | { readonly kind: 'more'; readonly differences: readonly AccessDifference[] }
  /** Not proved either way. */
  | { readonly kind: 'undecided'; readonly because: readonly Cause[] };

/**
 * Does `after` give access that `before` does not? Documents of one kind, taken together on each side: Allows of any, less
 * Denies of any. `none` is a proof over all actions, resources, callers and contexts; otherwise each new access has a
 * request that `after` allows and `before` does not.
 * @throws NodeLimitReached, ClassLimitReached where the policies tell too much apart
 */
export function compareAccess(before: readonly PolicyDocument[], after: readonly PolicyDocument[]): Comparison {
  const access = compileAccess(NOTHING);
  const old = before.map((document) => access.compile(document));
  const now = after.map((document) => access.compile(document));
  const variables = new Variables(new Bdd(), access.testsOf);
  const { bdd } = variables;
  const statements = [...old, ...now].flatMap((document) => [...document.allows, ...document.denies]);
  const differences: AccessDifference[] = [];
  const because = new Map<string, Cause>();

  const resources = new Map<string, readonly string[]>();
  for (const action of actionsOf(statements)) {
    const about = statements.filter((statement) => actionTouches(statement, action));
    if (about.length === 0) continue;
    // Many actions are told apart that the same statements are about.
    const which = about.map((statement) => statements.indexOf(statement)).join();
    const classes = resources.get(which) ?? resourcesOf(about);
    resources.set(which, classes);
    for (const resource of classes) {
      for (const caller of callersOf(about)) {
        if (caller?.kind === 'anonymous' && takesNoUnsigned(about, action)) continue;
        const subject = caller === undefined ? { kind: 'outsider' as const, caller: NOBODY, anySession: false } : subjectOf(access, caller);
        const target = { arn: resource, isKey: false, isRole: false, awsManaged: false };
        const known: KnownKeys =
          caller === undefined ? () => undefined : knownKeys(access, subject, target, { context: {}, contextComplete: false });
        const question: Question<Node> = {
          algebra: diagrams(bdd),
          context: openContext(variables, known),
          subject,
          action,
          resourceArn: resource,
        };
        const gave = sideAllows(question, old);
        const gives = sideAllows(question, now);
        const gained = bdd.and(gives.allowed, bdd.not(gave.allowed));
        if (gained === FALSE) continue;
        const { node: real, complete } = feasible(variables, [gained, gave.denied]);
        const possible = bdd.and(gained, real);
        if (possible === FALSE) continue;
        const { atLeast, causes } = bounds(variables, gained, real);
        const certain = bdd.and(atLeast, real);
        if (certain === FALSE || !complete) {
          for (const cause of causes) because.set(cause.words, cause);
          if (!complete) because.set('two readings', { words: 'a context key that is compared in two ways at once', kind: 'incomplete' });
          continue;
        }
        const witness = assignmentContext(variables, bdd.witness(certain) ?? new Map());
        if (witness === undefined || !shows(question, known, witness, now, old)) {
          because.set('witness', { words: 'a difference for which no request could be shown', kind: 'incomplete' });
          continue;
        }
        const granted = granting(question, now, certain);
        differences.push({
          ...(caller === undefined ? {} : { caller }),
          action,
          resource,
          conditions: conditionsOf(variables, atLeast, real),
          witness,
          ...(granted === undefined ? {} : { granted }),
          otherwise: bdd.and(gave.denied, certain) === certain ? 'a Deny applies' : 'no statement allows it',
        });
      }
    }
  }
  if (differences.length > 0) return { kind: 'more', differences };
  return because.size > 0 ? { kind: 'undecided', because: [...because.values()] } : { kind: 'none' };
}

const NOTHING: AccessModel = { principals: [], resources: [], accounts: [], gaps: [], assumptions: [] };
const NOBODY: Caller = { kind: 'outsider', account: '' };

/** The plain evaluator on the witness: one side allows it, the other does not, whatever way the free things turn. */
function shows(
  { subject, action, resourceArn }: Question<Node>,
  known: KnownKeys,
  witness: WitnessContext,
  now: readonly CompiledDocument[],
  old: readonly CompiledDocument[],
): boolean {
  const values = (key: string): readonly string[] | undefined => {
    const said = witness[key] ?? known(key) ?? ALWAYS_THERE.get(key);
    return typeof said === 'string' ? [said] : said;
  };
  return [true, false].every((turn) => {
    const question = { algebra: booleans, context: closedContext(values, () => turn), subject, action, resourceArn };
    return sideAllows(question, now).allowed && !sideAllows(question, old).allowed;
  });
}

function sideAllows<T>(question: Question<T>, documents: readonly CompiledDocument[]): { allowed: T; denied: T } {
  const { algebra } = question;
  let allowed = algebra.never;
  let denied = algebra.never;
  for (const document of documents) {
    if (document.document.unreadable !== undefined) {
      const { name, unreadable } = document.document;
      allowed = algebra.or(allowed, question.context.free(`unreadable:${name}:allow`, unreadable));
      denied = algebra.or(denied, question.context.free(`unreadable:${name}:deny`, unreadable));
    }
    allowed = algebra.or(allowed, documentGives(question, document));
    for (const deny of document.denies) denied = algebra.or(denied, algebra.and(denyReaches(question, deny), covers(question, deny)));
  }
  return { allowed: algebra.and(allowed, algebra.not(denied)), denied };
}

function documentGives<T>(question: Question<T>, document: CompiledDocument): T {
  const { algebra } = question;
  if (document.document.statements.every((statement) => statement.principal === undefined)) return allows(question, [document]);
  return document.allows.reduce(
    (any, allow) => algebra.or(any, algebra.and(namesAnyhow(question, allow), covers(question, allow))),
    algebra.never,
  );
}

function namesAnyhow<T>(question: Question<T>, allow: CompiledStatement): T {
  return [...namedAs(question, allow).values()].reduce((any, node) => question.algebra.or(any, node), question.algebra.never);
}

function granting(question: Question<Node>, documents: readonly CompiledDocument[], certain: Node): AccessDifference['granted'] {
  const { algebra } = question;
  for (const document of documents) {
    for (const allow of document.allows) {
      const named = allow.statement.principal === undefined ? algebra.always : namesAnyhow(question, allow);
      if (algebra.and(algebra.and(named, covers(question, allow)), certain) === FALSE) continue;
      const { index, sid } = allow.statement;
      return { policy: document.document.name, index, ...(sid === undefined ? {} : { sid }) };
    }
  }
  return undefined;
}

/** One colon: read as an ARN's early part, a wildcard does not cross it. */
const ACTION_SHAPE = glob('?*:?*', 'arn');
const RESOURCE_SHAPE = glob('arn:?*:?*:*:*:?*', 'arn');

/** An action of each class that the statements tell apart. */
function actionsOf(statements: readonly CompiledStatement[]): readonly string[] {
  const globs = distinct(statements.flatMap(({ actions }) => actions.map((action) => action.glob)));
  return classesOf(globs, ACTION_SHAPE).map(({ example }) => example);
}

function actionTouches(statement: CompiledStatement, action: string): boolean {
  const any = statement.actions.some((pattern) => matches(pattern.glob, action));
  return any !== statement.statement.action.negated || statement.actions.some(({ unknown }) => unknown !== undefined);
}

/** Every action of the class is of a service that takes no unsigned call: a pattern they all match names the service. */
function takesNoUnsigned(statements: readonly CompiledStatement[], action: string): boolean {
  const prefix = action.slice(0, action.indexOf(':') + 1).toLowerCase();
  const named = statements.some(({ actions }) =>
    actions.some((pattern) => pattern.glob.source.toLowerCase().startsWith(prefix) && matches(pattern.glob, action)),
  );
  return named && isSignedOnly(action);
}

/** A resource of each class, and `*` for actions that know no resource. Variables stand for anything. */
function resourcesOf(statements: readonly CompiledStatement[]): readonly string[] {
  if (statements.every(({ statement }) => statement.resource === undefined)) return ['*'];
  const globs = statements.flatMap(({ resources }) =>
    resources.map((pattern): Glob => {
      if (pattern.kind === 'constant') return pattern.glob;
      if (pattern.kind === 'unknown') return pattern.atMost;
      return glob(pattern.template.parts.map((part) => (typeof part === 'string' ? part : '*')).join(''), 'arn');
    }),
  );
  return [...classesOf(distinct(globs), RESOURCE_SHAPE).map(({ example }) => example), '*'];
}

function distinct(globs: readonly Glob[]): readonly Glob[] {
  return [...new Map(globs.map((item) => [`${item.kind} ${item.source}`, item])).values()];
}

/** A caller of each kind the statements name; `undefined` alone where they name none. */
function callersOf(statements: readonly CompiledStatement[]): readonly (Caller | undefined)[] {
  const entries = statements.flatMap(({ statement }) => statement.principal?.entries ?? []);
  if (statements.every(({ statement }) => statement.principal === undefined)) return [undefined];
  const callers = new Map<string, Caller>();
  const add = (caller: Caller): void => void callers.set(JSON.stringify(caller), caller);
  for (const entry of entries) for (const caller of callersNamed(entry)) add(caller);
  add({ kind: 'outsider', account: FRESH });
  add({ kind: 'anonymous' });
  return [...callers.values()];
}

const FRESH = '999999999999';

function callersNamed(entry: PrincipalEntry): readonly Caller[] {
  switch (entry.kind) {
    case 'account':
      return [{ kind: 'outsider', account: entry.account }];
    case 'arn': {
      const account = entry.arn.split(':')[4] ?? '';
      return [
        { kind: 'outsider', account, arn: entry.arn },
        { kind: 'outsider', account },
      ];
    }
    case 'service':
      return [{ kind: 'service', service: entry.service }];
    case 'federated':
      return [{ kind: 'federated', provider: entry.provider }];
    case 'anyone':
    case 'any-aws':
    case 'unique-id':
    case 'canonical-user':
    case 'unknown':
      return [];
  }
}
