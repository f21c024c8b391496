import type { Cause, Origin, PolicyDocument, Statement } from '../../model/index.js';
import type { Node } from '../bdd.js';
import { type CompiledDocument, compileDocument } from '../compile.js';
import { layersOf } from '../layers.js';
import type { Subject } from '../subject.js';
import { hasSymbol } from '../text/symbol.js';
import { type Axes, element } from './axes.js';
import type { Dependences } from './dependence.js';
import { type Guard, guardsIn, namesIn, type TargetClass, targetClasses } from './target-class.js';

/**
 * The answer of one crossing with the principal's own policies left open: what it is for each way they may turn out. By
 * index: 1 identity policies allow, 2 identity policies deny, 4 the boundary allows, 8 the boundary denies.
 */
export type Side = readonly Node[];

/** Sides by action. */
export interface SideRow {
  readonly number: number;
  readonly sides: readonly Side[];
}

/** Principals to whom the policies of targets say the same, as far as they do not name them. */
export interface PrincipalClass {
  readonly number: number;
  /** By target. */
  readonly rows: readonly SideRow[];
  /** By target, its row among the distinct ones of this class, and how many those are. */
  readonly rowAt: Uint16Array;
  readonly distinct: number;
}

/**
 * Everything of a decision but the principal's own policies: key policy, grants, SCPs, RCPs, endpoints. The evaluator's own
 * layers work it out, with documents in the place of the principal's policies that say nothing certain. It is the same
 * for all principals that none of those policies names, and for all targets that they do not tell apart.
 */
export class Sides {
  private readonly variables: readonly number[];
  /** Targets alike to all whom they do not name. */
  private readonly classes: readonly TargetClass[];
  /** Targets alike to everyone. */
  private readonly twins: readonly TargetClass[];
  private readonly classOf: readonly TargetClass[];
  private readonly names: ReadonlyMap<string, readonly TargetClass[]>;
  /** The guards whose conditions look at the principal, one of each shape. */
  private readonly looking: readonly Guard[];
  private readonly everywhere: readonly Guard[];
  private readonly rows = new Map<string, SideRow>();
  private readonly rowsOfRest = new Map<string, SideRow>();
  private readonly principalClasses = new Map<string, PrincipalClass>();
  private readonly symbolic: boolean;
  /** A Deny with NotPrincipal hits whoever has a boundary, so with one somewhere it matters who has. */
  private readonly negating: boolean;

  constructor(
    private readonly axes: Axes,
    private readonly dependences: Dependences,
  ) {
    const { access } = axes;
    const documents = [
      ...[...access.scps.values(), ...access.rcps.values()].flat(2),
      ...(access.model.endpoints ?? []).map(({ policy }) => access.compile(policy)),
    ];
    this.everywhere = guardsIn([...new Set(documents)], dependences);
    this.classes = targetClasses(axes, dependences, this.everywhere, 'the rest');
    this.twins = targetClasses(axes, dependences, this.everywhere, 'everyone');
    const classOf: TargetClass[] = [];
    for (const found of this.classes) for (const target of found.members) classOf[target] = found;
    this.classOf = classOf;
    this.names = namesIn(axes, this.twins, this.everywhere);
    this.symbolic = [...this.names.keys()].some(hasSymbol);
    const guards = [...this.everywhere, ...this.twins.flatMap((found) => found.guards)];
    this.negating = guards.some(({ statement }) => statement.statement.principal?.negated === true);
    const shapes = new Map<string, Guard>();
    for (const guard of guards) {
      if (guard.dependence.byPrincipal.length > 0) shapes.set(guard.dependence.principalShape, guard);
    }
    this.looking = [...shapes.values()];
    this.variables = ['identity:allow', 'identity:deny', 'boundary:allow', 'boundary:deny'].map((id) =>
      axes.bdd.variableAt(axes.variables.free(`free:${id}`, OPEN)),
    );
  }

  classOfPrincipal(principal: number): PrincipalClass {
    const key = `${this.ownKey(principal)} ${this.signs(this.looking, principal)}`;
    let found = this.principalClasses.get(key);
    if (found === undefined) {
      const byClass = this.classes.map((target) => this.rowOfRest(principal, target));
      const rows = this.classOf.map(({ number }) => element(byClass, number));
      const numbers = new Map<number, number>();
      for (const row of byClass) if (!numbers.has(row.number)) numbers.set(row.number, numbers.size);
      const rowAt = Uint16Array.from(rows, (row) => numbers.get(row.number) ?? 0);
      found = { number: this.principalClasses.size, rows, rowAt, distinct: numbers.size };
      this.principalClasses.set(key, found);
    }
    return found;
  }

  /** The targets whose policies or grants may name the principal, each with what they say to it alone. */
  named(principal: number): readonly { readonly target: number; readonly row: SideRow }[] {
    const { name, arn, uniqueId } = element(this.axes.principals, principal);
    const found = new Set<TargetClass>();
    if (this.symbolic || hasSymbol(arn)) for (const target of this.twins) found.add(target);
    else
      for (const text of new Set([name, arn.split('/').at(-1) ?? '', uniqueId ?? '']))
        for (const target of this.names.get(text) ?? []) found.add(target);
    return [...found].flatMap((target) => {
      const row = this.evaluate(principal, target, element(this.axes.subjects, principal));
      return target.members.map((member) => ({ target: member, row }));
    });
  }

  /** Its answers are worked out without any boundary. Otherwise a principal that has none is one whose boundary allows all. */
  private isUnbounded(principal: number): boolean {
    return this.negating && element(this.axes.subjects, principal).held?.boundary === undefined;
  }

  private rowOfRest(principal: number, target: TargetClass): SideRow {
    const signs = `${this.signs(this.everywhere, principal)} ${this.signs(target.guards, principal)}`;
    const key = `${target.number} ${this.ownKey(principal)} ${signs}`;
    const known = this.rowsOfRest.get(key);
    if (known !== undefined) return known;
    const row = this.evaluate(principal, target, unnamed(element(this.axes.subjects, principal)));
    this.rowsOfRest.set(key, row);
    return row;
  }

  private evaluate(principal: number, { representative }: TargetClass, subject: Subject): SideRow {
    const { access, actions, bdd, targets } = this.axes;
    const open = withOpenPolicies(subject, this.isUnbounded(principal) ? 'unbounded' : 'bounded');
    const sides = actions.map((_, action): Side => {
      const question = { ...this.axes.question(principal, representative, action), subject: open };
      const { allowed } = layersOf(access, question, element(targets, representative), []);
      let ways = [allowed];
      this.variables.forEach((variable) => {
        ways = [...ways.map((node) => bdd.restrict(node, variable, false)), ...ways.map((node) => bdd.restrict(node, variable, true))];
      });
      return ways;
    });
    const key = sides.map((side) => side.join()).join(';');
    const known = this.rows.get(key);
    if (known !== undefined) return known;
    const row = { number: this.rows.size, sides };
    this.rows.set(key, row);
    return row;
  }

  private signs(guards: readonly Guard[], principal: number): string {
    return guards
      .filter(({ dependence }) => dependence.byPrincipal.length > 0)
      .map(({ dependence }) => this.dependences.principalSign(dependence, principal))
      .join();
  }

  /** What the layers ask of a principal beside its name and its policies. Policies that were not read are free by their name. */
  private ownKey(principal: number): string {
    const { kind, account, serviceLinked, missing, id } = element(this.axes.principals, principal);
    const held = element(this.axes.subjects, principal).held;
    const unread = (held?.identity ?? []).filter(isUnread).map(({ document }) => document.name);
    const boundary = held?.boundary;
    const bounded = this.isUnbounded(principal) ? 'free' : boundary !== undefined && isUnread(boundary) ? boundary.document.name : '';
    return [kind, account, serviceLinked, bounded, ...unread, missing.length === 0 ? '' : id].join('|');
  }
}

export function isUnread({ document }: CompiledDocument): boolean {
  return document.unreadable !== undefined;
}

/** The same principal under a name no policy holds: what is said to it is said to all the rest. */
function unnamed(subject: Subject): Subject {
  const { uniqueId: _, ...rest } = subject;
  return {
    ...rest,
    identityArn: `arn:aws:iam::${subject.account}:${subject.kind}/\u0000`,
    ...(subject.sessionArn === undefined ? {} : { sessionArn: `arn:aws:sts::${subject.account}:assumed-role/\u0000/*` }),
  };
}

function withOpenPolicies(subject: Subject, boundaries: 'bounded' | 'unbounded'): Subject {
  const { held } = subject;
  if (held === undefined) return subject;
  const unread = held.boundary !== undefined && isUnread(held.boundary) ? held.boundary : OPEN_BOUNDARY;
  const boundary = boundaries === 'unbounded' ? undefined : unread;
  const identity = [OPEN_IDENTITY, ...held.identity.filter(isUnread)];
  return { ...subject, held: { ...held, identity, ...(boundary === undefined ? {} : { boundary }) } };
}

const OPEN: Cause = { words: 'what the policies of the principal say', kind: 'unknown' };
const NOWHERE: Origin = { kind: 'file', file: '', range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } };
const OPEN_IDENTITY = openDocument('identity');
const OPEN_BOUNDARY = openDocument('boundary');

/** A policy whose Allow and Deny of everything are there or not, nobody knows. */
function openDocument(kind: 'identity' | 'boundary'): CompiledDocument {
  const all = { negated: false, patterns: [{ text: '*' }] };
  const statement = (index: number, effect: 'Allow' | 'Deny'): Statement => ({
    index,
    effect,
    action: all,
    resource: all,
    conditions: [],
    origin: NOWHERE,
    exists: { when: { op: 'free', id: `${kind}:${effect.toLowerCase()}`, words: OPEN.words }, causes: [OPEN] },
  });
  const document: PolicyDocument = {
    name: `open ${kind} policy`,
    kind,
    version: '2012-10-17',
    statements: [statement(0, 'Allow'), statement(1, 'Deny')],
    origin: NOWHERE,
  };
  return compileDocument(document);
}
