import { ABSENT, Absent, ALWAYS, Choice, type Formula, isOpen, OpenValue, type Value, type ValueMap } from '../../model/index.js';

/** A value with its choices taken, and the formula under which it is so. */
export interface Variant {
  readonly when: Formula;
  readonly value: Value;
}

/** More conditions in one statement than this are not taken apart: 2^4 variants. */
const MOST_CONDITIONS = 4;

/** Every way the choices inside a value can turn out; undefined where it hangs on too many conditions. */
export function variantsOf(value: Value): readonly Variant[] | undefined {
  const conditions = new Map<string, Formula>();
  collect(value, conditions);
  if (conditions.size > MOST_CONDITIONS) return undefined;
  let variants: Variant[] = [{ when: ALWAYS, value }];
  for (const [key, formula] of conditions) {
    variants = variants.flatMap((variant) => [
      { when: both(variant.when, formula), value: taken(variant.value, key, 'then') },
      { when: both(variant.when, { op: 'not', of: formula }), value: taken(variant.value, key, 'otherwise') },
    ]);
  }
  return variants;
}

function both(a: Formula, b: Formula): Formula {
  return a === ALWAYS ? b : { op: 'and', of: [a, b] };
}

function keyOf(formula: Formula): string {
  return JSON.stringify(formula);
}

function collect(value: Value, into: Map<string, Formula>): void {
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Choice) {
    into.set(keyOf(value.when), value.when);
    collect(value.then, into);
    collect(value.otherwise, into);
    return;
  }
  if (value instanceof OpenValue) return;
  for (const item of Array.isArray(value) ? value : Object.values(value as ValueMap)) collect(item, into);
}

/** The value with every choice on one condition taken one way. */
function taken(value: Value, key: string, side: 'then' | 'otherwise'): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Choice) {
    if (keyOf(value.when) === key) return taken(value[side], key, side);
    return new Choice(value.when, taken(value.then, key, side), taken(value.otherwise, key, side));
  }
  if (isOpen(value)) return value;
  if (Array.isArray(value)) return value.map((item: Value) => taken(item, key, side)).filter((item: Value) => !(item instanceof Absent));
  const entries = Object.entries(value as ValueMap).map(([name, item]) => [name, taken(item, key, side)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== ABSENT));
}
