import { Absent, Choice, EMPTY_WORLD, type Formula, holds, sameValue, Unknown, type Value, type World } from '../../model/index.js';

/** More leaves than this are not written out: the value is then Unknown. */
const MAX_LEAVES = 64;

/** A choice, folded where there is nothing to choose. */
export function choose(when: Formula, then: Value, otherwise: Value): Value {
  if (when.op === 'constant') return when.value ? then : otherwise;
  if (then === otherwise || sameValue(then, otherwise)) return then;
  return new Choice(when, then, otherwise);
}

/**
 * Applies a function of plain values to values that may be choices: the choices move outward, those under one condition together.
 * Values that are not choices go in as they are.
 */
export function overChoices(inputs: readonly Value[], apply: (inputs: readonly Value[]) => Value): Value {
  let leaves = 0;
  const visit = (values: readonly Value[]): Value => {
    const first = values.find((value) => value instanceof Choice);
    if (!(first instanceof Choice)) {
      leaves += 1;
      return apply(values);
    }
    if (leaves >= MAX_LEAVES) return tooMany();
    const then = visit(values.map((value) => assume(value, first.when, true)));
    return choose(first.when, then, visit(values.map((value) => assume(value, first.when, false))));
  };
  return visit(inputs);
}

function tooMany(): Unknown {
  return new Unknown({ kind: 'limit', words: `a value with more than ${MAX_LEAVES} cases` });
}

/** The value where `formula` is known to be `truth`: choices on it are taken. */
function assume(value: Value, formula: Formula, truth: boolean): Value {
  if (!(value instanceof Choice)) return value;
  const known = sameFormula(value.when, formula) ? truth : (impliedBy(formula, truth, value.when) ?? undefined);
  if (known !== undefined) return assume(known ? value.then : value.otherwise, formula, truth);
  const then = assume(value.then, formula, truth);
  const otherwise = assume(value.otherwise, formula, truth);
  return then === value.then && otherwise === value.otherwise ? value : choose(value.when, then, otherwise);
}

/** A variable known to equal one literal equals no other. */
function impliedBy(known: Formula, truth: boolean, asked: Formula): boolean | undefined {
  const bare = unwrap(known);
  if (!truth || bare.op !== 'is') return undefined;
  const world: World = { ...EMPTY_WORLD, values: new Map([[bare.variable, bare.value]]) };
  return holds(asked, world);
}

function unwrap(formula: Formula): Formula {
  return formula.op === 'named' ? unwrap(formula.of) : formula;
}

function sameFormula(a: Formula, b: Formula): boolean {
  const left = unwrap(a);
  const right = unwrap(b);
  if (left === right) return true;
  switch (left.op) {
    case 'constant':
      return right.op === 'constant' && left.value === right.value;
    case 'is':
      return right.op === 'is' && left.variable === right.variable && sameValue(left.value, right.value);
    case 'free':
      return right.op === 'free' && left.id === right.id;
    case 'not':
      return right.op === 'not' && sameFormula(left.of, right.of);
    case 'and':
    case 'or':
      return (
        right.op === left.op &&
        left.of.length === right.of.length &&
        left.of.every((part, index) => sameFormula(part, right.of[index] as Formula)) // equal lengths
      );
    case 'named':
      return false;
  }
}

/** A list whose items may be absent in some worlds, as a choice of lists without such items. */
export function withoutAbsentItems(list: readonly Value[]): Value {
  if (!list.some(mayBeAbsent)) return list;
  return overChoices(list, (items) => items.filter((item) => !(item instanceof Absent)));
}

export function mayBeAbsent(value: Value): boolean {
  if (value instanceof Absent) return true;
  return value instanceof Choice && (mayBeAbsent(value.then) || mayBeAbsent(value.otherwise));
}

/** The value with every leaf of its choices replaced. */
export function mapLeaves(value: Value, replace: (leaf: Value) => Value): Value {
  if (!(value instanceof Choice)) return replace(value);
  const then = mapLeaves(value.then, replace);
  const otherwise = mapLeaves(value.otherwise, replace);
  return then === value.then && otherwise === value.otherwise ? value : choose(value.when, then, otherwise);
}
