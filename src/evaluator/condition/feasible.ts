import { type Bdd, FALSE, type Node, TRUE } from '../bdd.js';
import { classesOf, type TextClass } from '../text/classes.js';
import { type Glob, glob } from '../text/glob.js';
import { compare, type Elementary } from './elementary.js';
import { keyKind } from './keys.js';
import type { Variables } from './open-context.js';

/** One way a key's value can be, over the tests asked about: an example, and which tests it fits. */
export interface KeyCase {
  readonly example: string;
  readonly fits: ReadonlySet<string>;
}

export interface Feasible {
  /** What every real request satisfies, over the variables of the formula asked about. */
  readonly node: Node;
  /** False where the cases of some key are representative points only: then a "never" is no proof. */
  readonly complete: boolean;
}

/** Keys that every request of the question has, with what their values look like. */
export type Shapes = ReadonlyMap<string, Glob>;
const NO_SHAPES: Shapes = new Map();

/**
 * The combinations of tests that some real request shows, over the support of the formulas asked about, so that a key with
 * 400 literals costs nothing until its literals meet.
 */
export function feasible(variables: Variables, formulas: readonly Node[], shapes: Shapes = NO_SHAPES): Feasible {
  const { bdd } = variables;
  const byKey = new Map<string, Elementary[]>();
  const presence = new Map<string, number>();
  const classes: ContextClass[] = [];
  for (const variable of new Set(formulas.flatMap((formula) => bdd.support(formula)))) {
    const meaning = variables.meaning(variable);
    if (meaning.kind === 'test') byKey.set(meaning.key, [...(byKey.get(meaning.key) ?? []), meaning.test]);
    else if (meaning.kind === 'present') presence.set(meaning.key, variable);
    else if (meaning.kind === 'class' && meaning.key === 'kms:encryptioncontextkeys') classes.push({ variable, ...meaning });
  }
  let node: Node = TRUE;
  let complete = true;
  for (const [key, tests] of byKey) {
    const { cases, exact } = casesOf(key, tests, shapes.get(key));
    if (!exact) complete = false;
    const row = (present: boolean, fits: ReadonlySet<string>): Node => {
      let conjunction: Node = present ? variables.present(key) : bdd.not(variables.present(key));
      for (const test of tests) {
        const literal = variables.test(key, test);
        conjunction = bdd.and(conjunction, fits.has(test.id) ? literal : bdd.not(literal));
      }
      return conjunction;
    };
    let possible = cases.reduce((any, { fits }) => bdd.or(any, row(true, fits)), FALSE);
    if (!keyKind(key).always && !shapes.has(key)) possible = bdd.or(possible, row(false, new Set()));
    node = bdd.and(node, possible);
  }
  for (const key of presence.keys()) if (shapes.has(key)) node = bdd.and(node, variables.present(key));
  const axioms = bdd.and(
    worldAxioms(variables, [...byKey.keys(), ...presence.keys()]),
    contextAxioms(variables, [...byKey.keys(), ...presence.keys()], classes),
  );
  return { node: bdd.and(node, axioms), complete };
}

/** The cases of one key over some tests on it. */
export function casesOf(
  key: string,
  tests: readonly Elementary[],
  shape = shapeOf(key),
): { readonly cases: readonly KeyCase[]; readonly exact: boolean } {
  const kind = keyKind(key);
  if (kind.type === 'bool') return { cases: points(['true', 'false'], tests), exact: true };
  const families = new Set(tests.map((test) => test.family));
  if (families.size > 1) {
    // Texts beside numbers or addresses: every constant, a neighbour of each, and something else.
    return { cases: points([...tests.flatMap(samplesOf), 'x'], tests), exact: false };
  }
  switch (tests[0]?.family) {
    case 'text': {
      const globs = tests.flatMap((test) => (test.glob === undefined ? [] : [test.glob]));
      const cases = classesOf(globs, shape).map(({ example, matched }) => ({
        example,
        fits: new Set(tests.filter((_, i) => matched.has(i)).map((test) => test.id)),
      }));
      return { cases, exact: true };
    }
    case 'numeric':
    case 'date':
      return {
        cases: distinct([...ordered(tests), ...(kind.type === 'string' ? [{ example: 'x', fits: new Set<string>() }] : [])]),
        exact: true,
      };
    case 'ip':
      return { cases: distinct(addresses(tests)), exact: true };
    default:
      return { cases: [{ example: 'x', fits: new Set() }], exact: true };
  }
}

/** What a value of the key looks like, where its kind says. */
function shapeOf(key: string): Glob | undefined {
  return keyKind(key).type === 'arn' ? ARN : undefined;
}

const ARN = glob('arn:?*:?*:*:*:?*', 'arn');

function points(values: readonly string[], tests: readonly Elementary[]): readonly KeyCase[] {
  return distinct(values.map((example) => ({ example, fits: new Set(tests.filter((test) => test.test(example)).map((test) => test.id)) })));
}

function samplesOf(test: Elementary): string[] {
  if (test.glob !== undefined) return classesOf([test.glob]).map(({ example }) => example);
  return test.block === undefined ? ordered([test]).map(({ example }) => example) : addresses([test]).map(({ example }) => example);
}

/** One point for each constant and each gap between constants. */
function ordered(tests: readonly Elementary[]): KeyCase[] {
  const constants = [...new Set(tests.flatMap((test) => (test.constant === undefined ? [] : [test.constant])))].sort((a, b) => a - b);
  const values: number[] = [];
  constants.forEach((constant, index) => {
    const before = constants[index - 1];
    values.push(before === undefined ? constant - 1000 : (before + constant) / 2, constant);
  });
  const last = constants.at(-1);
  if (last !== undefined) values.push(last + 1000);
  const date = tests[0]?.family === 'date';
  return values.map((value) => ({
    example: date ? new Date(value).toISOString() : String(value),
    fits: new Set(
      tests
        .filter((test) => test.relation !== undefined && test.constant !== undefined && compare(value, test.relation, test.constant))
        .map((t) => t.id),
    ),
  }));
}

/** The first address of each stretch that the blocks cut, by family of address. */
function addresses(tests: readonly Elementary[]): KeyCase[] {
  return ([32, 128] as const).flatMap((bits) => {
    const blocks = tests.flatMap((test) => (test.block?.bits === bits ? [test.block] : []));
    const starts = new Set<bigint>([0n]);
    for (const block of blocks) {
      starts.add(block.first);
      if (block.last + 1n < 1n << BigInt(bits)) starts.add(block.last + 1n);
    }
    return [...starts]
      .sort((a, b) => (a < b ? -1 : 1))
      .map((start) => {
        const example = shown(start, bits);
        return { example, fits: new Set(tests.filter((test) => test.test(example)).map((test) => test.id)) };
      });
  });
}

function shown(address: bigint, bits: 32 | 128): string {
  const width = bits === 32 ? 8n : 16n;
  const parts = Array.from(
    { length: bits === 32 ? 4 : 8 },
    (_, index) => (address >> (width * BigInt((bits === 32 ? 3 : 7) - index))) & ((1n << width) - 1n),
  );
  return bits === 32 ? parts.join('.') : parts.map((part) => part.toString(16)).join(':');
}

function distinct(cases: readonly KeyCase[]): readonly KeyCase[] {
  const seen = new Map<string, KeyCase>();
  for (const item of cases) {
    const id = [...item.fits].sort().join('\n');
    if (!seen.has(id)) seen.set(id, item);
  }
  return [...seen.values()];
}

/** What the presence of one key says of another, each from its AWS page. Only documented facts: a wrong one could hide access. */
const IMPLICATIONS: readonly { readonly when: string; readonly other: string; readonly present: boolean }[] = [
  // Present only when MFA was used to sign in [IAM guide: aws:MultiFactorAuthAge].
  { when: 'aws:multifactorauthage', other: 'aws:multifactorauthpresent', present: true },
  // Absent when the request comes through a VPC endpoint [IAM guide: aws:SourceIp].
  { when: 'aws:sourcevpce', other: 'aws:sourceip', present: false },
  { when: 'aws:sourcevpc', other: 'aws:sourceip', present: false },
];

function worldAxioms(variables: Variables, keys: readonly string[]): Node {
  const { bdd } = variables;
  const asked = new Set(keys);
  let node: Node = TRUE;
  for (const { when, other, present } of IMPLICATIONS) {
    if (!asked.has(when) || !asked.has(other)) continue;
    const consequence = present ? variables.present(other) : bdd.not(variables.present(other));
    node = bdd.and(node, implies(bdd, variables.present(when), consequence));
  }
  return node;
}

interface ContextClass {
  readonly variable: number;
  readonly textClass: TextClass;
  readonly tests: readonly Elementary[];
}

/** A pair of the encryption context is in the request just where its name is among the names [KMS guide: kms:EncryptionContextKeys]. */
function contextAxioms(variables: Variables, keys: readonly string[], classes: readonly ContextClass[]): Node {
  const { bdd } = variables;
  let node: Node = TRUE;
  if (classes.length === 0) return node;
  const all = variables.classes('kms:encryptioncontextkeys');
  const globs = classes[0]?.tests.flatMap((test) => (test.glob === undefined ? [] : [test.glob])) ?? [];
  for (const key of new Set(keys)) {
    if (!key.startsWith('kms:encryptioncontext:')) continue;
    const name = key.slice('kms:encryptioncontext:'.length);
    // Names of any letter case: condition keys are compared without it.
    const folded = glob([{ text: name, literal: true }], 'folded');
    const possible = new Set(classesOf(globs, folded).map(({ matched }) => [...matched].join()));
    const among = all.filter(({ textClass }) => possible.has([...textClass.matched].join()));
    const some = among.reduce((any, item) => bdd.or(any, bdd.variable(item.node)), FALSE);
    node = bdd.and(node, implies(bdd, variables.present(key), some));
    for (const { node: variable, textClass } of all) {
      const exact = globs.some(
        ({ literal, kind }, index) => kind === 'text' && literal?.toLowerCase() === name && textClass.matched.has(index),
      );
      if (exact) node = bdd.and(node, implies(bdd, bdd.variable(variable), variables.present(key)));
    }
  }
  return node;
}

function implies(bdd: Bdd, premise: Node, consequence: Node): Node {
  return bdd.or(bdd.not(premise), consequence);
}
