import type { CompiledStatement } from '../compile.js';
import type { KnownKeys } from '../condition/context-truth.js';
import type { Elementary } from '../condition/elementary.js';
import { canonicalKey, keyKind } from '../condition/keys.js';
import type { Template } from '../text/template.js';
import { type Axes, element } from './axes.js';

/** What a statement asks of a context key: certain tests, or, where variables are about, its very values. */
interface Asked {
  readonly key: string;
  readonly tests: readonly Elementary[] | 'values';
}

/** Which of a statement's keys the snapshot settles by principal and by target. Two crossings of equal signs give equal truth. */
export interface Dependence {
  readonly byPrincipal: readonly Asked[];
  readonly byTarget: readonly Asked[];
  /** Some key's value hangs on the action. */
  readonly byAction: boolean;
  /** Two statements of equal `targetShape` are told apart by the same targets. */
  readonly targetShape: string;
  readonly principalShape: string;
}

/** So many targets are looked at for what hangs on the action. */
const SAMPLED = 64;

/** Finds out once for each key whether the snapshot knows it, and along which axis its value changes. */
export class Dependences {
  private readonly ofPrincipals: readonly KnownKeys[];
  private readonly ofTargets: readonly KnownKeys[];
  /** By target, then action; made when some key hangs on the action. */
  private ofActions: readonly (readonly KnownKeys[])[] | undefined;
  private readonly principalVaries = new Map<string, boolean>();
  private readonly targetVaries = new Map<string, boolean>();
  private readonly principalHas = new Map<string, boolean>();
  private readonly targetHas = new Map<string, boolean>();
  private readonly actionVaries = new Map<string, boolean>();
  private readonly signNumbers = new Map<string, number>();

  constructor(private readonly axes: Axes) {
    this.ofPrincipals = axes.principals.map((_, principal) => axes.known(principal, 0, 0));
    this.ofTargets = axes.targets.map((_, target) => axes.known(0, target, 0));
  }

  of(statement: CompiledStatement): Dependence {
    const asked = askedOf(statement);
    const byPrincipal = asked
      .filter(({ key }) => varies(key, this.ofPrincipals, this.principalVaries))
      .map((item) => testedOnlyWhere(hasValues(item.key, this.ofPrincipals, this.principalHas), item));
    const byTarget = asked
      .filter(({ key }) => this.variesByTarget(key))
      .map((item) => testedOnlyWhere(this.targetHasValues(item.key), item));
    const byAction = asked.some(({ key }) => this.variesByAction(key));
    return { byPrincipal, byTarget, byAction, targetShape: shapeOf(byTarget), principalShape: shapeOf(byPrincipal) };
  }

  principalSign({ byPrincipal }: Dependence, principal: number): number {
    if (byPrincipal.length === 0) return 0;
    const known = element(this.ofPrincipals, principal);
    return this.number(byPrincipal.map((asked) => signOf(asked, known)).join('|'));
  }

  targetSign({ byTarget }: Dependence, target: number): number {
    if (byTarget.length === 0) return 0;
    const signs = byTarget.map((asked) =>
      this.variesByAction(asked.key)
        ? element(this.knownByAction(), target)
            .map((known) => signOf(asked, known))
            .join()
        : signOf(asked, element(this.ofTargets, target)),
    );
    return this.number(signs.join('|'));
  }

  private targetHasValues(key: string): boolean {
    const known = this.targetHas.get(key);
    if (known !== undefined) return known;
    return hasValues(key, this.variesByAction(key) ? this.knownByAction().flat() : this.ofTargets, this.targetHas);
  }

  private variesByTarget(key: string): boolean {
    if (!this.variesByAction(key)) return varies(key, this.ofTargets, this.targetVaries);
    const known = this.targetVaries.get(key);
    if (known !== undefined) return known;
    const byAction = this.knownByAction();
    const result = this.axes.actions.some((_, action) =>
      varies(
        key,
        byAction.map((actions) => element(actions, action)),
        new Map(),
      ),
    );
    this.targetVaries.set(key, result);
    return result;
  }

  /** Along the actions at some of the targets: what hangs on the action does so at most of them. */
  private variesByAction(key: string): boolean {
    const known = this.actionVaries.get(key);
    if (known !== undefined) return known;
    const { targets, actions } = this.axes;
    const step = Math.ceil(targets.length / SAMPLED);
    let result = false;
    for (let target = 0; target < targets.length && !result; target += step) {
      const along = this.ofActions?.[target] ?? actions.map((_, action) => this.axes.known(0, target, action));
      result = varies(key, along, new Map());
    }
    this.actionVaries.set(key, result);
    return result;
  }

  private knownByAction(): readonly (readonly KnownKeys[])[] {
    const { targets, actions } = this.axes;
    this.ofActions ??= targets.map((_, target) => actions.map((_, action) => this.axes.known(0, target, action)));
    return this.ofActions;
  }

  /** The value of a variable of Resource, where it is certain and the same for every target. */
  value(variable: string, principal: number): string | 'absent' | undefined {
    const key = canonicalKey(variable);
    if (this.variesByTarget(key) || this.variesByAction(key)) return undefined;
    if (keyKind(key).multivalued) return 'absent';
    const values = element(this.ofPrincipals, principal)(key);
    if (values === undefined) return undefined;
    const [only, ...more] = values;
    return only === undefined || more.length > 0 ? 'absent' : only;
  }

  private number(sign: string): number {
    const known = this.signNumbers.get(sign);
    if (known !== undefined) return known;
    const number = this.signNumbers.size + 1;
    this.signNumbers.set(sign, number);
    return number;
  }
}

function varies(key: string, along: readonly KnownKeys[], found: Map<string, boolean>): boolean {
  const known = found.get(key);
  if (known !== undefined) return known;
  const first = JSON.stringify(along[0]?.(key));
  const result = along.some((keys) => JSON.stringify(keys(key)) !== first);
  found.set(key, result);
  return result;
}

function shapeOf(asked: readonly Asked[]): string {
  return asked.map(({ key, tests }) => `${key} ${tests === 'values' ? '' : tests.map(({ id }) => id).join()}`).join('\n');
}

/** Somewhere along the axis the key has a value that tests can tell from another. */
function hasValues(key: string, along: readonly KnownKeys[], found: Map<string, boolean>): boolean {
  const known = found.get(key);
  if (known !== undefined) return known;
  const result = along.some((keys) => (keys(key)?.length ?? 0) > 0);
  found.set(key, result);
  return result;
}

/** Where a key has no values, which tests are made on it tells nothing apart: questions about it are one question. */
function testedOnlyWhere(tested: boolean, asked: Asked): Asked {
  return tested ? asked : { key: asked.key, tests: 'values' };
}

function askedOf({ conditions, resources }: CompiledStatement): readonly Asked[] {
  const variables = (templates: readonly Template[]): Asked[] =>
    templates.flatMap(({ parts }) =>
      parts.flatMap((part) => (typeof part === 'string' ? [] : [{ key: canonicalKey(part.variable), tests: 'values' as const }])),
    );
  return [
    ...conditions.flatMap(({ key, family, constants, templates, unknowns }): Asked[] => [
      {
        key: canonicalKey(key),
        tests: templates.length > 0 || family === 'null' ? 'values' : [...constants, ...unknowns.map(({ atMost }) => atMost)],
      },
      ...variables(templates),
    ]),
    ...variables(resources.flatMap((pattern) => (pattern.kind === 'template' ? [pattern.template] : []))),
  ];
}

function signOf({ key, tests }: Asked, known: KnownKeys): string {
  const values = known(key);
  if (values === undefined) return '?';
  if (tests === 'values') return JSON.stringify(values);
  return values.map((value) => tests.map((test) => (test.test(value) ? '1' : '0')).join('')).join('/');
}
