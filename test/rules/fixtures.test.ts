import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { fixtureProblems, judgeFixture, readFixture, ruleFixtures, strayFixtures } from '../../scripts/rule-fixtures.mjs';
import { ruleContexts } from '../../src/engine/unit/rule-context.js';
import { readTemplate } from '../../src/readers/index.js';
import { DEFAULT_LIMITS } from '../../src/readers/reader.js';
import { loadRulebook, type Rule, type RuleData, readCatalogue, rulesFromSource } from '../../src/rules/index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}/fixtures/rules`;
const modules = { readTemplate, DEFAULT_LIMITS, ruleContexts };
const book = await loadRulebook();
const { rules } = await rulesFromSource(`${root}/rules`);
const fixtures = ruleFixtures(folder);
const concepts = new Map((await readCatalogue(`${root}/rules`)).concepts.map((concept) => [concept.id, concept]));

function ruleOf(id: string): Rule {
  const rule = book.rules.get(id);
  if (rule === undefined) throw new Error(`fixtures/rules/${id} belongs to no rule.`);
  return rule;
}

test('every file of a fixture folder is a fixture', () => {
  expect(strayFixtures(folder)).toEqual([]);
});

test('every fixture folder belongs to a rule', () => {
  expect([...new Set(fixtures.map(({ rule }) => rule))].filter((id) => !book.rules.has(id))).toEqual([]);
});

describe.each(rules)('$id', (data: RuleData) => {
  const own = fixtures.filter(({ rule }) => rule === data.id);

  test('is a concept of the catalogue, and so is what it covers', () => {
    expect([data.id, ...data.covers].filter((id) => !concepts.has(id))).toEqual([]);
    expect(data.severity).toBe(concepts.get(data.id)?.severity);
  });

  test('has bad and good fixtures, and undecided ones or the reason why not', () => {
    const kinds = new Set(own.map(({ kind }) => kind));
    expect({ bad: kinds.has('bad'), good: kinds.has('good') }).toEqual({ bad: true, good: true });
    expect(kinds.has('undecided') || data.undecidedImpossible !== undefined).toBe(true);
  });

  test.each(own)('judges $name as it is marked', (fixture) => {
    const answer = judgeFixture(ruleOf(data.id), readFixture(fixture, modules, folder));
    const problems = fixtureProblems(fixture, answer);
    expect(problems, `${fixture.name}: ${problems.join('; ')}`).toEqual([]);
  });

  // A rule without a patch says why by hand: there is nothing to apply.
  if (data.fix.cloudformation === undefined || !data.sources.includes('cloudformation')) return;
  test('is mended by its patch', () => {
    for (const fixture of own.filter(({ kind }) => kind === 'bad')) {
      const failing = failsAfterPatch(data, fixture);
      expect(failing, `${fixture.name}: ${failing.join(', ')}`).toEqual([]);
    }
  });
});

/** Addresses of resources that failed before the patch and still do after it. */
function failsAfterPatch(data: RuleData, fixture: (typeof fixtures)[number]): readonly string[] {
  const rule = ruleOf(data.id);
  const before = failing(rule, fixture);
  const template = parse(fixture.text, { logLevel: 'silent', customTags: INTRINSICS }) as Template; // a template, read before
  for (const address of before) {
    const resource = template.Resources[address];
    if (resource !== undefined)
      template.Resources[address] = mergePatch(resource, data.fix.cloudformation ?? {}) as Template['Resources'][string];
  }
  if (JSON.stringify(data.fix.cloudformation).includes('"EncryptionKey"'))
    template.Resources.EncryptionKey ??= { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } };
  const after = failing(rule, { ...fixture, text: stringify(template) });
  return before.filter((address) => after.includes(address));
}

interface Template {
  readonly Resources: Record<string, { readonly Type: string }>;
}

function failing(rule: Rule, fixture: (typeof fixtures)[number]): readonly string[] {
  const { scope, contextFor } = readFixture(fixture, modules, folder);
  return scope.resources
    .filter(({ type }) => rule.resource.includes(type))
    .filter((resource) => rule.judge(resource, contextFor(rule.id)).some(({ kind }) => kind === 'fail'))
    .map(({ address }) => address);
}

/** RFC 7396. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const merged: Record<string, unknown> = typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}

/** Short forms as the long ones, so that a patched template can be written again. */
const INTRINSICS = [
  'Ref',
  'Condition',
  ...[
    'GetAtt',
    'Sub',
    'If',
    'Join',
    'Select',
    'Split',
    'Equals',
    'And',
    'Or',
    'Not',
    'FindInMap',
    'ImportValue',
    'Base64',
    'Cidr',
    'GetAZs',
    'Transform',
  ],
].flatMap((name) => {
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  const tag = `!${name}`;
  return [
    { tag, resolve: (text: string) => ({ [key]: key === 'Fn::GetAtt' ? text.split('.') : text }) },
    { tag, collection: 'seq' as const, resolve: (items: { toJSON(): unknown }) => ({ [key]: items.toJSON() }) },
    { tag, collection: 'map' as const, resolve: (items: { toJSON(): unknown }) => ({ [key]: items.toJSON() }) },
  ];
});

test('the schema that is published is the one that rules are read with', () => {
  expect(JSON.parse(readFileSync(`${root}/schema/rule.schema.json`, 'utf8'))).toHaveProperty('title', 'keyward rule');
});
