import { Ajv2019 } from 'ajv/dist/2019.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ABSENT, Choice, type Domain, DynamicReference, Reference, Text, Unknown, type Value } from '../../src/model/index.js';
import { type Judging, judge } from '../../src/rules/kleene.js';
import { HOLDS } from '../../src/rules/outcome.js';
import { builtinPatterns } from '../../src/rules/pattern.js';
import type { Schema } from '../../src/rules/schema.js';

const judging: Judging = { patterns: builtinPatterns, stated: () => true, own: { keyManager: () => HOLDS, notLiteralSecret: () => HOLDS } };
const ajv = new Ajv2019({ strict: false, addUsedSchema: false });
const NAMES = ['A', 'B', 'C'];
const TEXTS = ['', 'a', 'aws:kms', 'alias/aws/s3', 'alias/mine', 'TLSv1.2_2021', 'arn:aws:kms:eu-west-1:1:key/2'];
const PATTERNS = [
  '^alias/',
  '^alias/aws/',
  'kms',
  '^TLSv1\\.[23]',
  's3$',
  '^arn:.*key/',
  '^(a|b)',
  '^$',
  'a|b',
  '^aws:kms$',
  '[^/]$',
  '^a?lias',
  '/mine$',
];

type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };
const scalar = fc.oneof(fc.constantFrom(...TEXTS), fc.integer({ min: -1, max: 3 }), fc.boolean(), fc.constant(null));
const { value: plain } = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

const { schema } = fc.letrec<{ schema: Schema; leaf: Schema }>((tie) => ({
  leaf: fc.oneof(
    fc.boolean(),
    fc.record({ type: fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', 'array', 'object') }),
    fc.record({ const: plain }),
    fc.record({ enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }) }),
    fc.record({ pattern: fc.constantFrom(...PATTERNS) }),
    fc.record({ minimum: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ exclusiveMaximum: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ minLength: fc.integer({ min: 0, max: 5 }) }),
    fc.record({ maxLength: fc.integer({ min: 0, max: 12 }) }),
    fc.record({ minItems: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ maxItems: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ required: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 2 }) }),
  ),
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('leaf'),
    fc.record(
      {
        properties: fc.dictionary(fc.constantFrom(...NAMES), tie('schema'), { maxKeys: 2, noNullPrototype: true }),
        additionalProperties: tie('schema'),
      },
      { requiredKeys: ['properties'] },
    ),
    fc.record({ items: tie('schema') }),
    fc.record({ propertyNames: fc.constantFrom({ enum: ['A', 'B'] }, { pattern: '^A' }, true) }),
    fc.record(
      { contains: tie('schema'), minContains: fc.integer({ min: 0, max: 2 }), maxContains: fc.integer({ min: 1, max: 2 }) },
      { requiredKeys: ['contains'] },
    ),
    fc.record({ not: tie('schema') }),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    fc.record({ if: tie('schema'), then: tie('schema'), else: tie('schema') }, { requiredKeys: ['if'] }),
    fc.record({ allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
  ),
})) as { schema: fc.Arbitrary<Schema> };

function agreesWithAjv(rule: Schema, value: Plain): boolean {
  return ajv.compile(rule as object)(value) as boolean;
}

function typeOf(value: Plain): Domain {
  if (Array.isArray(value)) return { type: 'array', minItems: Math.max(0, value.length - 1) };
  if (value === null) return {};
  return { type: typeof value as 'string' | 'number' | 'boolean' | 'object' };
}

const reason = { kind: 'parameter', words: 'parameter P' } as const;
const GONE = Symbol('gone');

/** Ways to be open that admit the value; the coin decides which. */
function opened(value: Plain, other: Plain, coin: number): Value {
  const ways: (() => Value)[] = [
    () => new Unknown(reason),
    () => new Unknown(reason, typeOf(value)),
    () => new Unknown(reason, { values: [other, value] }),
    () => new Unknown(reason, { ...typeOf(value), mayBeAbsent: true }),
    () => new Choice({ op: 'free', id: 'f', words: 'f' }, value, other),
    () => new Choice({ op: 'free', id: 'f', words: 'f' }, ABSENT, value),
  ];
  if (typeof value === 'string') {
    const cut = coin % (value.length + 1);
    ways.push(
      () => new Unknown(reason, { type: 'string', prefix: value.slice(0, cut) }),
      () => new Unknown(reason, { type: 'string', prefix: value.slice(0, cut), suffix: value.slice(cut) }),
      () => new DynamicReference('ssm', 'k', '{{resolve:ssm:k}}'),
    );
    if (cut > 0) ways.push(() => new Text([value.slice(0, cut), new Unknown(reason)]));
    if (cut > 1) ways.push(() => new Text([new Unknown(reason), value.slice(1, cut), new Reference('x#y', 'Ref')].slice(0, 2)));
    if (value.startsWith('arn:')) ways.push(() => new Reference('t.yaml#Key', 'Arn'));
  } else if (JSON.stringify(other) !== JSON.stringify(value)) ways.push(() => new Unknown(reason, { ...typeOf(value), excludes: [other] }));
  return (ways[coin % ways.length] as () => Value)();
}

/** An open value and one closed value that it admits. Texts of two parts end with the rest of the value. */
function open(
  value: Plain,
  coins: readonly number[],
  others: readonly Plain[],
  at: { next: number },
  inside: boolean,
): { readonly open: Value; readonly closed: Plain | typeof GONE } {
  const coin = coins[at.next % coins.length] ?? 0;
  const other = others[at.next % others.length] ?? null;
  at.next++;
  if (coin % 3 === 0) {
    const made = opened(value, other, Math.floor(coin / 3));
    if (made instanceof Text && made.parts[0] instanceof Unknown) {
      // "?bc": admits the value only as far as its middle; close it with what is known.
      const middle = made.parts[1] as string;
      return { open: made, closed: `${String(value)[0]}${middle}` };
    }
    const mayGo = (made instanceof Unknown && made.domain.mayBeAbsent === true) || (made instanceof Choice && made.then === ABSENT);
    return { open: made, closed: inside && mayGo && coin % 2 === 0 ? GONE : value };
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => open(item, coins, others, at, true));
    return { open: items.map((item) => item.open), closed: items.flatMap((item) => (item.closed === GONE ? [] : [item.closed])) };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, item]) => [name, open(item, coins, others, at, true)] as const);
    return {
      open: Object.fromEntries(entries.map(([name, item]) => [name, item.open])),
      closed: Object.fromEntries(entries.flatMap(([name, item]) => (item.closed === GONE ? [] : [[name, item.closed]]))),
    };
  }
  return { open: value, closed: value };
}

describe('the interpreter', () => {
  test('agrees with ajv on every value that is wholly known', () => {
    fc.assert(
      fc.property(schema, plain, (rule, value) => {
        expect(judge(rule, value, [], judging).truth).toBe(agreesWithAjv(rule, value));
      }),
      { numRuns: 1500, seed: 7 },
    );
  });

  test('decides only what every admitted value confirms', () => {
    let decided = 0;
    fc.assert(
      fc.property(
        schema,
        plain,
        fc.array(fc.nat(200), { minLength: 1, maxLength: 6 }),
        fc.array(plain, { minLength: 1, maxLength: 3 }),
        (rule, value, coins, others) => {
          const made = open(value, coins, others, { next: 0 }, false);
          if (made.closed === GONE) return;
          const { truth } = judge(rule, made.open, [], judging);
          if (truth === undefined) return;
          decided++;
          expect(truth).toBe(agreesWithAjv(rule, made.closed));
        },
      ),
      { numRuns: 3000, seed: 7 },
    );
    expect(decided).toBeGreaterThan(500);
  });

  test('decides texts by what is known of them, and never by more', () => {
    const rule = fc.oneof(
      fc.record({ pattern: fc.constantFrom(...PATTERNS) }),
      fc.record({ const: fc.constantFrom(...TEXTS) }),
      fc.record({ enum: fc.uniqueArray(fc.constantFrom(...TEXTS), { minLength: 1, maxLength: 3 }) }),
      fc.record({ minLength: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ maxLength: fc.integer({ min: 0, max: 12 }) }),
    );
    let decided = 0;
    fc.assert(
      fc.property(rule, fc.constantFrom(...TEXTS), fc.constantFrom(...TEXTS), fc.nat(500), (leaf, value, other, coin) => {
        const made = open(value, [3 * coin], [other], { next: 0 }, false);
        if (made.closed === GONE) return;
        const { truth } = judge(leaf, made.open, [], judging);
        if (truth === undefined) return;
        decided++;
        expect(truth).toBe(agreesWithAjv(leaf, made.closed));
      }),
      { numRuns: 3000, seed: 7 },
    );
    expect(decided).toBeGreaterThan(800);
  });

  test('gives a place for every answer but yes', () => {
    fc.assert(
      fc.property(schema, plain, (rule, value) => {
        const outcome = judge(rule, value, [], judging);
        expect(outcome.truth === true || outcome.leaves.length > 0).toBe(true);
      }),
      { numRuns: 700, seed: 7 },
    );
  });
});
