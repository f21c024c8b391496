import {
  collectFormula,
  collectOpen,
  type Formula,
  inWorld,
  type Openness,
  openness,
  type Resource,
  type Value,
  type ValueMap,
  type Verdict,
  type World,
} from '../model/index.js';
import { combine } from './combine.js';
import { namedConditions } from './named-conditions.js';
import type { RuleContext } from './rule.js';
import { worldsFor } from './worlds.js';

/** A resource as it is in one world: choices taken, known variables put in, absent properties gone. */
export interface ResourceInWorld
  extends Pick<Resource, 'id' | 'type' | 'address' | 'name' | 'properties' | 'defaulted' | 'attributes' | 'observed'> {
  readonly world: World;
  /** Another resource in the same world. */
  inWorld(other: Resource): ResourceInWorld;
}

/** What else decides besides the resource itself. */
export interface WorldOptions {
  /** Top-level properties that the judge looks at; absent: all. */
  readonly looksAt?: readonly string[];
  /** Other resources whose open parts and existence matter. */
  readonly also?: readonly Resource[];
}

/**
 * Runs a judge once in every world that the open parts of the resource allow and combines the verdicts: what differs only
 * by a condition or a parameter becomes `undecided` with the reason. What no world settles (an import, an attribute) the
 * judge still meets as an open value.
 */
export function eachWorld(
  resource: Resource,
  context: RuleContext,
  judge: (closed: ResourceInWorld) => readonly Verdict[],
  options: WorldOptions = {},
): readonly Verdict[] {
  const open = openness();
  const values: Value[] = looked(resource, options.looksAt);
  const formulas: Formula[] = resource.exists === undefined ? [] : [resource.exists];
  for (const other of options.also ?? []) {
    values.push(other.properties, other.attributes);
    if (other.exists !== undefined) formulas.push(other.exists);
  }
  for (const value of values) collectOpen(value, open);
  for (const formula of formulas) collectFormula(formula, open);
  return overWorlds(resource, context, open, values, formulas, (world) => judge(resourceInWorld(resource, world)));
}

/** The part that schemas and code share: worlds over `open`, a judge in each, one answer. */
export function overWorlds(
  resource: Resource,
  context: RuleContext,
  open: Openness,
  values: readonly Value[],
  formulas: readonly Formula[],
  judge: (world: World) => readonly Verdict[],
): readonly Verdict[] {
  const { variables } = context.scope;
  const worlds = worldsFor(open, resource.exists, variables);
  const answers = worlds.existing.map((world) => ({ world, verdicts: judge(world) }));
  return combine(answers, worlds, { variables, named: namedConditions(values, formulas), free: open.free });
}

function looked(resource: Resource, names: readonly string[] | undefined): Value[] {
  if (names === undefined) return [resource.properties, resource.attributes];
  return names.flatMap((name) => resource.properties[name] ?? []);
}

export function resourceInWorld(resource: Resource, world: World): ResourceInWorld {
  return {
    id: resource.id,
    type: resource.type,
    address: resource.address,
    name: resource.name,
    defaulted: resource.defaulted,
    properties: mapInWorld(resource.properties, world),
    attributes: mapInWorld(resource.attributes, world),
    observed: mapInWorld(resource.observed, world),
    world,
    inWorld: (other) => resourceInWorld(other, world),
  };
}

function mapInWorld(map: ValueMap, world: World): ValueMap {
  return inWorld(map, world) as ValueMap; // a map stays a map in every world
}
