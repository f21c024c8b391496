import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AS_OF, CLEAN, plainVolume, project, stillKey, TWO_RULES, template } from '../cli/project.js';

const BAD = template(plainVolume('V'));
const RULE = `id: own-volume
title: Volume is not to be
severity: low
resource: AWS::EC2::Volume
sources: [cloudformation]
must: { at: { Size: { minimum: 100 } } }
message: Volume {name} is small.
why: It is a test.
fix: { text: Make it larger., manual: none }
`;
const CODE_RULE = RULE.replace('must: { at: { Size: { minimum: 100 } } }', 'check: own');

/** A folder beside the project, with one file that nobody may read. */
function outside(content: string): { readonly folder: string; readonly file: string } {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyward-outside-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'outside.yaml');
  writeFileSync(file, content);
  return { folder, file };
}

describe('a scanned tree that tries to run code', () => {
  /** Code that leaves a mark where it runs. */
  const marking = (mark: string): string =>
    `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(mark)}, '');\nexport const check = () => [];\n`;

  it.each([
    ['a function in the configuration', 'failOn: !!js/function "function () { return 1 }"\n'],
    ['an object of a class in the configuration', 'rules: !!python/object/apply:os.system ["touch marked"]\n'],
    ['a regular expression in the configuration', 'rules: { only: [!!js/regexp /(a+)+$/] }\n'],
  ])('%s runs nothing and does not fit', async (_what, config) => {
    const made = project({ 'keyward.yaml': config, 'a.yaml': CLEAN, '.git/HEAD': '' });
    const ran = await made.run(['.']);
    expect(existsSync(path.join(made.folder, 'marked'))).toBe(false);
    // A tag that YAML does not know leaves its plain value, which the schema judges.
    expect([0, 2]).toContain(ran.code);
    expect(ran.err).not.toMatch(/\bat .*\(/);
  });

  it('a check beside a rule that the configuration names is refused', async () => {
    const made = project({ 'keyward.yaml': 'rules: { folders: [own] }\n', 'own/a.yaml': CODE_RULE, 'a.yaml': BAD });
    const mark = path.join(made.folder, 'marked');
    made.write('own/own.mjs', marking(mark));
    const ran = await made.run(['.']);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('needs --allow-rule-code');
    expect(existsSync(mark)).toBe(false);
  });

  it('… also where the user lets another folder bring code', async () => {
    const made = project({ 'keyward.yaml': 'rules: { folders: [own] }\n', 'own/a.yaml': CODE_RULE, 'a.yaml': BAD });
    const mark = path.join(made.folder, 'marked');
    made.write('own/own.mjs', marking(mark));
    made.write('mine/a.yaml', CODE_RULE.replace('own-volume', 'mine-volume').replace('check: own', 'check: mine'));
    made.write('mine/mine.mjs', 'export const check = () => [{ kind: "pass" }];\n');
    const ran = await made.run(['scan', '.', '--rules', 'mine', '--allow-rule-code']);
    expect(ran.code).toBe(2);
    expect(existsSync(mark)).toBe(false);
    expect((await made.run(['scan', '.', '--rules', 'mine', '--allow-rule-code', '--config', 'none', '--rule', 'mine-volume'])).code).toBe(
      0,
    );
  });

  it('a check in --rules without --allow-rule-code is refused', async () => {
    const made = project({ 'own/a.yaml': CODE_RULE, 'a.yaml': BAD });
    const mark = path.join(made.folder, 'marked');
    made.write('own/own.mjs', marking(mark));
    for (const args of [['a.yaml'], ['rules'], ['explain', 'own-volume']]) {
      expect((await made.run([...args, '--rules', 'own'])).code).toBe(2);
      expect(existsSync(mark)).toBe(false);
    }
  });

  it('a check whose name leads elsewhere is not found there', async () => {
    const made = project({ 'own/a.yaml': CODE_RULE.replace('check: own', 'check: ../evil'), 'a.yaml': BAD });
    const mark = path.join(made.folder, 'marked');
    made.write('evil.mjs', marking(mark));
    expect((await made.run(['a.yaml', '--rules', 'own', '--allow-rule-code'])).code).toBe(2);
    expect(existsSync(mark)).toBe(false);
  });

  it('a repository whose git configuration names programs starts none of them', async () => {
    const made = project({ 'a.yaml': BAD, '.gitignore': 'x.yaml\n', 'x.yaml': BAD });
    const mark = path.join(made.folder, 'marked');
    made.git('init', '-q');
    made.commit();
    for (const key of ['core.fsmonitor', 'core.pager', 'diff.external', 'core.sshCommand', 'filter.x.smudge', 'diff.x.textconv'])
      made.git('config', key, `touch ${mark}`);
    made.write('.gitattributes', '* diff=x filter=x\n');
    expect((await made.run(['scan', '.', '--trust-from', 'main', ...TWO_RULES])).code).toBe(1);
    expect(existsSync(mark)).toBe(false);
  });

  it('a declarative rule of a scanned tree works as data', async () => {
    const made = project({ 'keyward.yaml': 'rules: { folders: [own], only: [own-volume] }\n', 'own/a.yaml': RULE, 'a.yaml': BAD });
    expect((await made.report(['a.yaml'])).findings.map(({ rule }) => rule)).toEqual(['own-volume']);
  });
});

describe('a configuration that points outside the repository', () => {
  const secret = `failOn: never # Kw-Canary-Outside-1aB\n`;
  const refused = async (config: string, prepare?: (made: ReturnType<typeof project>, other: string) => void): Promise<void> => {
    const other = outside(secret);
    const made = project({ 'a.yaml': BAD, '.git/HEAD': '' });
    made.write('keyward.yaml', config.replaceAll('OUT', other.file).replaceAll('FOLDER', other.folder));
    prepare?.(made, other.file);
    const ran = await made.run(['a.yaml']);
    expect(ran.code).toBe(2);
    expect(ran.err).not.toContain('Kw-Canary');
    expect(ran.err).toMatch(/lies outside the repository|There is no configuration/);
  };
  it.each([
    ['extends by an absolute path', 'extends: OUT\n'],
    ['extends by climbing', 'extends: ../../../../../../../../../../etc/hostname\n'],
    ['a baseline by an absolute path', 'baseline: OUT\n'],
    ['a baseline by climbing', 'baseline: ../baseline.json\n'],
    ['a rule folder by an absolute path', 'rules: { folders: [FOLDER] }\n'],
    ['a rule folder by climbing', 'rules: { folders: [../] }\n'],
  ])('is refused: %s', (_what, config) => refused(config));

  it.each(['extends: link.yaml\n', 'baseline: link.yaml\n', 'rules: { folders: [linked] }\n'])(
    'is refused by way of a link: %s',
    (config) =>
      refused(config, (made, file) => {
        symlinkSync(file, path.join(made.folder, 'link.yaml'));
        symlinkSync(path.dirname(file), path.join(made.folder, 'linked'));
      }),
  );

  it('is not read where keyward.yaml itself is a link that leads outside', async () => {
    const other = outside('failOn: never\n');
    const made = project({ 'a.yaml': BAD, '.git/HEAD': '' });
    symlinkSync(other.file, path.join(made.folder, 'keyward.yaml'));
    expect((await made.run(['a.yaml'])).code).toBe(1);
  });
});

describe('a template that reads outside the scan', () => {
  const nested = (url: string): string =>
    template(`  N:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ${JSON.stringify(url)}\n`);
  const include = (url: string): string =>
    template(
      `  N:\n    Fn::Transform:\n      Name: AWS::Include\n      Parameters:\n        Location: ${JSON.stringify(url)}\n`,
      plainVolume('V'),
    );
  const places: readonly [string, (other: string) => string][] = [
    ['an absolute path', (other) => other],
    ['a path that climbs', (other) => path.join('../../../../../../../../../..', other)],
    ['a file:// address', (other) => `file://${other}`],
    ['a link that leads outside', () => 'link.yaml'],
    ['a linked folder', () => 'linked/outside.yaml'],
  ];
  for (const [kind, make] of [
    ['a nested template', nested],
    ['an included file', include],
  ] as const) {
    it.each(places)(`${kind} at %s is not opened, and the gap is told`, async (_where, place) => {
      const other = outside(template(plainVolume('FromOutside'), '  Kw-Canary-Outside-1aB: {}\n'));
      const made = project({ 'stacks/a.yaml': make(place(other.file)) });
      symlinkSync(other.file, path.join(made.folder, 'stacks/link.yaml'));
      symlinkSync(other.folder, path.join(made.folder, 'stacks/linked'));
      const report = await made.report(['stacks', '--fail-on', 'never']);
      const text = JSON.stringify(report);
      expect(text).not.toContain('FromOutside');
      expect(text).not.toContain('Kw-Canary');
      expect(report.coverage.filesRead).toBe(1);
      expect(report.ran.code).toBe(3);
    });
  }

  it('one nested beside it is opened', async () => {
    const made = project({ 'stacks/a.yaml': nested('./in/b.yaml'), 'stacks/in/b.yaml': BAD });
    const report = await made.report(['stacks/a.yaml', ...TWO_RULES]);
    expect(report.findings.map(({ location }) => location.file)).toEqual(['stacks/in/b.yaml']);
  });

  it('a manifest names no file outside its assembly’s scan', async () => {
    const other = outside(template(plainVolume('FromOutside')));
    for (const templateFile of [other.file, path.relative('/', other.file).replace(/^/, '../../../../../../../../../../'), 'link.json']) {
      const made = project({
        'cdk.out/cdk.out': '{"version":"36.0.0"}',
        'cdk.out/manifest.json': JSON.stringify({
          version: '36.0.0',
          artifacts: {
            S: { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile } },
          },
        }),
      });
      symlinkSync(other.file, path.join(made.folder, 'cdk.out/link.json'));
      const report = await made.report(['cdk.out']);
      expect(JSON.stringify(report)).not.toContain('FromOutside');
      expect(report.ran.code).toBe(3);
    }
  });

  it('does not tell whether something is there', async () => {
    const made = project({ 'a.yaml': nested('/etc/hostname'), 'b.yaml': nested('/etc/there-is-no-such-file') });
    const [a, b] = [await made.report(['a.yaml']), await made.report(['b.yaml'])];
    expect(JSON.stringify(a.gaps).replaceAll('/etc/hostname', 'X').replaceAll('a.yaml', 'Y')).toBe(
      JSON.stringify(b.gaps).replaceAll('/etc/there-is-no-such-file', 'X').replaceAll('b.yaml', 'Y'),
    );
  });
});

describe('patterns that would take for ever', () => {
  it('of a user’s rule end, on a text made for them', async () => {
    const pattern = "{ AvailabilityZone: { pattern: '^(([a-z])+.)+[A-Z]([a-z])+$' } }";
    const rule = RULE.replace('{ Size: { minimum: 100 } }', () => pattern);
    const made = project({ 'own/a.yaml': rule, 'a.yaml': BAD.replace('eu-west-1a', 'a'.repeat(20_000)) });
    const report = await made.report(['a.yaml', '--rules', 'own', '--rule', 'own-volume']);
    expect(report.findings).toHaveLength(1);
  });

  it('of an AllowedPattern in a template end', async () => {
    const text = `Parameters:\n  P: { Type: String, AllowedPattern: '^(a+)+$', Default: ${'a'.repeat(5000)}! }\n${BAD.replace('eu-west-1a', '!Ref P')}`;
    expect((await project({ 'a.yaml': text }).report(['a.yaml', ...TWO_RULES])).findings).toHaveLength(1);
  });

  it('of globs in the configuration end', async () => {
    const glob = '*a'.repeat(60);
    const made = project({
      'keyward.yaml': `suppressions:\n  - { rule: '*', path: '${'**/'.repeat(200)}x', reason: r }\n  - { rule: '*', resource: '${glob}b', reason: r }\n  - { rule: '*', path: '${'{a,b}'.repeat(40)}', reason: r }\n`,
      'a.yaml': template(plainVolume('a'.repeat(200))),
    });
    expect((await made.report(['.', ...TWO_RULES])).findings).toHaveLength(1);
  });
});

describe('names made to reach what is inherited', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'])('%s is a name like any other', async (name) => {
    const made = project({
      'keyward.yaml': `parameters:\n  '**': { ${name}: x }\nsuppressions:\n  - { rule: kms-rotation-disabled, resource: ${name}x, reason: r }\n`,
      'a.yaml': `Parameters:\n  ${name}: { Type: String, Default: y }\nMappings:\n  ${name}: { ${name}: { ${name}: eu-west-1a } }\nConditions:\n  ${name}: !Equals [!Ref ${name}, x]\n${template(
        plainVolume(name)
          .replace('eu-west-1a', `!FindInMap [${name}, ${name}, ${name}]`)
          .replace(
            'Encrypted: false',
            `Encrypted: !If [${name}, false, true]\n      ${name}: !GetAtt ${name}.${name}\n      Tags: [{ Key: ${name}, Value: { ${name}: 1 } }]`,
          ),
        '  N:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./constructor\n',
        `  T:\n    Type: ${name}\n    Properties: { ${name}: 1 }\n`,
      )}`,
    });
    const report = await made.report(['a.yaml', ...TWO_RULES, '--fail-on', 'never']);
    expect([0, 3]).toContain(report.ran.code);
    expect(report.diagnostics.map(({ code }) => code)).not.toContain('internal-error');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.prototype).not.toHaveProperty('x');
  });

  it('a configuration whose __proto__ holds settings sets none of them', async () => {
    for (const config of [
      '__proto__: { failOn: never }\n',
      'rules: { __proto__: { skip: ["*"] } }\n',
      'constructor: { prototype: { failOn: never } }\n',
    ]) {
      const ran = await project({ 'keyward.yaml': config, 'a.yaml': BAD }).run(['.']);
      expect(ran.code).toBe(2);
      expect(ran.err).toMatch(/keyward\.yaml:1:\d+: .*(__proto__|constructor)/);
    }
  });

  it('no such name is a rule', async () => {
    const made = project({ 'own/a.yaml': RULE.replace('own-volume', 'constructor'), 'a.yaml': BAD });
    expect((await made.run(['a.yaml', '--rules', 'own'])).code).toBe(2);
    for (const name of ['constructor', '__proto__']) {
      expect((await made.run(['a.yaml', '--rule', name])).code).toBe(2);
      expect((await made.run(['explain', name])).code).toBe(2);
    }
  });

  it('a parameter file with such names pollutes nothing', async () => {
    const made = project({
      'a.yaml': BAD,
      'p.json': '{"__proto__": "x", "constructor": "y"}',
      'q.json': '[{"ParameterKey": "__proto__", "ParameterValue": "polluted"}]',
    });
    expect(
      (await made.run(['a.yaml', '--parameters', 'p.json', '--parameters', 'q.json', '--parameters', '__proto__=z', ...TWO_RULES])).code,
    ).toBe(1);
    expect(({} as Record<string, unknown>)['0']).toBeUndefined();
  });
});

describe('hostile text on the way to the terminal', () => {
  const ESC = '\u001b[2J\u001b]8;;https://evil.example\u0007';
  const BIDI = '\u202e\u2066';
  const dangerous = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b]/;

  it.each(['pretty', 'concise', 'markdown', 'github', 'junit'])('is written out, as %s', async (format) => {
    const made = project({
      'a.yaml': template(
        `  "V${JSON.stringify(ESC + BIDI).slice(1, -1)}":\n    Type: AWS::EC2::Volume\n    Properties:\n      Encrypted: false # ${BIDI}\n`,
        `  K: # keyward:ignore kms-rotation-disabled -- ${BIDI}reason\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: false\n`,
      ),
      [`b${BIDI}\u001b[31m.yaml`]: BAD,
      'broken.yaml': template(`  K: "\\e]0;x\\a ${BIDI}\n`),
    });
    const ran = await made.run(['scan', '.', '--format', format, '--as-of', AS_OF, '--show', 'suppressed', ...TWO_RULES]);
    expect(ran.code).toBe(1);
    expect(ran.out + ran.err).not.toMatch(dangerous);
  });

  it('is written out in complaints about configuration, rules and arguments', async () => {
    const config = project({ 'keyward.yaml': `"x${JSON.stringify(ESC + BIDI).slice(1, -1)}": 1\n`, 'a.yaml': BAD });
    const shown = project({ 'keyward.yaml': `rules: { only: ["${BIDI}"] }\naccount: "${BIDI}\\x9b"\n`, 'a.yaml': BAD });
    for (const ran of [
      await config.run(['.']),
      await shown.run(['config', 'show', '.']),
      await shown.run(['.']),
      await shown.run([`no${ESC}such.yaml`]),
    ]) {
      expect(ran.out + ran.err).not.toBe('');
      expect(ran.out + ran.err).not.toMatch(dangerous);
    }
  });

  it.each(['pretty', 'concise'])('gives GitHub’s log no command, as %s', async (format) => {
    const made = project({
      'a.yaml': template(plainVolume('V').replace('Encrypted: false', 'Encrypted: false\n      # ::error::owned\n')),
      'b.yaml': `AWSTemplateFormatVersion: [\n::warning::owned\n`,
    });
    const ran = await made.run(['scan', '.', '--format', format, ...TWO_RULES], { env: { GITHUB_ACTIONS: 'true' } });
    const [first = '', ...rest] = ran.out.trimEnd().split('\n');
    const token = /^::stop-commands::(\S{16,})$/.exec(first)?.[1];
    expect(token).toBeDefined();
    expect(rest.at(-1)).toBe(`::${token}::`);
    expect(ran.err).not.toMatch(/^::/m);
    expect((await made.run(['scan', '.', '--format', format, ...TWO_RULES])).out).not.toContain('stop-commands');
  });
});

describe('--trust-from', () => {
  const KEY = template(stillKey('K'), plainVolume('V'));
  const base = (files: Readonly<Record<string, string>>): ReturnType<typeof project> => {
    const made = project(files);
    made.git('init', '-q');
    made.commit();
    return made;
  };
  const scan = ['scan', '.', '--trust-from', 'main', ...TWO_RULES, '--fail-on', 'medium'] as const;
  const rulesFound = async (made: ReturnType<typeof project>): Promise<readonly string[]> => {
    const { findings } = await made.report(['.', '--trust-from', 'main', ...TWO_RULES, '--fail-on', 'medium']);
    return findings.map(({ rule, resource }) => `${rule} ${resource.name}`).sort();
  };
  const BOTH = ['ebs-volume-not-encrypted V', 'kms-rotation-disabled K'];

  it.each([
    [
      'a comment',
      { 'a.yaml': template(stillKey('K', ' # keyward:ignore kms-* -- mine'), plainVolume('V', ' # keyward:ignore ebs-* -- mine')) },
    ],
    ['a comment at the head of the file', { 'a.yaml': `# keyward:ignore kms-*,ebs-* -- mine\n${KEY}` }],
    [
      'Metadata',
      { 'a.yaml': KEY.replace('  K:\n', '  K:\n    Metadata: { keyward: { ignore: [{ rule: kms-rotation-disabled, reason: mine }] } }\n') },
      ['ebs-volume-not-encrypted V', 'kms-rotation-disabled K'],
    ],
    [
      'a configuration',
      { 'keyward.yaml': 'failOn: never\nsuppressions: [{ rule: "*", reason: mine }]\nrules: { skip: [kms-policy-wildcard-principal] }\n' },
    ],
    ['a deeper configuration', { 'stacks/keyward.yaml': 'suppressions: [{ rule: "*", reason: mine }]\n' }],
  ])('takes no new excuse: %s', async (_what, change) => {
    const made = base({ 'a.yaml': KEY });
    for (const [file, text] of Object.entries(change as Record<string, string>)) made.write(file, text);
    expect(await rulesFound(made)).toEqual(BOTH);
    expect((await made.run(scan)).code).toBe(1);
    made.commit();
    made.git('checkout', '-q', '-b', 'change');
    made.git('update-ref', 'refs/heads/main', 'HEAD~1');
    expect((await made.run(scan)).code).toBe(1);
  });

  it('takes no new baseline, by option or by configuration', async () => {
    const made = base({ 'a.yaml': KEY, 'keyward.yaml': 'baseline: accepted.json\n', 'accepted.json': '{"schemaVersion":1,"findings":[]}' });
    await made.run(['baseline', 'create', '.', '--baseline', 'accepted.json']);
    await made.run(['baseline', 'create', '.', '--baseline', 'other.json']);
    expect((await made.report(['.', ...TWO_RULES])).findings).toEqual([]);
    expect(await rulesFound(made)).toEqual(BOTH);
    const ran = await made.run([...scan, '--baseline', 'other.json']);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('There is no baseline other.json');
  });

  it('says which suppression is not trusted', async () => {
    const made = base({ 'a.yaml': KEY });
    made.write('a.yaml', template(stillKey('K', ' # keyward:ignore kms-* -- mine'), plainVolume('V')));
    const { diagnostics } = await made.report(['.', '--trust-from', 'main', ...TWO_RULES]);
    expect(diagnostics).toMatchObject([{ code: 'suppression-untrusted', level: 'warning', file: 'a.yaml', at: { line: 6 } }]);
  });

  it('keeps the excuses that the revision holds, also where lines have moved', async () => {
    const excused = template(stillKey('K', ' # keyward:ignore kms-* -- agreed'), plainVolume('V'));
    const made = base({ 'a.yaml': excused, 'keyward.yaml': 'suppressions: [{ rule: ebs-*, reason: agreed }]\n' });
    made.write('a.yaml', excused.replace('Resources:\n', 'Description: moved\nResources:\n'));
    made.write('keyward.yaml', 'failOn: never\n');
    expect(await rulesFound(made)).toEqual([]);
    expect((await made.run(scan)).code).toBe(0);
  });

  it.each([
    ['to another resource', template(stillKey('K'), stillKey('L', ' # keyward:ignore kms-* -- agreed'))],
    [
      'as a copy, to another resource',
      template(stillKey('K', ' # keyward:ignore kms-* -- agreed'), stillKey('L', ' # keyward:ignore kms-* -- agreed')),
    ],
    ['with another reason', template(stillKey('K', ' # keyward:ignore kms-* -- really agreed'), stillKey('L'))],
    ['with a later end', template(stillKey('K', ' # keyward:ignore kms-* until 2030-01-01 -- agreed'), stillKey('L'))],
    ['with more rules', template(stillKey('K', ' # keyward:ignore * -- agreed'), stillKey('L'))],
    ['up to the whole resource', template(stillKey('K').replace('  K:', '  K: # keyward:ignore kms-* -- agreed'), stillKey('L'))],
  ])('takes a suppression that moved %s as new', async (_what, text) => {
    const made = base({ 'a.yaml': template(stillKey('K', ' # keyward:ignore kms-* -- agreed'), stillKey('L')) });
    expect(await rulesFound(made)).toEqual(['kms-rotation-disabled L']);
    made.write('a.yaml', text);
    const isCopy = text.includes('L:') && text.split('agreed').length === 3;
    expect(await rulesFound(made)).toEqual(isCopy ? ['kms-rotation-disabled L'] : ['kms-rotation-disabled K', 'kms-rotation-disabled L']);
  });

  it('takes a second equal suppression in one resource as new, and with it the first: nobody can tell them apart', async () => {
    const statement = (comment: string): string =>
      `          - Effect: Allow\n            Action: kms:*\n            Resource: '*'\n            Principal: '*'${comment}\n`;
    const key = (...statements: readonly string[]): string =>
      template(
        `  K:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: true\n      KeyPolicy:\n        Statement:\n${statements.join('')}`,
      );
    const excuse = ' # keyward:ignore kms-policy-wildcard-principal -- agreed';
    const made = base({ 'a.yaml': key(statement(excuse)) });
    const only = ['.', '--trust-from', 'main', '--rule', 'kms-policy-wildcard-principal'];
    expect((await made.report(only)).findings).toHaveLength(0);
    made.write('a.yaml', key(statement(excuse), statement(excuse)));
    expect((await made.report(only)).findings).toHaveLength(2);
  });

  it('takes suppressions of new files as new', async () => {
    const made = base({ 'a.yaml': CLEAN });
    made.write('b.yaml', template(stillKey('K', ' # keyward:ignore kms-* -- mine')));
    expect(await rulesFound(made)).toEqual(['kms-rotation-disabled K']);
  });

  it('refuses a revision that is not there, or that would be an option of git', async () => {
    const made = base({ 'a.yaml': KEY });
    for (const revision of ['origin/nowhere', '--help', '--output=x', 'main:a.yaml']) {
      const ran = await made.run(['scan', '.', `--trust-from=${revision}`]);
      expect(ran.code).toBe(2);
      expect(ran.err).toContain('There is no revision');
    }
    expect(existsSync(path.join(made.folder, 'x'))).toBe(false);
  });
});

it('a scan writes nothing but what it is asked to', async () => {
  const made = project({ 'a.yaml': BAD });
  await made.run(['.']);
  expect(readFileSync(path.join(made.folder, 'a.yaml'), 'utf8')).toBe(BAD);
  const { coverage } = await made.report(['.']);
  expect([coverage.filesRead, coverage.skipped.length, coverage.otherFiles]).toEqual([1, 0, 0]);
});
