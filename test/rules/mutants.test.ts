import { expect, test } from 'vitest';
import { leafMutants } from '../../scripts/rule-leaves.mjs';

test('every leaf of a rule is dropped once', () => {
  const rule = {
    when: { properties: { Kind: { enum: ['a', 'b'] } } },
    must: { at: { 'A.B': { const: true } }, anyOf: [{ required: ['C', 'D'] }, { not: { properties: { E: false } } }] },
  };
  const mutants = [...leafMutants(rule)].map(({ what, when, must }) => [
    what.replace(' can be dropped', ''),
    what.startsWith('when') ? when : must,
  ]);
  expect(mutants).toEqual([
    ['when.properties["Kind"].enum["a"]', { properties: { Kind: { enum: ['b'] } } }],
    ['when.properties["Kind"].enum["b"]', { properties: { Kind: { enum: ['a'] } } }],
    ['must.at["A.B"].const', { at: { 'A.B': {} }, anyOf: rule.must.anyOf }],
    ['must.anyOf.0.required["C"]', { at: rule.must.at, anyOf: [{ required: ['D'] }, rule.must.anyOf[1]] }],
    ['must.anyOf.0.required["D"]', { at: rule.must.at, anyOf: [{ required: ['C'] }, rule.must.anyOf[1]] }],
    ['must.anyOf.0', { at: rule.must.at, anyOf: [rule.must.anyOf[1]] }],
    ['must.anyOf.1.not.properties["E"]', { at: rule.must.at, anyOf: [rule.must.anyOf[0], { not: { properties: { E: true } } }] }],
    ['must.anyOf.1', { at: rule.must.at, anyOf: [rule.must.anyOf[0]] }],
  ]);
});
