import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { AS_OF, CLEAN, plainVolume, project, stillKey, TWO_RULES, template } from '../cli/project.js';

const BAD = template(stillKey('K'), plainVolume('V'));
const shown = (out: string): Record<string, { value: unknown; from: string }> =>
  Object.fromEntries(
    [...out.matchAll(/^([\w.]+) +(.+?) {3}# (.*)$/gm)].map(([, name = '', value = '', from = '']) => [
      name,
      { value: JSON.parse(value), from },
    ]),
  );

describe('the configuration', () => {
  it('is found upward from what is scanned, the nearest first, up to the repository’s root and not beyond', async () => {
    const made = project({ 'keyward.yaml': 'failOn: never\n', 'repo/.git/HEAD': '', 'repo/stacks/deep/a.yaml': BAD });
    expect((await made.run(['repo/stacks/deep', ...TWO_RULES])).code).toBe(1);
    made.write('repo/keyward.yaml', 'failOn: critical\n');
    expect((await made.run(['repo/stacks/deep', ...TWO_RULES])).code).toBe(0);
    made.write('repo/stacks/keyward.yml', 'failOn: medium\n');
    expect((await made.run(['repo/stacks/deep', ...TWO_RULES])).code).toBe(1);
    expect((await made.run(['repo/stacks/deep/a.yaml', '--config', 'none', '--fail-on', 'critical', ...TWO_RULES])).code).toBe(0);
  });

  it('is not searched for above what is scanned where there is no repository', async () => {
    const made = project({ 'keyward.yaml': 'failOn: never\n', 'stacks/a.yaml': BAD });
    expect((await made.run(['stacks', ...TWO_RULES])).code).toBe(1);
    expect((await made.run(['stacks', '--config', 'keyward.yaml', ...TWO_RULES])).code).toBe(0);
  });

  it('gives way to the command line', async () => {
    const made = project({ 'keyward.yaml': 'failOn: never\nminSeverity: high\n', 'a.yaml': BAD });
    const quiet = await made.report(['.', ...TWO_RULES]);
    expect([quiet.ran.code, quiet.findings.length, quiet.summary.hidden]).toEqual([0, 1, 1]);
    const loud = await made.report(['.', '--fail-on', 'high', '--min-severity', 'note', ...TWO_RULES]);
    expect([loud.ran.code, loud.findings.length, loud.summary.hidden]).toEqual([1, 2, 0]);
  });

  it('extends others: lists add up, single values are overridden', async () => {
    const made = project({
      '.git/HEAD': '',
      'keyward.yaml': `extends: [ci/base.yaml, ci/more.yaml]\nfailOn: high\nrules: { skip: [kms-key-without-alias], severity: { kms-rotation-disabled: critical } }\nsuppressions: [{ rule: ebs-*, resource: V, reason: own }]\n`,
      'ci/base.yaml': `extends: deeper/least.yaml\nfailOn: never\nminSeverity: low\nrules: { skip: [lambda-*], severity: { kms-rotation-disabled: low, ebs-volume-not-encrypted: low } }\nsuppressions: [{ rule: ebs-*, resource: W, reason: base }]\n`,
      'ci/more.yaml': 'failOnUndecided: high\nregion: eu-west-1\n',
      'ci/deeper/least.yaml': 'rules: { skip: [ssm-*] }\n',
      'a.yaml': template(stillKey('K'), plainVolume('V'), plainVolume('W')),
    });
    const values = shown((await made.run(['config', 'show', '.'])).out);
    expect(values).toMatchObject({
      failOn: { value: 'high', from: 'keyward.yaml:2' },
      minSeverity: { value: 'low', from: 'ci/base.yaml:3' },
      failOnUndecided: { value: 'high', from: 'ci/more.yaml:1' },
      'rules.skip': { value: ['ssm-*', 'lambda-*', 'kms-key-without-alias'] },
      'rules.severity': { value: { 'kms-rotation-disabled': 'critical', 'ebs-volume-not-encrypted': 'low' } },
      region: { value: { '**': 'eu-west-1' }, from: 'ci/more.yaml:2' },
      account: { value: {}, from: 'default' },
      baseline: { value: 'none', from: 'default' },
    });
    const report = await made.report(['.', ...TWO_RULES]);
    expect(report.findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(['kms-rotation-disabled critical']);
    expect(report.suppressed.map(({ suppression }) => `${suppression?.file}:${suppression?.line} ${suppression?.reason}`).sort()).toEqual([
      'ci/base.yaml:5 base',
      'keyward.yaml:4 own',
    ]);
  });

  it.each([
    ['an unknown setting', 'failOn: high\nfialOn: low\n', 'keyward.yaml:2:', 'has no setting “fialOn”'],
    ['an unknown setting further down', 'rules:\n  skip: []\n  onyl: []\n', 'keyward.yaml:3:', 'rules has no setting “onyl”'],
    ['another value', 'failOn: severe\n', 'keyward.yaml:1:9', 'critical, high, medium, low, note, never'],
    ['a value of another type', 'rules:\n  skip: 1\n', 'keyward.yaml:2:9', 'must be array'],
    [
      'a value in a list',
      'suppressions:\n  - rule: a\n    reason: r\n  - rule: b\n    reason: ""\n',
      'keyward.yaml:5:13',
      'suppressions.1.reason',
    ],
    ['no YAML', 'failOn: [high\n', 'keyward.yaml:', 'help: See schema'],
    ['a key twice', 'failOn: high\nfailOn: low\n', 'keyward.yaml:2:1', 'unique'],
    ['a list', '- failOn\n', 'keyward.yaml:1:1', 'must be object'],
    ['aliases that multiply', 'rules: &a { skip: [x] }\nparameters: { p: *a }\n', 'keyward.yaml:2:18', 'takes no aliases'],
    ['nesting without end', `rules: ${'['.repeat(20_000)}`, 'keyward.yaml:1:', ''],
    ['a rule that is not there', 'rules: { skip: [kms-rotation-disable] }\n', '', 'kms-rotation-disable'],
    ['an option that is not there', 'rules: { options: { kms-rotation-disabled: { x: 1 } } }\n', '', '"x"'],
    ['itself by extension', 'extends: keyward.yaml\n', 'keyward.yaml', 'extends itself'],
    ['an extension that is not there', 'extends: nowhere.yaml\n', '', 'There is no configuration nowhere.yaml'],
  ])('with %s is refused with its place', async (_what, config, place, said) => {
    const ran = await project({ 'keyward.yaml': config, 'a.yaml': CLEAN, '.git/HEAD': '' }).run(['.']);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(place);
    expect(ran.err).toContain(said);
    expect(ran.err).toMatch(/^ {2}help: |"keyward rules" lists them|has no option/m);
  });

  it('that is empty says nothing', async () => {
    expect((await project({ 'keyward.yaml': '# nothing yet\n', 'a.yaml': CLEAN }).run(['.'])).code).toBe(0);
  });

  it('shows where each setting comes from, or that there is none', async () => {
    const made = project({ 'a.yaml': CLEAN });
    const ran = await made.run(['config', 'show', '.']);
    expect([ran.code, ran.out.split('\n')[0]]).toEqual([0, 'No keyward.yaml was found: all settings are defaults.']);
    expect(shown(ran.out).failOn).toEqual({ value: 'high', from: 'default' });
  });

  it('never prints parameters’ values', async () => {
    const made = project({ 'keyward.yaml': "parameters: { '**': { Word: Kw-Canary-Config-1aB } }\n", 'a.yaml': CLEAN });
    const { out } = await made.run(['config', 'show', '.']);
    expect(out).toContain('Word');
    expect(out).not.toContain('Canary');
  });
});

describe('parameters', () => {
  const OPEN = `Parameters:\n  On: { Type: String }\n  Zones: { Type: CommaDelimitedList, Default: a }\n${template(stillKey('K').replace('false', '!Ref On'), plainVolume('V').replace('Encrypted: false', "Encrypted: !Equals [!Select [1, !Ref Zones], 'b']"))}`;
  const fails = async (args: readonly string[], files: Readonly<Record<string, string>> = {}): Promise<readonly string[]> => {
    const report = await project({ 'a.yaml': OPEN, ...files }).report(['a.yaml', ...TWO_RULES, ...args]);
    return report.findings.map(({ resource }) => resource.name).sort();
  };

  it.each([
    ['KEY=VALUE', ['--parameters', 'On=false', '--parameters', 'Zones=a,b'], {}],
    ['KEY=VALUE, before the path', [], {}],
    [
      'the list of create-stack',
      ['--parameters', 'p.json'],
      { 'p.json': '[{"ParameterKey": "On", "ParameterValue": "false"}, {"ParameterKey": "Zones", "ParameterValue": "a,b"}]' },
    ],
    [
      'the same behind file://',
      ['--parameters', 'file://p.json'],
      { 'p.json': '[{"ParameterKey": "On", "ParameterValue": "false"}, {"ParameterKey": "Zones", "ParameterValue": "a,b"}]' },
    ],
    ['the list of deploy', ['--parameters', 'p.json'], { 'p.json': '["On=false", "Zones=a,b"]' }],
    [
      'a configuration of CodePipeline',
      ['--parameters', 'p.json'],
      { 'p.json': '{"Parameters": {"On": "false", "Zones": "a,b"}, "Tags": {"a": "b"}}' },
    ],
    ['a plain map', ['--parameters', 'p.json'], { 'p.json': '{"On": false, "Zones": "a,b"}' }],
    [
      'a file and what goes over it',
      ['--parameters', 'p.json', '--parameters', 'On=false'],
      { 'p.json': '{"On": "true", "Zones": "a,b"}' },
    ],
  ])('are taken as %s', async (what, args, files) => {
    if (what.endsWith('before the path')) {
      const report = await project({ 'a.yaml': OPEN }).report([
        '--parameters',
        'On=false',
        '--parameters',
        'Zones=a,b',
        'a.yaml',
        ...TWO_RULES,
      ]);
      expect(report.findings.map(({ resource }) => resource.name)).toEqual(['K']);
    } else expect(await fails(args, files)).toEqual(['K']);
  });

  it.each([
    ['no JSON', 'nothing'],
    ['a number', '1'],
    ['a list of something else', '[1]'],
    ['nested values', '{"On": {"x": 1}}'],
  ])('in a file of %s are wrong use, and none of it is printed', async (_what, text) => {
    const made = project({ 'a.yaml': OPEN, 'p.json': text });
    const ran = await made.run(['a.yaml', '--parameters', 'p.json']);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/The parameter file p\.json (is no JSON|has none of the known forms)\./);
  });

  it('may hold an equals sign', async () => {
    const made = project({
      'a.yaml': `Parameters:\n  On: { Type: String }\nConditions:\n  Is: !Equals [!Ref On, 'x=y']\n${template(stillKey('K').replace('false', '!If [Is, false, true]'))}`,
    });
    expect((await made.report(['a.yaml', '--parameters', 'On=x=y', ...TWO_RULES])).findings).toHaveLength(1);
  });

  it('of the configuration hold for the files their globs name, the later over the earlier, the command line over both', async () => {
    const made = project({
      'keyward.yaml': "parameters:\n  '**': { On: 'false' }\n  'prod/**': { On: true }\n",
      'dev/a.yaml': OPEN,
      'prod/a.yaml': OPEN,
    });
    const keys = async (...args: string[]): Promise<readonly (string | undefined)[]> =>
      (await made.report(['.', '--rule', 'kms-rotation-disabled', ...args])).findings.map(({ location }) => location.file);
    expect(await keys()).toEqual(['dev/a.yaml']);
    expect(await keys('--parameters', 'On=false')).toEqual(['dev/a.yaml', 'prod/a.yaml']);
  });

  it('account and Region are taken by glob', async () => {
    const policy = `  K:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: true\n      KeyPolicy:\n        Version: '2012-10-17'\n        Statement:\n          - { Effect: Allow, Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' }\n`;
    const made = project({
      'keyward.yaml': "account: { 'own/**': '111122223333', 'other/**': '444455556666' }\n",
      'own/a.yaml': template(policy),
      'other/a.yaml': template(policy),
    });
    const report = await made.report(['.', '--rule', 'kms-policy-external-account']);
    expect(report.findings.map(({ location }) => location.file)).toEqual(['other/a.yaml']);
    expect(report.undecided).toEqual([]);
  });
});

describe('several outputs', () => {
  it('are written in one run, into folders that are made, beside what goes to standard output', async () => {
    const made = project({ 'a.yaml': BAD });
    const ran = await made.run([
      'scan',
      '.',
      '--as-of',
      AS_OF,
      '--format',
      'concise',
      '--output',
      'json=out/deep/r.json',
      '--output',
      'sarif=out/a=b.sarif',
      ...TWO_RULES,
    ]);
    expect(ran.out).toContain('a.yaml:6:26: medium[kms-rotation-disabled]');
    const again = await made.run(['report', 'out/deep/r.json', '--format', 'concise']);
    expect([again.code, again.out]).toEqual([0, ran.out]);
    const { existsSync } = await import('node:fs');
    expect(existsSync(path.join(made.folder, 'out/a=b.sarif'))).toBe(true);
  });

  it('that can’t be written are wrong use', async () => {
    const made = project({ 'a.yaml': BAD });
    const ran = await made.run(['scan', '.', '--output', 'json=a.yaml/x.json']);
    expect([ran.code, ran.err.includes('can’t be written (')]).toEqual([2, true]);
  });

  it('--quiet prints nothing where all is well, and the code stays', async () => {
    const made = project({ 'a.yaml': BAD, 'keyward.yaml': 'suppressions: [{ rule: lambda-*, reason: r }]\n' });
    expect(await made.run(['scan', '.', '--quiet', '--as-of', AS_OF, ...TWO_RULES])).toEqual({ code: 1, out: '', err: '' });
  });
});
