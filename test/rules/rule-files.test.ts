import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadRulebook, RuleError, type RuleSelection, SelectionError } from '../../src/rules/index.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rules-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

const RULE = `id: my-volume-plain
title: Volume of ours is plain
severity: high
resource: AWS::EC2::Volume
must:
  at: { Encrypted: { const: true } }
message: Volume {name} is plain.
why: It is readable.
fix:
  text: Encrypt it.
  cloudformation: { Properties: { Encrypted: true } }
  migration: replace
`;

/** The problems of loading the folder, without its name: "line: message". */
async function problems(): Promise<readonly string[]> {
  const error: unknown = await loadRulebook({ userRuleFolders: [folder] }).catch((reason: unknown) => reason);
  if (!(error instanceof RuleError)) throw error instanceof Error ? error : new Error('The folder was loaded.');
  return error.problems.map(({ line, message }) => `${line}: ${message}`);
}

describe('a rule of a user', () => {
  test('is loaded and judges', async () => {
    write('mine.yaml', RULE);
    const book = await loadRulebook({ userRuleFolders: [folder] });
    const rule = book.rules.get('my-volume-plain');
    expect(rule).toMatchObject({
      severity: 'high',
      service: 'my',
      fix: { cloudformation: 'Properties:\n  Encrypted: true', migration: 'replace' },
    });
    expect(book.forType('AWS::EC2::Volume').map(({ id }) => id)).toContain('my-volume-plain');
  });

  test.each<[string, string, string, string]>([
    [
      'a property that does not exist',
      'Encrypted: { const: true }',
      'Encryptd: { const: true }',
      '6: The property "Encryptd" is not known; perhaps Encrypted.',
    ],
    ['a literal of the wrong type', '{ const: true }', '{ const: "true" }', '6: "true" is compared with a property that is true or false.'],
    [
      'a type that does not exist',
      'AWS::EC2::Volume',
      'AWS::EC2::Volumes',
      '4: No resource schema or extension knows the type AWS::EC2::Volumes.',
    ],
    [
      'a list taken for an object',
      'Encrypted: { const: true }',
      'Tags.Key: { const: a }',
      '6: "Key" is looked for in a list, which has no properties; write [] to step into its items.',
    ],
    [
      'a patch of a property that does not exist',
      'Properties: { Encrypted: true }',
      'Properties: { Encrypt: true }',
      '11: The property "Encrypt" is not known; perhaps Encrypted.',
    ],
    ['an unknown field', 'why: It', 'whyy: It', '8: A rule has an unknown field "whyy"; perhaps why.'],
    ['an unknown keyword', '{ const: true }', '{ cnst: true }', '6: must.at.Encrypted has an unknown field "cnst"; perhaps const.'],
    ['a severity that is none', 'severity: high', 'severity: terrible', '3: severity must be one of critical, high, medium, low, note.'],
    [
      'a word that messages do not have',
      '{name}',
      '{nme}',
      "7: The message's placeholder {nme} is not known; there are name, type, address, value.",
    ],
    [
      'a pattern the linear engine refuses',
      '{ const: true }',
      '{ pattern: "(?=a)b" }',
      '6: A pattern speaks of text, and this is true or false.',
    ],
    [
      'an option that is not declared',
      '{ const: true }',
      '{ const: { option: on } }',
      '5: The option "on" is not declared under "options".',
    ],
    [
      'an id that is taken',
      'my-volume-plain',
      'kms-rotation-disabled',
      '1: The id kms-rotation-disabled is taken by another rule; choose another.',
    ],
    [
      'code without leave',
      'must:\n  at: { Encrypted: { const: true } }',
      'check: mine',
      '1: The rule runs code (mine.mjs), which needs --allow-rule-code.',
    ],
  ])('%s is an error with its line', async (_, from, to, problem) => {
    write('mine.yaml', RULE.replaceAll(from, to));
    expect(await problems()).toContain(problem);
  });

  test('broken YAML is an error with its line', async () => {
    write('mine.yaml', 'id: a\n  title: b\n');
    expect((await problems())[0]).toMatch(/^[12]: /);
  });

  test('aliases that multiply are an error', async () => {
    const levels = Array.from({ length: 9 }, (_, index) => `l${index + 1}: &l${index + 1} [${Array(9).fill(`*l${index}`).join(', ')}]`);
    write('bomb.yaml', `l0: &l0 [x]\n${levels.join('\n')}\n`);
    expect((await problems())[0]).toMatch(/^1: The file's aliases can't be resolved/);
  });

  test('needs either "must" or "check"', async () => {
    write('mine.yaml', RULE.replace('must:\n  at: { Encrypted: { const: true } }\n', ''));
    expect(await problems()).toEqual(['1: A rule has either "must" (and perhaps "when") or "check".']);
  });

  test('names every problem of every file', async () => {
    write('a.yaml', RULE.replace('Encrypted: { const', 'Encryptd: { const'));
    write('deep/b.yaml', RULE.replace('severity: high', 'severity: bad'));
    expect(await problems()).toHaveLength(2);
  });

  test('runs patterns in linear time', async () => {
    write('mine.yaml', RULE.replace('Encrypted: { const: true }', 'KmsKeyId: { pattern: "^(a+)+$" }'));
    const rule = (await loadRulebook({ userRuleFolders: [folder] })).rules.get('my-volume-plain');
    const origin = { kind: 'file', file: 'a.yaml', range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } } } as const;
    const resource = {
      id: 'a.yaml#V',
      type: 'AWS::EC2::Volume',
      address: 'V',
      name: 'V',
      properties: { KmsKeyId: `${'a'.repeat(5000)}!` },
      defaulted: new Map(),
      attributes: {},
      observed: {},
      open: false,
      origin,
      place: () => ({ origin, exact: true }),
    };
    const scope = {
      id: 'a.yaml',
      source: 'cloudformation' as const,
      resources: [],
      variables: new Map(),
      exports: [],
      imports: [],
      foreign: new Map(),
      gaps: [],
      sources: [],
      included: [],
    };
    const context = { scope, asOf: '2026-01-31', resource: () => undefined, ofType: () => [], referrers: () => [], options: {} };
    expect(rule?.judge(resource, context).map(({ kind }) => kind)).toEqual(['fail']);
  });

  test('runs a check beside it where code is allowed', async () => {
    write('mine.yaml', RULE.replace('must:\n  at: { Encrypted: { const: true } }', 'check: mine'));
    write('mine.mjs', 'export const check = () => [{ kind: "pass" }];\n');
    const book = await loadRulebook({ userRuleFolders: [folder], allowRuleCode: true });
    expect(book.rules.has('my-volume-plain')).toBe(true);
  });
});

describe('a family', () => {
  const FAMILY = `family: switches
shared:
  severity: low
  title: '{thing} is plain'
  must: { at: { '{path}': { const: '{wanted}' } } }
  message: '{thing} {name} is plain.'
  why: It is readable.
  fix: { text: 'Set {path}.', cloudformation: { Properties: '{patch}' }, migration: none }
rows:
  - { id: my-volume-plain, resource: AWS::EC2::Volume, thing: Volume, path: Encrypted, wanted: true, patch: { Encrypted: true } }
  - { id: my-files-plain, resource: AWS::EFS::FileSystem, thing: Files, path: Encrypted, wanted: true, patch: { Encrypted: true }, severity: high }
`;

  test('gives a rule a row, with placeholders put in and fields overridden', async () => {
    write('family.yaml', FAMILY);
    const { rules } = await loadRulebook({ userRuleFolders: [folder] });
    expect(rules.get('my-volume-plain')).toMatchObject({ title: 'Volume is plain', message: 'Volume {name} is plain.', severity: 'low' });
    expect(rules.get('my-files-plain')).toMatchObject({
      title: 'Files is plain',
      severity: 'high',
      fix: { cloudformation: 'Properties:\n  Encrypted: true' },
    });
  });

  test.each<[string, string, string, string]>([
    ['a placeholder without a field', 'thing: Volume, ', '', '10: The row has no field for the placeholder {thing}.'],
    [
      'a field that nothing uses',
      'thing: Volume, ',
      'thing: Volume, thin: x, ',
      '10: "thin" is neither a field of a rule nor a placeholder that the family uses',
    ],
    [
      'a path that a row gets wrong',
      'thing: Volume, path: Encrypted',
      'thing: Volume, path: Encrypt',
      'The property "Encrypt" is not known; perhaps Encrypted.',
    ],
  ])('%s is an error', async (_, from, to, problem) => {
    write('family.yaml', FAMILY.replace(from, to));
    expect((await problems()).join('\n')).toContain(problem);
  });
});

describe('a selection', () => {
  const none: RuleSelection = { only: [], skip: [], severity: {}, options: {} };
  const load = (selection: Partial<RuleSelection>) => loadRulebook({ selection: { ...none, ...selection } });

  test('takes ids and globs, and leaves out what is skipped', async () => {
    const { rules } = await load({ only: ['kms-rotation-*'], skip: ['kms-rotation-period-too-long'] });
    expect([...rules.keys()]).toContain('kms-rotation-disabled');
    expect([...rules.keys()].every((id) => id.startsWith('kms-rotation-') && id !== 'kms-rotation-period-too-long')).toBe(true);
  });

  test('gives severities and options', async () => {
    const { rules } = await load({
      severity: { 'kms-rotation-disabled': 'critical' },
      options: { 'kms-rotation-period-too-long': { maximumDays: 180 } },
    });
    expect(rules.get('kms-rotation-disabled')?.severity).toBe('critical');
    expect(rules.get('kms-rotation-period-too-long')?.message).toContain('at most 180 are allowed');
  });

  test.each<[string, Partial<RuleSelection>, RegExp]>([
    [
      'an id that is none',
      { only: ['kms-rotation-disable'] },
      /No rule has the id or tag "kms-rotation-disable"; perhaps kms-rotation-disabled/,
    ],
    [
      'an option that is none',
      { options: { 'kms-rotation-disabled': { days: 1 } } },
      /The rule kms-rotation-disabled has no option "days"/,
    ],
  ])('%s is an error', async (_, selection, message) => {
    const error: unknown = await load(selection).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SelectionError);
    expect(String(error)).toMatch(message);
  });
});
