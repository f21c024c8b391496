import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { builtIndex, validatorModules } from '../../scripts/build-rules.mjs';
import { readFixture, ruleFixtures } from '../../scripts/rule-fixtures.mjs';
import { ruleContexts } from '../../src/engine/unit/rule-context.js';
import { readTemplate } from '../../src/readers/index.js';
import { DEFAULT_LIMITS } from '../../src/readers/reader.js';
import type { ClosedValidators } from '../../src/rules/declared-judge.js';
import { ALL_RULES, type BuiltRules, rulesFromSource } from '../../src/rules/index.js';
import { makeRule } from '../../src/rules/make-rule.js';
import { builtinPatterns } from '../../src/rules/pattern.js';
import * as schemas from '../../src/rules/schema.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = await rulesFromSource(`${root}/rules`);
const { modules, compiled } = validatorModules(source.rules, schemas);

test('the built index says what the rule files say', () => {
  const built = JSON.parse(builtIndex(source, compiled)) as BuiltRules;
  expect(built.rules.map(({ compiled: _, ...rule }) => rule)).toEqual(source.rules);
  expect({ relations: built.relations, cataloguedTypes: built.cataloguedTypes }).toEqual({
    relations: source.relations,
    cataloguedTypes: source.cataloguedTypes,
  });
});

test('compiled validators and the interpreter give one answer on every resource of the fixtures', () => {
  const require = createRequire(import.meta.url);
  const validators = new Map([...modules].map(([type, code]) => [type, evaluate(code, require)]));
  const pairs = source.rules
    .filter(({ id }) => compiled.has(id))
    .map((data) => ({
      data,
      interpreted: makeRule(data, ALL_RULES, { patterns: builtinPatterns, validators: () => undefined }),
      built: makeRule(data, ALL_RULES, { patterns: builtinPatterns, validators: (type) => validatorsOf(data.id, validators.get(type)) }),
    }));
  let quick = 0;
  for (const fixture of ruleFixtures(`${root}/fixtures/rules`)) {
    const { scope, contextFor } = readFixture(fixture, { readTemplate, DEFAULT_LIMITS, ruleContexts }, `${root}/fixtures/rules`);
    for (const resource of scope.resources.filter(({ open }) => !open)) {
      for (const { data, interpreted, built } of pairs.filter((pair) => pair.data.resource.includes(resource.type))) {
        quick++;
        const context = contextFor(data.id);
        expect(built.judge(resource, context), `${data.id} on ${resource.address} of ${fixture.name}`).toEqual(
          interpreted.judge(resource, context),
        );
      }
    }
  }
  expect(quick).toBeGreaterThan(500);
});

type Validate = (value: unknown) => boolean;

function evaluate(code: string, require: NodeJS.Require): Readonly<Record<string, Validate>> {
  const module: { exports: Record<string, Validate> } = { exports: {} };
  new Function('require', 'module', 'exports', code)(require, module, module.exports);
  return module.exports;
}

function validatorsOf(id: string, table: Readonly<Record<string, Validate>> = {}): ClosedValidators {
  const [when, must] = [table[`${id}/when`], table[`${id}/must`]];
  return { ...(when === undefined ? {} : { when }), ...(must === undefined ? {} : { must }) };
}
