import {
  Absent,
  type Choice,
  isList,
  isMap,
  type Open,
  OpenValue,
  type Path,
  sameValue,
  Unknown,
  type Value,
  type ValueMap,
} from '../model/index.js';
import { judgeItems } from './items.js';
import { isUnknownWithValues, keywordOnOpen, knownPart } from './known-part.js';
import { causesOf, conjunction, disjunction, failsAt, HOLDS, mergeCauses, type Outcome, openAt } from './outcome.js';
import type { PatternEngine } from './pattern.js';
import type { Schema, SchemaObject } from './schema.js';
import { support } from './support.js';

/** What the interpreter asks its surroundings. */
export interface Judging {
  readonly patterns: PatternEngine;
  /** True where the source itself says the value at the path. */
  stated(path: Path): boolean;
  /** Keywords of ours about one value. */
  readonly own: Readonly<Record<'keyManager' | 'notLiteralSecret', (schema: SchemaObject, value: Value, path: Path) => Outcome>>;
}

/**
 * Whether a value fits a schema, three-valued: true or false only where every value that its open parts can take agrees.
 * The leaves of the outcome are the deciding places: a `const` its value, a missing property its would-be path, and
 * each failing item of a list.
 */
export function judge(schema: Schema, value: Value, path: Path, judging: Judging): Outcome {
  if (typeof schema === 'boolean') return schema ? HOLDS : failsAt(path, value);
  if (value instanceof OpenValue) return judgeOpen(schema, value as Open, path, judging);
  const outcomes: Outcome[] = [];
  for (const keyword of Object.keys(schema)) {
    const outcome = judgeKeyword(keyword, schema, value, path, judging);
    if (outcome !== HOLDS) outcomes.push(outcome);
  }
  return outcomes.length === 0 ? HOLDS : conjunction(outcomes);
}

function judgeKeyword(keyword: string, schema: SchemaObject, value: Value, path: Path, judging: Judging): Outcome {
  const decided = (truth: boolean): Outcome => (truth ? HOLDS : failsAt(path, value));
  switch (keyword) {
    case 'type':
      return decided(hasType(value, schema.type ?? []));
    case 'const':
      return equals(value, schema.const as Value, path); // rule files hold plain JSON
    case 'enum':
      return disjunction((schema.enum ?? []).map((item) => equals(value, item as Value, path))); // rule files hold plain JSON
    case 'pattern':
      return decided(typeof value !== 'string' || judging.patterns(schema.pattern ?? '')(value));
    case 'minLength':
      return decided(typeof value !== 'string' || length(value) >= (schema.minLength ?? 0));
    case 'maxLength':
      return decided(typeof value !== 'string' || length(value) <= (schema.maxLength ?? 0));
    case 'minimum':
      return decided(typeof value !== 'number' || value >= (schema.minimum ?? 0));
    case 'maximum':
      return decided(typeof value !== 'number' || value <= (schema.maximum ?? 0));
    case 'exclusiveMinimum':
      return decided(typeof value !== 'number' || value > (schema.exclusiveMinimum ?? 0));
    case 'exclusiveMaximum':
      return decided(typeof value !== 'number' || value < (schema.exclusiveMaximum ?? 0));
    case 'minItems':
    case 'maxItems':
    case 'items':
    case 'contains':
      return isList(value) ? judgeItems(keyword, schema, value, path, judging) : HOLDS;
    case 'required':
      return isMap(value) ? conjunction((schema.required ?? []).map((name) => judgePresence(value, name, path))) : HOLDS;
    case 'stated':
      return isMap(value) ? conjunction((schema.stated ?? []).map((name) => judgeStated(value, name, path, judging))) : HOLDS;
    case 'properties':
      return isMap(value) ? judgeMembers(Object.entries(schema.properties ?? {}), value, path, judging) : HOLDS;
    case 'additionalProperties': {
      if (!isMap(value)) return HOLDS;
      const further = Object.keys(value).filter((name) => !Object.hasOwn(schema.properties ?? {}, name));
      return judgeMembers(
        further.map((name) => [name, schema.additionalProperties ?? true]),
        value,
        path,
        judging,
      );
    }
    case 'propertyNames':
      return isMap(value) ? judgeNames(schema.propertyNames ?? true, value, path, judging) : HOLDS;
    case 'keyManager':
    case 'notLiteralSecret':
      return judging.own[keyword](schema, value, path);
    default:
      return judgeCombinator(keyword, schema, value, path, judging);
  }
}

function judgeCombinator(keyword: string, schema: SchemaObject, value: Value, path: Path, judging: Judging): Outcome {
  const inner = (part: Schema): Outcome => judge(part, value, path, judging);
  switch (keyword) {
    case 'allOf':
      return conjunction((schema.allOf ?? []).map(inner));
    case 'anyOf':
      return disjunction((schema.anyOf ?? []).map(inner));
    case 'oneOf':
      return exactlyOne((schema.oneOf ?? []).map(inner), path, value);
    case 'not': {
      const outcome = inner(schema.not ?? false);
      if (outcome.truth === false) return HOLDS;
      return outcome.truth === undefined ? outcome : { truth: false, leaves: support(schema.not ?? false, value, path, judging) };
    }
    case 'if': {
      const condition = inner(schema.if ?? true);
      if (condition.truth === true) return inner(schema.then ?? true);
      if (condition.truth === false) return inner(schema.else ?? true);
      const [then, otherwise] = [inner(schema.then ?? true), inner(schema.else ?? true)];
      if (then.truth === true && otherwise.truth === true) return HOLDS;
      if (then.truth === false && otherwise.truth === false) return then;
      return { truth: undefined, leaves: [...condition.leaves, ...openLeaves(then), ...openLeaves(otherwise)] };
    }
    default:
      return HOLDS;
  }
}

function openLeaves(outcome: Outcome): Outcome['leaves'] {
  return outcome.truth === undefined ? outcome.leaves : [];
}

function exactlyOne(outcomes: readonly Outcome[], path: Path, value: Value): Outcome {
  const holding = outcomes.filter(({ truth }) => truth === true).length;
  const open = outcomes.filter(({ truth }) => truth === undefined);
  if (holding > 1) return failsAt(path, value);
  if (open.length > 0) return { truth: undefined, leaves: open.flatMap(({ leaves }) => leaves) };
  return holding === 1 ? HOLDS : disjunction(outcomes);
}

function judgeOpen(schema: SchemaObject, open: Open, path: Path, judging: Judging): Outcome {
  if (open instanceof Absent) return HOLDS;
  if (open.kind === 'choice') return judgeChoice(schema, open, path, judging);
  if (isUnknownWithValues(open)) return judgeValues(schema, open, path, judging);
  const known = knownPart(open);
  const outcomes = Object.keys(schema).map((keyword): Outcome => {
    if (keyword === 'keyManager' || keyword === 'notLiteralSecret') return judging.own[keyword](schema, open, path);
    if (['allOf', 'anyOf', 'oneOf', 'not', 'if'].includes(keyword)) return judgeCombinator(keyword, schema, open, path, judging);
    if (keyword === 'then' || keyword === 'else' || keyword === 'minContains' || keyword === 'maxContains') return HOLDS;
    const truth = keywordOnOpen(keyword, schema, known, judging.patterns);
    if (truth === undefined) return openAt(path, causesOf(open), open);
    return truth ? HOLDS : failsAt(path, open);
  });
  return conjunction(outcomes);
}

/** A choice that was not settled: both branches have to agree. */
function judgeChoice(schema: SchemaObject, choice: Choice, path: Path, judging: Judging): Outcome {
  const then = judge(schema, choice.then, path, judging);
  const otherwise = judge(schema, choice.otherwise, path, judging);
  if (then.truth === otherwise.truth && then.truth !== undefined) return then;
  const leaves = [...openLeaves(then), ...openLeaves(otherwise)];
  return leaves.length > 0 ? { truth: undefined, leaves } : openAt(path, causesOf(choice), choice);
}

/** A closed list of values: all have to agree. */
function judgeValues(
  schema: SchemaObject,
  open: Unknown & { readonly domain: { readonly values: readonly Value[] } },
  path: Path,
  judging: Judging,
): Outcome {
  const outcomes = open.domain.values.map((value) => judge(schema, value, path, judging).truth);
  const first = outcomes[0];
  if (first !== undefined && outcomes.every((truth) => truth === first)) return first ? HOLDS : failsAt(path, open);
  return openAt(path, causesOf(open), open);
}

/** Whether something stands there once everything is known. */
export function presence(value: Value | undefined): boolean | undefined {
  if (value === undefined || value instanceof Absent) return false;
  if (value instanceof Unknown) return value.domain.mayBeAbsent === true ? undefined : true;
  if (value instanceof OpenValue && (value as Open).kind === 'choice') {
    const choice = value as Choice; // its kind says so
    const then = presence(choice.then);
    return then === presence(choice.otherwise) ? then : undefined;
  }
  return true;
}

function judgePresence(map: ValueMap, name: string, path: Path): Outcome {
  const value = member(map, name);
  const truth = presence(value);
  if (truth === true) return HOLDS;
  return truth === false || value === undefined ? failsAt([...path, name]) : openAt([...path, name], openCauses(value), value);
}

function judgeStated(map: ValueMap, name: string, path: Path, judging: Judging): Outcome {
  if (member(map, name) !== undefined && !judging.stated([...path, name])) return failsAt([...path, name]);
  return judgePresence(map, name, path);
}

function judgeMembers(entries: readonly (readonly [string, Schema])[], map: ValueMap, path: Path, judging: Judging): Outcome {
  const outcomes: Outcome[] = [];
  for (const [name, schema] of entries) {
    const value = member(map, name);
    if (value === undefined) continue;
    outcomes.push(unlessAbsent(judge(schema, value, [...path, name], judging), value, [...path, name]));
  }
  return conjunction(outcomes);
}

/** What may turn out absent can't fail for sure. */
export function unlessAbsent(outcome: Outcome, value: Value, path: Path): Outcome {
  return outcome.truth === false && presence(value) === undefined ? openAt(path, openCauses(value), value) : outcome;
}

export function openCauses(value: Value): readonly ReturnType<typeof causesOf>[number][] {
  if (value instanceof OpenValue) return causesOf(value as Open);
  if (Array.isArray(value)) return mergeCauses(...value.map((item: Value) => openCauses(item)));
  return isMap(value) ? mergeCauses(...Object.values(value).map(openCauses)) : [];
}

function judgeNames(schema: Schema, map: ValueMap, path: Path, judging: Judging): Outcome {
  return conjunction(
    Object.entries(map).map(([name, value]) => {
      const outcome = judge(schema, name, [...path, name], judging);
      return outcome.truth === true
        ? HOLDS
        : unlessAbsent(
            { truth: outcome.truth, leaves: [{ path: [...path, name], value, because: outcome.leaves.flatMap(({ because }) => because) }] },
            value,
            [...path, name],
          );
    }),
  );
}

function member(map: ValueMap, name: string): Value | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

function hasType(value: Value, admitted: string | readonly string[]): boolean {
  const names = typeof admitted === 'string' ? [admitted] : admitted;
  return names.some((name) => {
    if (name === 'integer') return Number.isInteger(value);
    if (name === 'null') return value === null;
    if (name === 'array') return isList(value);
    return name === 'object' ? isMap(value) : typeof value === name;
  });
}

/** Equality with a literal; lists and maps may hold open parts. */
function equals(value: Value, literal: Value, path: Path): Outcome {
  if (sameValue(value, literal)) return HOLDS;
  const truth = mayEqual(value, literal);
  return truth ? openAt(path, openCauses(value), value) : failsAt(path, value);
}

function mayEqual(value: Value, literal: Value): boolean {
  if (value instanceof OpenValue) return true;
  if (isList(value)) {
    if (!isList(literal)) return false;
    const optional = value.filter((item) => presence(item) !== true).length;
    if (literal.length > value.length || literal.length < value.length - optional) return false;
    return optional > 0 || value.every((item, index) => mayEqual(item, literal[index] ?? null));
  }
  if (isMap(value)) {
    if (!isMap(literal)) return false;
    return (
      Object.keys(literal).every((name) => Object.hasOwn(value, name)) &&
      Object.entries(value).every(([name, item]) =>
        Object.hasOwn(literal, name) ? mayEqual(item, literal[name] ?? null) : presence(item) !== true,
      )
    );
  }
  return value === literal;
}

/** JSON Schema counts characters, not code units. */
function length(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
