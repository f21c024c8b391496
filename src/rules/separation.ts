import {
  type Assigned,
  type Formula,
  holds,
  OTHER,
  type Scalar,
  sameValue,
  type Variable,
  type VariableId,
  type World,
} from '../model/index.js';
import { scalarWords } from './condition-words.js';

/** What words about worlds can be made of. */
export interface Vocabulary {
  readonly variables: ReadonlyMap<VariableId, Variable>;
  /** Named conditions of the source that the judged values depend on. */
  readonly named: readonly (Formula & { readonly op: 'named' })[];
  readonly free: ReadonlyMap<string, string>;
}

interface Atom {
  readonly words: string;
  truth(world: World): boolean;
}

/**
 * What tells the first worlds from the others: "when condition IsProd is true". Where no short condition does, an example.
 * Undefined where there is nothing to tell apart.
 */
export function separation(chosen: readonly World[], others: readonly World[], vocabulary: Vocabulary): string | undefined {
  const [first] = chosen;
  if (first === undefined || others.length === 0) return undefined;
  const atoms = [...namedAtoms(vocabulary), ...variableAtoms([...chosen, ...others], vocabulary), ...freeAtoms(vocabulary)];
  const covering = atoms.filter((atom) => chosen.every((world) => atom.truth(world)));
  const exact = covering.find((atom) => !others.some((world) => atom.truth(world)));
  if (exact !== undefined) return `when ${exact.words}`;
  for (const [index, left] of covering.entries()) {
    for (const right of covering.slice(index + 1)) {
      if (!others.some((world) => left.truth(world) && right.truth(world))) return `when ${left.words} and ${right.words}`;
    }
  }
  const among = valuesAmong(chosen, others, vocabulary);
  if (among !== undefined) return `when ${among}`;
  const example = atoms.filter((atom) => atom.truth(first)).slice(0, 3);
  return example.length === 0 ? undefined : `for example when ${example.map(({ words }) => words).join(' and ')}`;
}

function namedAtoms({ named }: Vocabulary): readonly Atom[] {
  return named.flatMap((formula) =>
    [true, false].map((wanted) => ({
      words: `condition ${formula.name} is ${wanted}`,
      truth: (world: World) => holds(formula, world) === wanted,
    })),
  );
}

function freeAtoms({ free }: Vocabulary): readonly Atom[] {
  return [...free].flatMap(([id, words]) =>
    [true, false].map((wanted) => ({
      words: wanted ? words : `not (${words})`,
      truth: (world: World) => world.free.get(id) === wanted,
    })),
  );
}

function variableAtoms(worlds: readonly World[], { variables }: Vocabulary): readonly Atom[] {
  return variablesOf(worlds).flatMap((id) => {
    const variable = variables.get(id);
    if (variable === undefined) return [];
    return casesIn(id, worlds).flatMap((assigned) => {
      const truth = (world: World): boolean => sameCase(world.values.get(id), assigned);
      return [
        { words: assignmentWords(variable, assigned), truth },
        { words: assignmentWords(variable, assigned, 'not'), truth: (world: World) => !truth(world) },
      ];
    });
  });
}

/** One variable that is one of several values in all the chosen worlds and in none of the others. */
function valuesAmong(chosen: readonly World[], others: readonly World[], { variables }: Vocabulary): string | undefined {
  for (const id of variablesOf(chosen)) {
    const variable = variables.get(id);
    const wanted = casesIn(id, chosen);
    if (variable === undefined || wanted.some((assigned) => casesIn(id, others).some((other) => sameCase(assigned, other)))) continue;
    const words = wanted.map((assigned) => caseWords(variable, assigned));
    return `${variable.words} is ${words.join(' or ')}`;
  }
  return undefined;
}

export function variablesOf(worlds: readonly World[]): readonly VariableId[] {
  return [...new Set(worlds.flatMap((world) => [...world.values.keys()]))].sort();
}

function casesIn(id: VariableId, worlds: readonly World[]): readonly Assigned[] {
  const cases: Assigned[] = [];
  for (const world of worlds) {
    const assigned = world.values.get(id);
    if (assigned !== undefined && !cases.some((known) => sameCase(known, assigned))) cases.push(assigned);
  }
  return cases;
}

export function sameCase(a: Assigned | undefined, b: Assigned | undefined): boolean {
  if (a === undefined || b === undefined || a === OTHER || b === OTHER) return a === b;
  return sameValue(a, b);
}

function assignmentWords(variable: Variable, assigned: Assigned, negated: 'not' | '' = ''): string {
  return `${variable.words} is ${negated === '' ? '' : 'not '}${caseWords(variable, assigned)}`;
}

/** A value is shown only where the source lists it; what is just a default may be a secret. */
export function caseWords(variable: Variable, assigned: Assigned): string {
  if (assigned === OTHER) return variable.compared.length > 0 ? 'anything else' : 'another value than its default';
  const listed = [...(variable.values ?? []), ...variable.compared].some((value) => sameValue(value, assigned));
  if (variable.masked !== true && (listed || typeof assigned === 'boolean') && (typeof assigned !== 'object' || assigned === null)) {
    return scalarWords(assigned as Scalar); // not an object, so a scalar
  }
  return variable.default !== undefined && sameValue(variable.default, assigned) ? 'its default' : 'one of its values';
}
