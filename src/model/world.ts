import {
  Absent,
  Choice,
  type Open,
  OpenValue,
  Reference,
  sameValue,
  type TextPart,
  textOf,
  Unknown,
  type Value,
  type ValueMap,
} from './value.js';
import { type Assigned, EMPTY_WORLD, type Formula, OTHER, type Variable, type VariableId, type World } from './variable.js';

/** What a value or formula leaves open: variables by id, free tests by id. */
export interface Openness {
  readonly variables: Set<VariableId>;
  readonly free: Map<string, string>;
}

export function openness(): Openness {
  return { variables: new Set(), free: new Map() };
}

/** Adds to `found` every variable and free test that `value` depends on. */
export function collectOpen(value: Value, found: Openness): void {
  if (typeof value !== 'object' || value === null) return;
  if (!(value instanceof OpenValue)) {
    if (Array.isArray(value)) for (const item of value) collectOpen(item, found);
    else for (const key of Object.keys(value)) collectOpen((value as ValueMap)[key] as Value, found); // plain JSON below
    return;
  }
  const open = value as Open;
  switch (open.kind) {
    case 'unknown':
      if (open.variable !== undefined) found.variables.add(open.variable);
      return;
    case 'text':
      for (const part of open.parts) if (typeof part !== 'string') collectOpen(part, found);
      return;
    case 'choice':
      collectFormula(open.when, found);
      collectOpen(open.then, found);
      collectOpen(open.otherwise, found);
      return;
    default:
      return;
  }
}

export function collectFormula(formula: Formula, found: Openness): void {
  switch (formula.op) {
    case 'is':
      found.variables.add(formula.variable);
      return;
    case 'free':
      found.free.set(formula.id, formula.words);
      return;
    case 'not':
    case 'named':
      collectFormula(formula.of, found);
      return;
    case 'and':
    case 'or':
      for (const part of formula.of) collectFormula(part, found);
      return;
    case 'constant':
      return;
  }
}

/** Kleene truth of a formula in a world; `undefined` where the world leaves it open. */
export function holds(formula: Formula, world: World): boolean | undefined {
  switch (formula.op) {
    case 'constant':
      return formula.value;
    case 'named':
      return holds(formula.of, world);
    case 'free':
      return world.free.get(formula.id);
    case 'is': {
      const assigned = world.values.get(formula.variable);
      if (assigned === undefined) return undefined;
      return assigned !== OTHER && sameValue(assigned, formula.value);
    }
    case 'not': {
      const inner = holds(formula.of, world);
      return inner === undefined ? undefined : !inner;
    }
    case 'and':
    case 'or': {
      const settling = formula.op === 'or';
      let open = false;
      for (const part of formula.of) {
        const truth = holds(part, world);
        if (truth === settling) return settling;
        if (truth === undefined) open = true;
      }
      return open ? undefined : !settling;
    }
  }
}

/**
 * The value as it is in a world: choices taken, variables put in, absent properties and items gone.
 * Returns the value itself where nothing changes; the whole result is `Absent` where the value itself is not there.
 */
export function inWorld(value: Value, world: World): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof OpenValue) return openInWorld(value as Open, world);
  if (Array.isArray(value)) return listInWorld(value, world);
  return mapInWorld(value as ValueMap, world);
}

/** Most values of a resource hang on nothing: what does not change is returned as it is, and nothing is allocated for it. */
function listInWorld(list: readonly Value[], world: World): Value {
  let items: Value[] | undefined;
  for (let index = 0; index < list.length; index += 1) {
    const item = list[index] as Value; // index is below length
    const next = inWorld(item, world);
    if (items === undefined) {
      if (next === item && !(next instanceof Absent)) continue;
      items = list.slice(0, index);
    }
    if (!(next instanceof Absent)) items.push(next);
  }
  return items ?? list;
}

function mapInWorld(map: ValueMap, world: World): Value {
  let changed: Record<string, Value> | undefined;
  for (const key of Object.keys(map)) {
    const item = map[key] as Value; // an own key
    const next = inWorld(item, world);
    if (next === item && !(next instanceof Absent)) continue;
    changed ??= ownCopy(map);
    if (next instanceof Absent) delete changed[key];
    else setOwn(changed, key, next);
  }
  return changed ?? map;
}

/** A copy that keeps a key named `__proto__` as the plain key it is in a template. */
function ownCopy(map: ValueMap): Record<string, Value> {
  return Object.fromEntries(Object.entries(map));
}

function setOwn(map: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__') Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  else map[key] = value;
}

function openInWorld(open: Open, world: World): Value {
  switch (open.kind) {
    case 'choice': {
      const truth = holds(open.when, world);
      if (truth !== undefined) return inWorld(truth ? open.then : open.otherwise, world);
      const then = inWorld(open.then, world);
      const otherwise = inWorld(open.otherwise, world);
      return then === open.then && otherwise === open.otherwise ? open : new Choice(open.when, then, otherwise);
    }
    case 'unknown': {
      if (open.variable === undefined) return open;
      const assigned = world.values.get(open.variable);
      return assigned === undefined || assigned === OTHER ? open : assigned;
    }
    case 'text': {
      const parts = open.parts.map((part): TextPart => {
        if (!(part instanceof Unknown)) return part;
        const next = inWorld(part, world);
        if (next instanceof Unknown || next instanceof Reference) return next;
        return typeof next === 'object' ? part : String(next);
      });
      return parts.every((part, index) => part === open.parts[index]) ? open : textOf(parts);
    }
    default:
      return open;
  }
}

/** The cases of a variable worth telling apart: each admitted or compared value, then "something else" where the list is open. */
export function casesOf(variable: Variable): readonly Assigned[] {
  if (variable.values !== undefined) return variable.values;
  const cases: Assigned[] = variable.default === undefined ? [] : [variable.default];
  for (const literal of variable.compared) if (!cases.some((known) => known !== OTHER && sameValue(known, literal))) cases.push(literal);
  cases.push(OTHER);
  return cases;
}

/**
 * Every world over the given openness, or `undefined` where there would be more than `limit`.
 * A variable of the scope without a declaration stays open.
 */
export function worldsOf(open: Openness, variables: ReadonlyMap<VariableId, Variable>, limit = 64): readonly World[] | undefined {
  const axes: { id: VariableId; cases: readonly Assigned[] }[] = [];
  let count = 1;
  for (const id of [...open.variables].sort()) {
    const variable = variables.get(id);
    if (variable === undefined) continue;
    const cases = casesOf(variable);
    count *= cases.length;
    if (count > limit) return undefined;
    if (cases.length > 0) axes.push({ id, cases });
  }
  const free = [...open.free.keys()].sort();
  count *= 2 ** free.length;
  if (count > limit) return undefined;
  let worlds: World[] = [EMPTY_WORLD];
  for (const { id, cases } of axes) {
    worlds = worlds.flatMap((world) => cases.map((assigned) => ({ ...world, values: new Map(world.values).set(id, assigned) })));
  }
  for (const id of free) {
    worlds = worlds.flatMap((world) => [true, false].map((truth) => ({ ...world, free: new Map(world.free).set(id, truth) })));
  }
  return worlds;
}

/** True where every variable that has a default is at it. */
export function isDefaultWorld(world: World, variables: ReadonlyMap<VariableId, Variable>): boolean {
  for (const [id, assigned] of world.values) {
    const fallback = variables.get(id)?.default;
    if (fallback !== undefined && (assigned === OTHER || !sameValue(assigned, fallback))) return false;
  }
  return true;
}
