import {
  casesOf,
  collectFormula,
  EMPTY_WORLD,
  type Formula,
  holds,
  isDefaultWorld,
  type Openness,
  type Variable,
  type VariableId,
  type World,
  worldsOf,
} from '../model/index.js';

/** More worlds than this are not told apart. */
const WORLDS = 64;

/** The ways a resource's open parts can turn out. */
export interface Worlds {
  /** Those in which the resource exists, as far as it can be said. */
  readonly existing: readonly World[];
  /** Those in which it does not. */
  readonly missing: readonly World[];
  /** Of the existing ones, those with every default in place; all of them where no such world exists. */
  readonly expected: readonly World[];
}

/** Every world over `open` and the existence of the resource; variables with many cases stay open where there would be too many. */
export function worldsFor(open: Openness, exists: Formula | undefined, variables: ReadonlyMap<VariableId, Variable>): Worlds {
  if (exists !== undefined) collectFormula(exists, open);
  const all = worldsWithin(open, variables);
  const existing = exists === undefined ? all : all.filter((world) => holds(exists, world) !== false);
  const missing = exists === undefined ? [] : all.filter((world) => holds(exists, world) === false);
  const expected = existing.filter((world) => isDefaultWorld(world, variables));
  return { existing, missing, expected: expected.length > 0 ? expected : existing };
}

function worldsWithin(open: Openness, variables: ReadonlyMap<VariableId, Variable>): readonly World[] {
  const worlds = worldsOf(open, variables, WORLDS);
  if (worlds !== undefined) return worlds;
  const kept = { variables: new Set(open.variables), free: new Map(open.free) };
  const byCases = [...kept.variables].sort((a, b) => cases(b, variables) - cases(a, variables));
  const tests = [...kept.free.keys()].sort();
  for (const dropped of [...byCases, ...tests]) {
    if (!kept.variables.delete(dropped)) kept.free.delete(dropped);
    const fewer = worldsOf(kept, variables, WORLDS);
    if (fewer !== undefined) return fewer;
  }
  return [EMPTY_WORLD];
}

function cases(id: VariableId, variables: ReadonlyMap<VariableId, Variable>): number {
  const variable = variables.get(id);
  return variable === undefined ? 0 : casesOf(variable).length;
}
