import { readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { AS_OF, CLEAN, type Project, plainVolume, project, stillKey, TWO_RULES, template } from '../cli/project.js';

const FILE = 'keyward-baseline.json';
const TEXT = template(stillKey('K'), plainVolume('V'));

async function accepted(made: Project, ...paths: readonly string[]): Promise<string> {
  const ran = await made.run([
    'baseline',
    'create',
    ...(paths.length > 0 ? paths : ['.']),
    '--baseline',
    FILE,
    '--as-of',
    AS_OF,
    ...TWO_RULES,
  ]);
  expect(ran.code, ran.err).toBe(0);
  return textOf(made);
}

const textOf = (made: Project): string => readFileSync(path.join(made.folder, FILE), 'utf8');
const entriesOf = (made: Project): readonly { file: string; resource: string }[] => JSON.parse(textOf(made)).findings;

async function scanned(made: Project, ...paths: readonly string[]) {
  const report = await made.report([...(paths.length > 0 ? paths : ['.']), '--baseline', FILE, ...TWO_RULES, '--fail-on', 'low']);
  return {
    code: report.ran.code,
    active: report.findings.map(({ location, resource }) => `${location.file} ${resource.name}`).sort(),
    baselined: report.summary.baselined,
    told: report.diagnostics.map(({ code, message }) => `${code}: ${message}`),
  };
}

describe('a baseline', () => {
  it('accepts what is there: a scan with it exits 0, and a new finding fails', async () => {
    const made = project({ 'a.yaml': TEXT });
    await accepted(made);
    expect(await scanned(made)).toEqual({ code: 0, active: [], baselined: 2, told: [] });
    made.write('a.yaml', TEXT + plainVolume('New'));
    expect(await scanned(made)).toMatchObject({ code: 1, active: ['a.yaml New'], baselined: 2 });
  });

  it('is the same bytes for the same tree, one entry a line, sorted', async () => {
    const made = project({ 'b.yaml': TEXT, 'a.yaml': TEXT });
    const text = await accepted(made);
    expect(await accepted(made)).toBe(text);
    expect(text.split('\n')).toHaveLength(4 + 2 + 1);
    expect(entriesOf(made).map(({ file, resource }) => `${file} ${resource}`)).toEqual(['a.yaml K', 'a.yaml V', 'b.yaml K', 'b.yaml V']);
    expect(text).not.toMatch(/line|column/);
  });

  it.each([
    ['moved lines', TEXT.replace('Resources:\n', '# one\n\nDescription: two\nResources:\n')],
    ['another order', template(plainVolume('V'), stillKey('K'))],
    ['another property of the same resource', TEXT.replace('Size: 8', 'Size: 9')],
    ['other indentation and quotes', TEXT.replaceAll('      ', '          ').replace('Encrypted: false', 'Encrypted:   "false"')],
  ])('still matches with %s', async (_what, text) => {
    const made = project({ 'a.yaml': TEXT });
    await accepted(made);
    made.write('a.yaml', text);
    expect(await scanned(made)).toEqual({ code: 0, active: [], baselined: 2, told: [] });
  });

  const key = (principal: string): string =>
    template(
      `  K:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: true\n      KeyPolicy:\n        Version: '2012-10-17'\n        Statement:\n          - { Sid: S, Effect: Allow, Principal: ${principal}, Action: kms:Decrypt, Resource: '*' }\n`,
    );
  const OPEN = ['--rule', 'kms-policy-wildcard-principal'];

  it('does not match a changed value: the statement that was accepted is another one now', async () => {
    const made = project({ 'a.yaml': key("'*'") });
    await made.run(['baseline', 'create', 'a.yaml', '--baseline', FILE, ...OPEN]);
    expect((await made.report(['a.yaml', '--baseline', FILE, ...OPEN])).findings).toEqual([]);
    made.write('a.yaml', key("'*'").replace('kms:Decrypt', 'kms:*'));
    expect((await made.report(['a.yaml', '--baseline', FILE, ...OPEN])).findings).toHaveLength(1);
  });

  it('does not match a statement added above that is as bad', async () => {
    const made = project({ 'a.yaml': key("'*'") });
    await made.run(['baseline', 'create', 'a.yaml', '--baseline', FILE, ...OPEN]);
    made.write(
      'a.yaml',
      key("'*'").replace(
        '          - {',
        "          - { Sid: T, Effect: Allow, Principal: '*', Action: kms:Encrypt, Resource: '*' }\n          - {",
      ),
    );
    const report = await made.report(['a.yaml', '--baseline', FILE, ...OPEN]);
    expect(report.findings.map(({ location }) => location.range?.start.line)).toEqual([10]);
  });

  it('does not take an undecided verdict that was accepted for the failure it becomes', async () => {
    const made = project({
      'a.yaml': `Parameters:\n  P: { Type: String, AllowedValues: ['true', 'false'] }\n${template(stillKey('K').replace('false', '!Ref P'))}`,
    });
    await accepted(made);
    const report = await made.report(['.', '--baseline', FILE, '--parameters', 'P=false', ...TWO_RULES]);
    expect(report.findings).toHaveLength(1);
    expect((await made.report(['.', '--baseline', FILE, ...TWO_RULES])).undecided).toEqual([]);
  });

  it('follows a renamed file', async () => {
    const made = project({ 'a.yaml': TEXT, 'c.yaml': CLEAN });
    await accepted(made);
    renameSync(path.join(made.folder, 'a.yaml'), path.join(made.folder, 'b.yaml'));
    expect(await scanned(made)).toEqual({ code: 0, active: [], baselined: 2, told: [] });
  });

  it('does not follow a copy, nor a file that became two', async () => {
    const made = project({ 'a.yaml': TEXT });
    await accepted(made);
    made.write('b.yaml', TEXT);
    expect(await scanned(made)).toMatchObject({ active: ['b.yaml K', 'b.yaml V'], baselined: 2 });
    renameSync(path.join(made.folder, 'a.yaml'), path.join(made.folder, 'c.yaml'));
    expect(await scanned(made)).toMatchObject({ active: ['b.yaml K', 'b.yaml V', 'c.yaml K', 'c.yaml V'], baselined: 0 });
  });

  it('says nothing of files that were not looked at, and lends their entries to no other', async () => {
    const made = project({ 'x/a.yaml': TEXT, 'y/a.yaml': TEXT, '.git/HEAD': '' });
    await accepted(made, 'x');
    expect(await scanned(made, 'x')).toMatchObject({ code: 0, baselined: 2, told: [] });
    expect(await scanned(made, 'y')).toMatchObject({ code: 1, active: ['y/a.yaml K', 'y/a.yaml V'], baselined: 0, told: [] });
  });

  it('tells of entries that nothing answers, and prune takes them out', async () => {
    const made = project({ 'a.yaml': TEXT, 'b.yaml': TEXT });
    await accepted(made);
    made.write('a.yaml', template(stillKey('K')));
    expect((await scanned(made)).told).toEqual([`baseline-stale: One entry of the baseline ${FILE} no longer matches a finding.`]);
    const ran = await made.run(['baseline', 'prune', '.', '--baseline', FILE, ...TWO_RULES]);
    expect([ran.code, ran.out]).toEqual([0, `${FILE}: 1 entry removed, 3 kept.\n`]);
    expect(entriesOf(made).map(({ file, resource }) => `${file} ${resource}`)).toEqual(['a.yaml K', 'b.yaml K', 'b.yaml V']);
    expect((await scanned(made)).told).toEqual([]);
  });

  it('is pruned of nothing that was not scanned, and of the name a file had', async () => {
    const made = project({ 'a.yaml': TEXT, 'b.yaml': TEXT, 'gone.yaml': TEXT });
    await accepted(made);
    renameSync(path.join(made.folder, 'a.yaml'), path.join(made.folder, 'd.yaml'));
    rmSync(path.join(made.folder, 'gone.yaml'));
    made.write('d.yaml', template(stillKey('K'), plainVolume('V').replace('V:', 'V2:')));
    await made.run(['baseline', 'prune', 'd.yaml', '--baseline', FILE, ...TWO_RULES]);
    expect(entriesOf(made).map(({ file, resource }) => `${file} ${resource}`)).toEqual(['b.yaml K', 'b.yaml V', 'd.yaml K']);
  });

  it('is made anew although the configuration names one that is not there yet', async () => {
    const made = project({ 'a.yaml': TEXT, 'keyward.yaml': `baseline: ${FILE}\n` });
    await accepted(made);
    const report = await made.report(['.', ...TWO_RULES]);
    expect([report.ran.code, report.summary.baselined]).toEqual([0, 2]);
  });

  it('holds what one-cause reporting silences, so that nothing surfaces once its winner is accepted', async () => {
    const made = project({
      'a.yaml': readFileSync(new URL('../../fixtures/rules/kms-policy-wildcard-principal/bad.yaml', import.meta.url), 'utf8'),
    });
    await made.run(['baseline', 'create', '.', '--baseline', FILE]);
    const report = await made.report(['.', '--baseline', FILE]);
    expect([report.findings, report.undecided, report.ran.code]).toEqual([[], [], 0]);
  });

  it('leaves out what is suppressed, and is not written when interrupted', async () => {
    const made = project({ 'a.yaml': template(stillKey('K', ' # keyward:ignore kms-* -- r'), plainVolume('V')) });
    await accepted(made);
    expect(entriesOf(made).map(({ resource }) => resource)).toEqual(['V']);
    const stop = new AbortController();
    stop.abort();
    const ran = await made.run(['baseline', 'create', '.', '--baseline', FILE], { signal: stop.signal });
    expect([ran.code, entriesOf(made).length]).toEqual([130, 1]);
  });

  it.each([
    ['no JSON', '{', 'is no JSON'],
    ['another schema', '{"schemaVersion":2,"findings":[]}', 'is not one'],
    ['an entry without a rule', '{"schemaVersion":1,"findings":[{}]}', 'is not one'],
  ])('that is %s is wrong use', async (_what, text, said) => {
    const made = project({ 'a.yaml': TEXT, [FILE]: text });
    const ran = await made.run(['scan', '.', '--baseline', FILE]);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(said);
  });
});
