import {
  EMPTY_WORLD,
  formatPath,
  inWorld,
  NOT_APPLICABLE,
  type Open,
  OpenValue,
  openness,
  PASS,
  type Path,
  type Resource,
  type Value,
  type ValueMap,
  type Verdict,
  type World,
} from '../model/index.js';
import { overWorlds } from './each-world.js';
import { judgeKeyManager } from './key-manager.js';
import { type Judging, judge } from './kleene.js';
import { judgeLiteralSecret } from './literal-secret.js';
import { collectLookedAt } from './looked-at.js';
import { type Leaf, mergeCauses } from './outcome.js';
import type { PatternEngine } from './pattern.js';
import type { Check, RuleContext } from './rule.js';
import type { Schema } from './schema.js';

export type Section = 'properties' | 'attributes' | 'observed';

/** What a rule without code says about its resource. */
export interface Declaration {
  readonly on: Section;
  readonly when: Schema;
  readonly must: Schema;
  readonly secret: boolean;
  readonly patterns: PatternEngine;
}

/** A fast answer for values that are wholly known; `undefined` where there is none. */
export interface ClosedValidators {
  readonly when?: (value: unknown) => boolean;
  readonly must?: (value: unknown) => boolean;
}

/** The check of a declared rule: `when` and `must` over the worlds that the open values they look at allow. */
export function declaredCheck(declaration: Declaration, validators: (type: string) => ClosedValidators | undefined): Check {
  const { on, when, must } = declaration;
  return (resource, context) => {
    const section = resource[on];
    if (!resource.open && resource.exists === undefined) {
      const quick = quickAnswer(section, validators(resource.type));
      if (quick !== undefined) return [quick];
      return judgeSection(declaration, section, resource, context);
    }
    const open = openness();
    collectLookedAt(when, section, open);
    collectLookedAt(must, section, open);
    const formulas = resource.exists === undefined ? [] : [resource.exists];
    return overWorlds(
      resource,
      context,
      open,
      [section],
      formulas,
      (world) => judgeSection(declaration, inWorld(section, world) as ValueMap, resource, context, world), // a map stays a map in every world
    );
  };
}

function quickAnswer(section: ValueMap, validators: ClosedValidators | undefined): Verdict | undefined {
  if (validators?.when !== undefined && !validators.when(section)) return NOT_APPLICABLE;
  if (validators?.when === undefined || validators.must === undefined) return undefined;
  return validators.must(section) ? PASS : undefined;
}

/** `when` open and `must` holding is `pass`; `when` open and `must` failing hangs on `when`. */
function judgeSection(
  declaration: Declaration,
  section: ValueMap,
  resource: Resource,
  context: RuleContext,
  world: World = EMPTY_WORLD,
): readonly Verdict[] {
  const judging = judgingOf(declaration, resource, context, world);
  const applies = judge(declaration.when, section, [], judging);
  if (applies.truth === false) return [NOT_APPLICABLE];
  const outcome = judge(declaration.must, section, [], judging);
  if (outcome.truth === true) return [PASS];
  return outcome.leaves.map((leaf) => {
    const spot = { path: leaf.path, ...(declaration.on === 'attributes' ? { section: 'attributes' as const } : {}) };
    const words = declaration.secret ? {} : { words: { value: leafWords(leaf) } };
    const secret = declaration.secret ? { secret: true } : {};
    if (outcome.truth === false && applies.truth === true) return { kind: 'fail', spot, ...words, ...secret };
    const because = mergeCauses(...applies.leaves.map((open) => open.because), outcome.truth === undefined ? leaf.because : []);
    return { kind: 'undecided', spot, because, ...words, ...secret };
  });
}

function judgingOf(declaration: Declaration, resource: Resource, context: RuleContext, world: World): Judging {
  return {
    patterns: declaration.patterns,
    stated: (path) => isStated(path, declaration.on, resource, world),
    own: {
      keyManager: (schema, value, path) => judgeKeyManager(schema, value, path, context),
      notLiteralSecret: (_, value, path) => judgeLiteralSecret(value, path, context),
    },
  };
}

/** A choice may be written in one branch and filled in by default in the other; only the source tells which this world takes. */
function isStated(path: Path, section: Section, resource: Resource, world: World): boolean {
  if (path.some((_, index) => resource.defaulted.has(formatPath(path.slice(0, index + 1))))) return false;
  const written = resource[section][String(path[0])];
  return !(written instanceof OpenValue) || section === 'observed' || resource.place(path, world, section).exact;
}

/** The deciding value as it stands in a sentence. */
function leafWords({ value }: Leaf): string {
  if (value === undefined) return 'not set';
  if (value instanceof OpenValue) return openWords(value as Open);
  if (typeof value === 'string') return value === '' ? 'empty' : value;
  return typeof value === 'object' && value !== null ? listWords(value) : String(value);
}

function openWords(open: Open): string {
  if (open.kind === 'text') return open.parts.map((part) => (typeof part === 'string' ? part : '…')).join('');
  return open.kind === 'unknown' ? open.reason.words : 'not known yet';
}

function listWords(value: Value): string {
  if (!Array.isArray(value)) return 'an object';
  return value.length === 0
    ? 'an empty list'
    : value.every((item) => typeof item === 'string')
      ? value.join(', ')
      : `${value.length} items`;
}
