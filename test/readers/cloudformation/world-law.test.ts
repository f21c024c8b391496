import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inWorld, isClosed, type Value, type World } from '../../../src/model/index.js';
import { scopeOf } from './read.js';
import { shown } from './shown.js';

/** Pieces of template in their long forms, so that a tree of them is plain JSON. */
type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

const PARAMETERS = {
  Env: { Type: 'String', AllowedValues: ['dev', 'prod'] },
  Size: { Type: 'String', Default: 'small' },
  Flag: { Type: 'String', AllowedValues: ['true', 'false'], Default: 'true' },
  Days: { Type: 'Number', AllowedValues: [7, 30] },
};

const CONDITIONS: Json = {
  IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] },
  IsBig: { 'Fn::Equals': ['big', { Ref: 'Size' }] },
  Either: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsBig' }] },
  Neither: { 'Fn::Not': [{ Condition: 'Either' }] },
  Odd: {
    'Fn::And': [
      { Condition: 'IsProd' },
      { 'Fn::Equals': [{ 'Fn::Sub': '${Size}/${Flag}' }, 'big/true'] },
      { 'Fn::Equals': [{ Ref: 'Flag' }, 'true'] },
    ],
  },
};

const MAPPINGS: Json = { M: { dev: { a: 'x', b: [1, 2] }, prod: { a: 'y', b: [3] } }, Sizes: { small: { v: 's' }, big: { v: 'l' } } };

const condition = fc.constantFrom('IsProd', 'IsBig', 'Either', 'Neither');
const text = fc.constantFrom('a', 'b/c', '1', 'true', '');

const { value } = fc.letrec<{ value: Json; string: Json }>((tie) => ({
  string: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    fc.constantFrom('Env', 'Size', 'Flag', 'Days').map((name) => ({ Ref: name })),
    fc.constant({ 'Fn::GetAtt': ['Other', 'Arn'] }),
    fc.tuple(condition, tie('string'), tie('string')).map((parts) => ({ 'Fn::If': parts })),
    fc.tuple(fc.constantFrom('-', '', '/'), fc.array(tie('string'), { maxLength: 3 })).map((parts) => ({ 'Fn::Join': parts })),
    fc.tuple(tie('string'), tie('string')).map(([A, B]) => ({ 'Fn::Sub': ['${A}:${B}:${Env}', { A, B }] })),
    fc.constant({ 'Fn::FindInMap': ['M', { Ref: 'Env' }, 'a'] }),
    fc.constant({ 'Fn::FindInMap': ['Sizes', { Ref: 'Size' }, 'v'] }),
    fc.constantFrom(0, 1).map((index) => ({ 'Fn::Select': [index, { 'Fn::Split': ['e', { 'Fn::Join': ['', [{ Ref: 'Env' }, 'e']] }] }] })),
  ),
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('string'),
    fc.constant({ Ref: 'AWS::NoValue' }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('p', 'q', 'r'), tie('value'), { maxKeys: 3 }),
    fc.tuple(condition, tie('value'), tie('value')).map((parts) => ({ 'Fn::If': parts })),
    fc.tuple(fc.constantFrom(0, 1), fc.array(tie('value'), { minLength: 2, maxLength: 3 })).map((parts) => ({ 'Fn::Select': parts })),
    fc.constant({ 'Fn::FindInMap': ['M', { Ref: 'Env' }, 'b'] }),
  ),
}));

const given = fc.record({
  Env: fc.constantFrom('dev', 'prod'),
  Size: fc.constantFrom('small', 'big'),
  Flag: fc.constantFrom('true', 'false'),
  Days: fc.constantFrom('7', '30'),
});

function template(V: Json, keyProperties: Json = {}): string {
  return JSON.stringify({
    Parameters: PARAMETERS,
    Mappings: MAPPINGS,
    Conditions: CONDITIONS,
    Resources: {
      Other: { Type: 'Custom::Other' },
      R: { Type: 'Custom::R', Properties: { V } },
      Key: { Type: 'AWS::KMS::Key', Properties: keyProperties },
    },
  });
}

function worldOf(values: Readonly<Record<string, string>>): World {
  return { values: new Map(Object.entries(values).map(([name, one]) => [`parameter ${name}`, one])), free: new Map() };
}

function propertiesOf(source: string, address: string, parameters: ReadonlyMap<string, string> = new Map()): Value {
  return scopeOf({ 't.json': source }, { parameters }).resource(address).properties;
}

describe('reading with all parameters given is reading without them, then settling them', () => {
  it('for any tree of functions', () => {
    fc.assert(
      fc.property(value, given, (written, values) => {
        const source = template(written);
        const open = inWorld(propertiesOf(source, 'R'), worldOf(values));
        expect(shown(open)).toEqual(shown(propertiesOf(source, 'R', new Map(Object.entries(values)))));
      }),
      { numRuns: 400 },
    );
  });

  it('for properties that the schema coerces', () => {
    const flag = fc.oneof(
      fc.constantFrom<Json>({ Ref: 'Flag' }, 'true', false, { Ref: 'AWS::NoValue' }),
      fc
        .tuple(condition, fc.constantFrom<Json>({ Ref: 'Flag' }, true), fc.constantFrom<Json>('false', { Ref: 'AWS::NoValue' }))
        .map((parts) => ({ 'Fn::If': parts })),
    );
    const days = fc.constantFrom<Json>({ Ref: 'Days' }, '12', 9, { 'Fn::If': ['IsBig', { Ref: 'Days' }, { Ref: 'AWS::NoValue' }] });
    fc.assert(
      fc.property(flag, days, given, (EnableKeyRotation, PendingWindowInDays, values) => {
        const source = template('x', { EnableKeyRotation, PendingWindowInDays });
        const settled = inWorld(propertiesOf(source, 'Key'), worldOf(values));
        const direct = propertiesOf(source, 'Key', new Map(Object.entries(values)));
        expect(settled).toEqual(direct);
        expect(isClosed(settled)).toBe(true);
        const { EnableKeyRotation: on, PendingWindowInDays: window } = direct as Record<string, unknown>;
        expect([typeof on, typeof window]).toEqual(['boolean', 'number']);
      }),
      { numRuns: 200 },
    );
  });
});
