import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ABSENT,
  Choice,
  type Formula,
  holds,
  inWorld,
  type Resource,
  type Scope,
  Unknown,
  type Value,
  type ValueMap,
  type Variable,
  type World,
} from '../../src/model/index.js';
import { declaredCheck } from '../../src/rules/declared-judge.js';
import type { RuleContext } from '../../src/rules/index.js';
import { builtinPatterns } from '../../src/rules/pattern.js';
import type { Schema } from '../../src/rules/schema.js';

const VARIABLES: readonly Variable[] = [
  { id: 'parameter Env', words: 'parameter Env', type: 'string', values: ['prod', 'dev', 'test'], compared: ['prod'] },
  { id: 'parameter On', words: 'parameter On', type: 'boolean', values: [true, false], compared: [], default: true },
  { id: 'parameter Key', words: 'parameter Key', type: 'string', compared: ['none'], default: 'alias/mine' },
];
/** Everything each variable may be; the open list of the third is sampled. */
const ADMITTED: Readonly<Record<string, readonly (string | boolean)[]>> = {
  'parameter Env': ['prod', 'dev', 'test'],
  'parameter On': [true, false],
  'parameter Key': ['alias/mine', 'none', 'alias/aws/s3', ''],
};

const formula: fc.Arbitrary<Formula> = fc.oneof(
  fc.constantFrom<Formula>(
    { op: 'is', variable: 'parameter Env', value: 'prod' },
    { op: 'is', variable: 'parameter Env', value: 'dev' },
    { op: 'is', variable: 'parameter On', value: true },
    { op: 'named', name: 'HasKey', of: { op: 'not', of: { op: 'is', variable: 'parameter Key', value: 'none' } } },
    {
      op: 'or',
      of: [
        { op: 'is', variable: 'parameter Env', value: 'prod' },
        { op: 'is', variable: 'parameter On', value: false },
      ],
    },
  ),
);
const leaf: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(true, false, 'alias/mine', 'alias/aws/s3', 'none', ABSENT),
  fc.constantFrom<Value>(
    new Unknown({ kind: 'parameter', words: 'parameter On' }, { type: 'boolean' }, 'parameter On'),
    new Unknown({ kind: 'parameter', words: 'parameter Key' }, { type: 'string' }, 'parameter Key'),
    new Unknown({ kind: 'parameter', words: 'parameter Env' }, { type: 'string', values: ['prod', 'dev', 'test'] }, 'parameter Env'),
  ),
);
const value: fc.Arbitrary<Value> = fc.oneof(
  leaf,
  fc.tuple(formula, leaf, leaf).map(([when, then, otherwise]) => new Choice(when, then, otherwise)),
);
const properties: fc.Arbitrary<ValueMap> = fc
  .record({ A: value, B: value, L: fc.array(value, { maxLength: 2 }) }, { requiredKeys: [] })
  .map((map) => Object.fromEntries(Object.entries(map).filter(([, item]) => item !== ABSENT)) as ValueMap);
const keywords = fc.constantFrom<Schema>(
  { const: true },
  { const: 'prod' },
  { pattern: '^alias/' },
  { type: 'string' },
  { not: { const: 'alias/aws/s3' } },
  { enum: [true, 'alias/mine', 'prod', 'dev', 'test'] },
);
const schema: fc.Arbitrary<Schema> = fc.oneof(
  keywords.map((inner): Schema => ({ properties: { A: inner }, required: ['A'] })),
  keywords.map((inner): Schema => ({ properties: { B: inner } })),
  keywords.map((inner): Schema => ({ properties: { L: { items: inner } } })),
  keywords.map((inner): Schema => ({ properties: { L: { contains: inner } }, required: ['L'] })),
  fc.tuple(keywords, keywords).map(
    ([a, b]): Schema => ({
      anyOf: [
        { properties: { A: a }, required: ['A'] },
        { properties: { B: b }, required: ['B'] },
      ],
    }),
  ),
);

function verdicts(when: Schema, must: Schema, map: ValueMap, exists: Formula | undefined): readonly string[] {
  const origin = { kind: 'file', file: 'a.yaml', range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } } } as const;
  const resource: Resource = {
    id: 'a.yaml#R',
    type: 'AWS::EFS::FileSystem',
    address: 'R',
    name: 'R',
    properties: map,
    defaulted: new Map(),
    attributes: {},
    observed: {},
    open: true,
    origin,
    place: () => ({ origin, exact: true }),
    ...(exists === undefined ? {} : { exists }),
  };
  const scope: Scope = {
    id: 'a.yaml',
    source: 'cloudformation',
    resources: [resource],
    variables: new Map(VARIABLES.map((variable) => [variable.id, variable])),
    exports: [],
    imports: [],
    foreign: new Map(),
    gaps: [],
    sources: [],
    included: [],
  };
  const context: RuleContext = { scope, asOf: '2026-01-31', resource: () => undefined, ofType: () => [], referrers: () => [], options: {} };
  return declaredCheck({ on: 'properties', when, must, secret: false, patterns: builtinPatterns }, () => undefined)(resource, context).map(
    ({ kind }) => kind,
  );
}

function everyWorld(): readonly World[] {
  return VARIABLES.reduce<World[]>(
    (worlds, { id }) =>
      worlds.flatMap((world) => (ADMITTED[id] ?? []).map((assigned) => ({ ...world, values: new Map(world.values).set(id, assigned) }))),
    [{ values: new Map(), free: new Map() }],
  );
}

test('what is decided over all worlds is what each single world says', () => {
  const count = { pass: 0, fail: 0, undecided: 0 };
  fc.assert(
    fc.property(schema, schema, fc.boolean(), properties, fc.option(formula, { nil: undefined }), (when, must, always, map, exists) => {
      const rule = always ? true : when;
      const combined = verdicts(rule, must, map, exists);
      const existing = everyWorld().filter((world) => exists === undefined || holds(exists, world) === true);
      const single = existing.map((world) => ({ world, kinds: verdicts(rule, must, inWorld(map, world) as ValueMap, undefined) }));
      if (combined.every((kind) => kind === 'pass' || kind === 'not-applicable')) {
        count.pass++;
        for (const { kinds } of single) expect(kinds).not.toContain('fail');
      }
      if (combined.includes('fail')) {
        count.fail++;
        const usual = single.filter(
          ({ world }) => world.values.get('parameter On') === true && world.values.get('parameter Key') === 'alias/mine',
        );
        for (const { kinds } of usual.length > 0 ? usual : single) expect(kinds).toContain('fail');
      }
      if (combined.includes('undecided')) count.undecided++;
    }),
    { numRuns: 3000, seed: 11 },
  );
  expect(Math.min(...Object.values(count))).toBeGreaterThan(100);
});
