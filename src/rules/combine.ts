import { type Cause, formatPath, NOT_APPLICABLE, OTHER, PASS, type Verdict, type World } from '../model/index.js';
import { mergeCauses } from './outcome.js';
import { caseWords, sameCase, separation, type Vocabulary, variablesOf } from './separation.js';
import type { Worlds } from './worlds.js';

/** What a judge said in one world. */
export interface WorldVerdicts {
  readonly world: World;
  readonly verdicts: readonly Verdict[];
}

type Placed = Extract<Verdict, { kind: 'fail' | 'undecided' }>;
type Kind = Verdict['kind'];

/**
 * One answer from the answers in every world. The worlds with all defaults in place give it: all fail is `fail`, none is
 * `pass`, a mix is `undecided` with the condition. A `pass` that another admitted value would end is `undecided`, too.
 */
export function combine(answers: readonly WorldVerdicts[], worlds: Worlds, vocabulary: Vocabulary): readonly Verdict[] {
  const expected = answers.filter(({ world }) => worlds.expected.includes(world));
  const [only] = expected;
  if (only === undefined) return [NOT_APPLICABLE];
  if (answers.length === 1 && worlds.missing.length === 0) return placedIn(only, undefined);
  const kinds = new Set(expected.map(({ verdicts }) => kindOf(verdicts)));
  if (kinds.has('fail') || kinds.has('undecided')) return mixed(expected, worlds, vocabulary);
  const turned = answers.filter(
    ({ world, verdicts }) => !worlds.expected.includes(world) && ['fail', 'undecided'].includes(kindOf(verdicts)),
  );
  if (turned.length > 0) return byDefaultOnly(turned, expected, vocabulary);
  return [kinds.has('pass') ? PASS : NOT_APPLICABLE];
}

/** Worst first: one failing place makes the resource fail. */
function kindOf(verdicts: readonly Verdict[]): Kind {
  for (const kind of ['fail', 'undecided', 'pass'] as const) if (verdicts.some((verdict) => verdict.kind === kind)) return kind;
  return 'not-applicable';
}

function isPlaced(verdict: Verdict): verdict is Placed {
  return verdict.kind === 'fail' || verdict.kind === 'undecided';
}

function placedIn({ world, verdicts }: WorldVerdicts, condition: string | undefined): readonly Verdict[] {
  return verdicts.map((verdict) => (isPlaced(verdict) ? inThatWorld(verdict, world, condition) : verdict));
}

function inThatWorld<V extends Placed>(verdict: V, world: World, condition: string | undefined): V {
  const spot = verdict.spot.world !== undefined || isEmpty(world) ? verdict.spot : { ...verdict.spot, world };
  return { ...verdict, spot, ...(condition === undefined ? {} : { condition }) };
}

function isEmpty(world: World): boolean {
  return world.values.size === 0 && world.free.size === 0;
}

/** Some of the expected worlds fail or are open: place by place. */
function mixed(expected: readonly WorldVerdicts[], worlds: Worlds, vocabulary: Vocabulary): readonly Verdict[] {
  const all = expected.map(({ world }) => world);
  const existence = separation(all, worlds.missing, vocabulary);
  const everyFails = expected.every(({ verdicts }) => kindOf(verdicts) === 'fail');
  const places = placesOf(expected);
  const failsEverywhere = places.filter(({ failing }) => failing.length === expected.length);
  return places.flatMap((place): readonly Verdict[] => {
    const { failing, sample } = place;
    if (failing.length === expected.length) return [inThatWorld(sample, place.world, existence)];
    if (everyFails && failsEverywhere.length === 0 && failing.length > 0) {
      return [inThatWorld(sample, place.world, separation(failing, [...without(all, failing), ...worlds.missing], vocabulary))];
    }
    return [openPlace(place, all, worlds, vocabulary)];
  });
}

interface Place {
  readonly failing: readonly World[];
  readonly open: readonly World[];
  readonly sample: Placed;
  readonly world: World;
  readonly because: readonly Cause[];
}

/** The places that fail or are open in some world; a failing one gives its words where there is one. */
function placesOf(answers: readonly WorldVerdicts[]): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { world, verdicts } of answers) {
    for (const verdict of verdicts.filter(isPlaced)) {
      const key = `${verdict.spot.section ?? 'properties'} ${formatPath(verdict.spot.path)}`;
      const known = places.get(key);
      const fails = verdict.kind === 'fail';
      const better = known === undefined || (fails && known.sample.kind === 'undecided');
      if (known?.failing.includes(world) && fails) continue;
      places.set(key, {
        failing: fails ? [...(known?.failing ?? []), world] : (known?.failing ?? []),
        open: fails ? (known?.open ?? []) : [...(known?.open ?? []), world],
        sample: better ? verdict : known.sample,
        world: better ? world : known.world,
        because: mergeCauses(known?.because ?? [], verdict.kind === 'undecided' ? verdict.because : []),
      });
    }
  }
  return [...places.values()];
}

function openPlace(place: Place, all: readonly World[], worlds: Worlds, vocabulary: Vocabulary): Verdict {
  const { failing, sample, world, because } = place;
  const condition = separation(failing, [...without(all, failing), ...worlds.missing], vocabulary);
  const deciding = failing.length === 0 ? [] : decidingCauses(failing, without(all, failing), vocabulary);
  return inThatWorld(undecided(sample, mergeCauses(because, notSaidBy(because, deciding))), world, condition);
}

function undecided(sample: Placed, because: readonly Cause[]): Extract<Verdict, { kind: 'undecided' }> {
  const { spot, words, secret } = sample;
  return { kind: 'undecided', spot, because, ...(words === undefined ? {} : { words }), ...(secret === undefined ? {} : { secret }) };
}

/** The variables and tests on which it hangs whether a place fails. */
function decidingCauses(failing: readonly World[], others: readonly World[], vocabulary: Vocabulary): readonly Cause[] {
  const causes: Cause[] = [];
  for (const id of variablesOf(failing)) {
    const variable = vocabulary.variables.get(id);
    if (
      variable === undefined ||
      !failing.some((a) => others.some((b) => !sameCase(a.values.get(id), b.values.get(id)) && sameBut(a, b, id)))
    )
      continue;
    causes.push({ words: variable.words, kind: 'condition', ...(variable.settle === undefined ? {} : { settle: variable.settle }) });
  }
  for (const [id, words] of vocabulary.free) {
    if (failing.some((a) => others.some((b) => a.free.get(id) !== b.free.get(id) && sameBut(a, b, id))))
      causes.push({ words: `whether ${words}`, kind: 'condition' });
  }
  if (causes.length > 0) return causes;
  return [{ words: separation(failing, others, vocabulary) ?? 'a condition that is not known', kind: 'condition' }];
}

function sameBut(a: World, b: World, except: string): boolean {
  for (const [id, assigned] of a.values) if (id !== except && !sameCase(assigned, b.values.get(id))) return false;
  for (const [id, truth] of a.free) if (id !== except && truth !== b.free.get(id)) return false;
  return true;
}

/** Passes as the defaults are, and would not with another admitted value: say which. */
function byDefaultOnly(turned: readonly WorldVerdicts[], expected: readonly WorldVerdicts[], vocabulary: Vocabulary): readonly Verdict[] {
  return placesOf(turned).map(({ sample, world, because, failing }) => {
    const nearest = failing[0] ?? world;
    const changes = changesTo(nearest, expected, vocabulary);
    return inThatWorld(undecided(sample, mergeCauses(changes, notSaidBy(changes, because))), nearest, undefined);
  });
}

/** "parameter Encrypted could be false", for each variable off its default in the world. */
function changesTo(world: World, expected: readonly WorldVerdicts[], vocabulary: Vocabulary): readonly Cause[] {
  const causes: Cause[] = [];
  for (const [id, assigned] of world.values) {
    const variable = vocabulary.variables.get(id);
    if (variable === undefined || expected.some((usual) => sameCase(usual.world.values.get(id), assigned))) continue;
    const words = assigned === OTHER ? 'another value than its default' : caseWords(variable, assigned);
    causes.push({
      words: `${variable.words} could be ${words}`,
      kind: 'default',
      ...(variable.settle === undefined ? {} : { settle: variable.settle }),
    });
  }
  return causes;
}

/** Causes of which the others do not speak already: "parameter Key" after "parameter Key, which has no default". */
function notSaidBy(said: readonly Cause[], causes: readonly Cause[]): readonly Cause[] {
  const subject = ({ words }: Cause): string => /^[^,]*?(?=,| could be |$)/.exec(words)?.[0] ?? words;
  const subjects = new Set(said.map(subject));
  return causes.filter((cause) => !subjects.has(subject(cause)));
}

function without(all: readonly World[], some: readonly World[]): readonly World[] {
  return all.filter((world) => !some.includes(world));
}
