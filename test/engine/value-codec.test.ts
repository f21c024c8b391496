import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeResource, encodeResource } from '../../src/engine/codec/resource-codec.js';
import { decodeValue, encodeFormula, encodeValue } from '../../src/engine/codec/value-codec.js';
import {
  ABSENT,
  Choice,
  DynamicReference,
  type Formula,
  Reference,
  type Resource,
  Text,
  Unknown,
  type Value,
} from '../../src/model/index.js';

/** Plain objects as the codec makes them. */
const PLAIN = { noNullPrototype: true };
const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
/** Keys that are words of the codec itself, and of JavaScript, are the ones that could go wrong. */
const key = fc.oneof(fc.constantFrom('$', 'entries', 'kind', 'reason', '__proto__', 'toString', ''), fc.string());
const formula: fc.Arbitrary<Formula> = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 3 },
    fc.record({ op: fc.constant('constant' as const), value: fc.boolean() }, PLAIN),
    fc.record({ op: fc.constant('is' as const), variable: fc.string(), value: scalar }, PLAIN),
    fc.record({ op: fc.constant('free' as const), id: fc.string(), words: fc.string() }, PLAIN),
    fc.record({ op: fc.constant('not' as const), of: tie('formula') }, PLAIN),
    fc.record({ op: fc.constant('named' as const), name: fc.string(), of: tie('formula') }, PLAIN),
    fc.record({ op: fc.constantFrom('and' as const, 'or' as const), of: fc.array(tie('formula'), { maxLength: 3 }) }, PLAIN),
  ),
})).formula;
const unknown = fc
  .record(
    {
      words: fc.string(),
      values: fc.option(fc.array(scalar, { maxLength: 3 }), { nil: undefined }),
      variable: fc.option(fc.string(), { nil: undefined }),
    },
    PLAIN,
  )
  .map(
    ({ words, values, variable }) =>
      new Unknown(
        { kind: 'parameter', words },
        { type: 'string', mayBeAbsent: true, ...(values === undefined ? {} : { values }) },
        variable,
      ),
  );
const part = fc.oneof(
  unknown,
  fc.tuple(fc.string(), fc.string()).map(([target, attribute]) => new Reference(target, attribute)),
  fc.string().map((name) => new DynamicReference('ssm', name, `{{resolve:ssm:${name}}}`)),
);
const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    part,
    fc.constant(ABSENT),
    fc.array(fc.oneof(fc.string({ minLength: 1 }), part), { minLength: 1, maxLength: 3 }).map((parts) => new Text(parts)),
    fc.tuple(formula, tie('value'), tie('value')).map(([when, then, otherwise]) => new Choice(when, then, otherwise)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 3 }).map((entries): Value => Object.fromEntries(entries)),
  ),
})).value;

const throughJson = (given: Value): Value => decodeValue(JSON.parse(JSON.stringify(encodeValue(given))));

describe('values between threads', () => {
  test('come back as they were, open ones of the same class', () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(throughJson(given)).toStrictEqual(normal(given));
      }),
    );
  });

  test('take new names for variables and free tests wherever those stand', () => {
    const when: Formula = {
      op: 'and',
      of: [
        { op: 'is', variable: 'parameter A', value: 1 },
        { op: 'free', id: 'x', words: 'x' },
      ],
    };
    const given = new Choice(when, new Unknown({ kind: 'parameter', words: 'A' }, {}, 'parameter A'), 'plain');
    const renamed = decodeValue(encodeValue(given, (id) => `other: ${id}`));
    expect(renamed).toStrictEqual(
      new Choice(
        {
          op: 'and',
          of: [
            { op: 'is', variable: 'other: parameter A', value: 1 },
            { op: 'free', id: 'other: x', words: 'x' },
          ],
        },
        new Unknown({ kind: 'parameter', words: 'A' }, {}, 'other: parameter A'),
        'plain',
      ),
    );
  });

  test('formulas are plain JSON as they are', () => {
    fc.assert(
      fc.property(formula, (given) => {
        expect(JSON.parse(JSON.stringify(encodeFormula(given)))).toEqual(JSON.parse(JSON.stringify(given)));
      }),
    );
  });

  test('what no codec of ours wrote is refused, not guessed at', () => {
    expect(() => decodeValue({ $: 'something' })).toThrow('Not an encoded value');
  });
});

test('a resource comes back with all it says of itself; its places become the resource, not exact', () => {
  const origin = { kind: 'file', file: 'a.yaml', range: { start: { line: 2, column: 3 }, end: { line: 9, column: 1 } } } as const;
  const resource: Resource = {
    id: 'a.yaml#Key',
    type: 'AWS::KMS::Key',
    address: 'Key',
    name: 'Key',
    properties: { EnableKeyRotation: new Unknown({ kind: 'parameter', words: 'parameter On' }, { type: 'boolean' }, 'parameter On') },
    defaulted: new Map([['KeySpec', 'the default']]),
    attributes: { DeletionPolicy: 'Retain' },
    observed: {},
    exists: { op: 'is', variable: 'parameter Env', value: 'prod' },
    open: true,
    origin,
    place: () => ({ origin, exact: true }),
  };
  const { place, ...facts } = decodeResource(JSON.parse(JSON.stringify(encodeResource(resource))));
  const { place: _, ...expected } = resource;
  expect(facts).toStrictEqual(expected);
  expect(place(['EnableKeyRotation'])).toEqual({ origin, exact: false });
});

/** `-0` has no form of its own in JSON. */
function normal(given: Value): Value {
  if (given === 0) return 0;
  if (Array.isArray(given)) return given.map(normal);
  return given;
}
