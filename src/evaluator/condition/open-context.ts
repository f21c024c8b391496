import type { Cause } from '../../model/index.js';
import { type Bdd, FALSE, type Node, TRUE } from '../bdd.js';
import { classesOf, type TextClass } from '../text/classes.js';
import { fits, symbolCause } from '../text/symbol.js';
import { type ContextTruth, type KnownKeys, UNSURE, type ValueSet } from './context-truth.js';
import type { Elementary } from './elementary.js';
import { canonicalKey, keyKind } from './keys.js';

/** What a variable of the diagrams stands for. */
export type Meaning =
  | { readonly kind: 'present'; readonly key: string }
  | { readonly kind: 'test'; readonly key: string; readonly test: Elementary }
  /** Some value of a multivalued key is of this class. */
  | { readonly kind: 'class'; readonly key: string; readonly textClass: TextClass; readonly tests: readonly Elementary[] }
  | { readonly kind: 'free'; readonly id: string; readonly cause: Cause };

/** Variables of one key stand together in the order, its presence first. */
const KEY_WIDTH = 1 << 14;
const FREE_FROM = 1 << 29;

interface KeyEntry {
  readonly presence: number;
  readonly tests: Map<string, number>;
  classes?: readonly { readonly node: number; readonly textClass: TextClass }[];
  /** The last variable given out. */
  last: number;
}

/** The variables that questions over one manager share: equal tests are equal variables. */
export class Variables {
  private readonly keys = new Map<string, KeyEntry>();
  private stretches = 0;
  private readonly freeOnes = new Map<string, number>();
  private readonly meanings = new Map<number, Meaning>();

  /** `tests` gives every test the policies make on a multivalued key, so that its classes can be cut once. */
  constructor(
    readonly bdd: Bdd,
    private readonly testsOf: (key: string) => readonly Elementary[],
  ) {}

  meaning(variable: number): Meaning {
    const meaning = this.meanings.get(variable);
    if (meaning === undefined) throw new Error(`Variable ${variable} has no meaning.`);
    return meaning;
  }

  private key(key: string): KeyEntry {
    const known = this.keys.get(key);
    if (known !== undefined) return known;
    const presence = this.stretches++ * KEY_WIDTH;
    const entry: KeyEntry = { presence, tests: new Map(), last: presence };
    this.keys.set(key, entry);
    this.meanings.set(presence, { kind: 'present', key });
    return entry;
  }

  /** The next variable of a key; one with more tests than a stretch holds goes on in a stretch of its own. */
  private next(entry: KeyEntry): number {
    entry.last += 1;
    if (entry.last % KEY_WIDTH === 0) entry.last = this.stretches++ * KEY_WIDTH;
    return entry.last;
  }

  present(key: string): Node {
    if (keyKind(key).multivalued) return this.classes(key).reduce((any, { node }) => this.bdd.or(any, this.bdd.variable(node)), FALSE);
    return this.bdd.variable(this.key(key).presence);
  }

  /** The value is there and fits. Feasibility ties it to presence. */
  test(key: string, test: Elementary): Node {
    const entry = this.key(key);
    let variable = entry.tests.get(test.id);
    if (variable === undefined) {
      variable = this.next(entry);
      entry.tests.set(test.id, variable);
      this.meanings.set(variable, { kind: 'test', key, test });
    }
    return this.bdd.variable(variable);
  }

  classes(key: string): readonly { node: number; textClass: TextClass }[] {
    const entry = this.key(key);
    if (entry.classes === undefined) {
      const tests = this.testsOf(key).filter((test) => test.glob !== undefined);
      const globs = tests.flatMap((test) => (test.glob === undefined ? [] : [test.glob]));
      entry.classes = classesOf(globs).map((textClass) => {
        const node = this.next(entry);
        this.meanings.set(node, { kind: 'class', key, textClass, tests });
        return { node, textClass };
      });
    }
    return entry.classes;
  }

  /** Positions of a class's tests in `testsOf(key)`, restricted to text tests. */
  indexesOf(key: string, tests: readonly Elementary[]): ReadonlySet<number> {
    const all = this.testsOf(key).filter((test) => test.glob !== undefined);
    return new Set(tests.map((test) => all.findIndex((known) => known.id === test.id)));
  }

  free(id: string, cause: Cause): Node {
    let variable = this.freeOnes.get(id);
    if (variable === undefined) {
      variable = FREE_FROM + this.freeOnes.size;
      this.freeOnes.set(id, variable);
      this.meanings.set(variable, { kind: 'free', id, cause });
    }
    return this.bdd.variable(variable);
  }
}

/** The context of a request of which a part, or nothing, is known: answers are functions of what is not. */
export function openContext(variables: Variables, known: KnownKeys): ContextTruth<Node> {
  const { bdd } = variables;
  const truth = (value: boolean): Node => (value ? TRUE : FALSE);
  /** Whether a value is one of the set's; where an account or Region that is not known yet decides, that is free. */
  const inside = (value: string, set: ValueSet): Node => {
    const any = set.tests.reduce((sum, test) => bdd.or(sum, testOf(value, test)), FALSE);
    return set.negated ? bdd.not(any) : any;
  };
  const testOf = (value: string, test: Elementary): Node => {
    if (test.test(value)) return TRUE;
    if (test.glob === undefined || fits(test.glob, value) !== 'maybe') return FALSE;
    return variables.free(`symbol:${test.glob.source}:${value}`, symbolCause(test.glob.source, value));
  };
  /** The classes of a multivalued key whose values are in the set. */
  const classesIn = (key: string, set: ValueSet): Node[] => {
    const indexes = variables.indexesOf(key, set.tests);
    if (indexes.has(-1)) {
      // Made while the request was read, from a policy variable: the key's classes were cut without it.
      const words = `which values of ${key} fit ${set.tests.map(({ shown }) => shown).join(' or ')}`;
      return [variables.free(`set:${key}:${set.negated}:${set.tests.map(({ id }) => id).join()}`, { words, kind: 'incomplete' })];
    }
    return variables
      .classes(key)
      .filter(({ textClass }) => [...indexes].some((index) => textClass.matched.has(index)) !== set.negated)
      .map(({ node }) => bdd.variable(node));
  };
  const fitting = (key: string, set: ValueSet): Node => {
    const any = set.tests.reduce((sum, test) => bdd.or(sum, variables.test(key, test)), FALSE);
    return set.negated ? bdd.and(variables.present(key), bdd.not(any)) : any;
  };
  return {
    present(written) {
      const key = canonicalKey(written);
      const values = known(key);
      if (values !== undefined) return truth(values.length > 0);
      return keyKind(key).always ? TRUE : variables.present(key);
    },
    some(written, set) {
      const key = canonicalKey(written);
      const values = known(key);
      if (values !== undefined) return values.reduce((any, value) => bdd.or(any, inside(value, set)), FALSE);
      if (keyKind(key).multivalued) return classesIn(key, set).reduce((any, node) => bdd.or(any, node), FALSE);
      return fitting(key, set);
    },
    every(written, set) {
      const key = canonicalKey(written);
      const values = known(key);
      if (values !== undefined) return values.reduce((all, value) => bdd.and(all, inside(value, set)), TRUE);
      const outside = { tests: set.tests, negated: !set.negated };
      if (keyKind(key).multivalued) return bdd.not(classesIn(key, outside).reduce((any, node) => bdd.or(any, node), FALSE));
      return bdd.not(fitting(key, outside));
    },
    multivalued: (written) => keyKind(canonicalKey(written)).multivalued,
    value(written) {
      const values = known(canonicalKey(written));
      if (values === undefined) return UNSURE;
      const [only, ...more] = values;
      return only === undefined || more.length > 0 ? 'absent' : only;
    },
    free: (id, cause) => variables.free(id, cause),
  };
}
