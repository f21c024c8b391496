import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLEAN, plainVolume, project, TWO_RULES, template } from '../cli/project.js';

const BAD = template(plainVolume('V'));
const CHART = 'apiVersion: v2\nname: chart\n';

/** File of each finding, sorted. */
async function foundIn(files: ReturnType<typeof project>, args: readonly string[], from?: string): Promise<readonly string[]> {
  const report = await files.report([...args, ...TWO_RULES], from === undefined ? {} : { from });
  return report.findings.map(({ location }) => location.file ?? '').sort();
}

describe('finding templates', () => {
  it('walks folders by every name a template has, and reads each file once', async () => {
    const files = project({
      'a.yaml': BAD,
      'b.yml': BAD,
      'deep/er/c.template': BAD,
      'deep/d.json': JSON.stringify({ Resources: { V: { Type: 'AWS::EC2::Volume', Properties: { Encrypted: false } } } }),
      'e.txt': BAD,
      'node_modules/x/f.yaml': BAD,
      '.hidden/g.yaml': BAD,
    });
    expect(await foundIn(files, ['.', 'deep', 'a.yaml'])).toEqual([
      '.hidden/g.yaml',
      'a.yaml',
      'b.yml',
      'deep/d.json',
      'deep/er/c.template',
    ]);
  });

  it.each([
    ['*.yaml', ['a.yaml']],
    ['**/*.yaml', ['a.yaml', 'x/b.yaml', 'x/y/c.yaml']],
    ['x/*.yaml', ['x/b.yaml']],
    ['x/{b,none}.yaml', ['x/b.yaml']],
    ['x/?.yaml', ['x/b.yaml']],
  ])('takes the pattern %s', async (pattern, expected) => {
    expect(await foundIn(project({ 'a.yaml': BAD, 'x/b.yaml': BAD, 'x/y/c.yaml': BAD }), [pattern])).toEqual(expected);
  });

  it('reads standard input under the name it is given', async () => {
    const files = project();
    const named = await files.report(['-', '--stdin-filename', 'stacks/a.yaml', ...TWO_RULES], { stdin: BAD });
    expect(named.findings.map(({ location }) => location.file)).toEqual(['stacks/a.yaml']);
    expect(named.findings[0]?.location.frame?.lines.map(({ text }) => text.trim())).toContain('Encrypted: false');
    expect((await files.run(['-'], { stdin: 'a: 1\n' })).code).toBe(3);
    expect((await files.run(['-'], { stdin: '' })).code).toBe(3);
  });

  it('names files from the root of the repository, from wherever it runs', async () => {
    const files = project({ 'stacks/a.yaml': BAD, '.git/HEAD': '' });
    expect(await foundIn(files, ['.'], 'stacks')).toEqual(['stacks/a.yaml']);
    expect(await foundIn(files, ['stacks/a.yaml'])).toEqual(['stacks/a.yaml']);
  });

  it('lists what is no template as skipped, and takes it as an error where it was named', async () => {
    const files = project({ 'a.yaml': CLEAN, 'chart.yaml': CHART, 'data.json': '[1, 2]', 'empty.yaml': '' });
    const met = await files.report(['.']);
    expect(met.ran.code).toBe(0);
    expect(met.coverage.skipped.map(({ file }) => file)).toEqual(['chart.yaml', 'data.json', 'empty.yaml']);
    const named = await files.report(['a.yaml', 'chart.yaml']);
    expect(named.ran.code).toBe(3);
    expect(named.diagnostics).toMatchObject([{ level: 'error', file: 'chart.yaml', help: expect.stringMatching(/./) }]);
  });

  it('takes a broken file as an error where it looks like a template, as skipped where not', async () => {
    const files = project({
      'good.yaml': BAD,
      'broken.yaml': `AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  K: [\n`,
      'broken.json': '{"Resources": {"K": {"Type": "AWS::KMS::Key",}}',
      'sam.yaml': 'Transform: AWS::Serverless-2016-10-31\nResources: {a: ]\n',
      'values.yaml': 'a: {{ .Values.name }}\nb: [',
    });
    const report = await files.report(['.', ...TWO_RULES]);
    expect(report.ran.code).toBe(1);
    expect(report.findings).toHaveLength(1);
    expect(report.diagnostics.map(({ file, level }) => [file, level])).toEqual([
      ['broken.json', 'error'],
      ['broken.yaml', 'error'],
      ['sam.yaml', 'error'],
    ]);
    for (const { at, help } of report.diagnostics) {
      expect(at?.line).toBeGreaterThan(0);
      expect(help).toBeTruthy();
    }
    expect(report.coverage.skipped.map(({ file }) => file)).toEqual(['values.yaml']);
    expect((await files.report(['.', '--fail-on', 'never'])).ran.code).toBe(3);
  });
});

describe('what git ignores', () => {
  const files = (): ReturnType<typeof project> => {
    const made = project({
      '.gitignore': 'out/\n*.gen.yaml\n!keep.gen.yaml\ncdk.out/\n',
      'a.yaml': BAD,
      'loose.gen.yaml': BAD,
      'keep.gen.yaml': BAD,
      'tracked.gen.yaml': BAD,
      'out/loose.yaml': BAD,
      'out/tracked.yaml': BAD,
      'sub/.gitignore': 'x.yaml\n',
      'sub/x.yaml': BAD,
      'cdk.out/cdk.out': '{"version":"36.0.0"}',
      'cdk.out/manifest.json': JSON.stringify({
        version: '36.0.0',
        artifacts: {
          S: {
            type: 'aws:cloudformation:stack',
            environment: 'aws://unknown-account/unknown-region',
            properties: { templateFile: 'S.template.json' },
          },
        },
      }),
      'cdk.out/S.template.json': JSON.stringify({ Resources: { V: { Type: 'AWS::EC2::Volume', Properties: { Encrypted: false } } } }),
    });
    made.git('init', '-q');
    made.git('add', '-f', 'a.yaml', 'tracked.gen.yaml', 'out/tracked.yaml', '.gitignore', 'sub/.gitignore');
    return made;
  };

  it('is left out where loose, and read where tracked, named, or a cloud assembly', async () => {
    const made = files();
    expect(await foundIn(made, ['.'])).toEqual([
      'a.yaml',
      'cdk.out/S.template.json',
      'keep.gen.yaml',
      'out/tracked.yaml',
      'tracked.gen.yaml',
    ]);
    expect(await foundIn(made, ['out/loose.yaml', 'loose.gen.yaml'])).toEqual(['loose.gen.yaml', 'out/loose.yaml']);
    const { coverage } = await made.report(['.', ...TWO_RULES]);
    expect(coverage.skipped).toEqual([
      { file: '.git/', reason: 'git’s own files' },
      { file: 'loose.gen.yaml', reason: 'ignored by .gitignore' },
      { file: 'out/loose.yaml', reason: 'ignored by .gitignore' },
      { file: 'sub/x.yaml', reason: 'ignored by .gitignore' },
    ]);
  });

  it('reads all of an ignored folder that is named itself', async () => {
    expect(await foundIn(files(), ['out'])).toEqual(['out/loose.yaml', 'out/tracked.yaml']);
  });
});

describe('what is not a plain file', () => {
  it('does not follow symbolic links, and says so', async () => {
    const files = project({ 'real/a.yaml': BAD, 'in/b.yaml': CLEAN });
    symlinkSync(path.join(files.folder, 'real'), path.join(files.folder, 'in/linked'));
    symlinkSync(path.join(files.folder, 'real/a.yaml'), path.join(files.folder, 'in/linked.yaml'));
    symlinkSync(path.join(files.folder, 'in'), path.join(files.folder, 'in/circle'));
    const report = await files.report(['in', ...TWO_RULES]);
    expect(report.findings).toEqual([]);
    expect(report.coverage.skipped.map(({ file, reason }) => `${file}: ${reason}`)).toEqual([
      'in/circle: symbolic link',
      'in/linked: symbolic link',
      'in/linked.yaml: symbolic link',
    ]);
  });

  it('tells of a pipe that was named, and does not wait for it', async () => {
    const files = project({ 'a.yaml': BAD });
    execFileSync('mkfifo', [path.join(files.folder, 'pipe.yaml')]);
    const report = await files.report(['a.yaml', 'pipe.yaml', ...TWO_RULES]);
    expect(report.findings).toHaveLength(1);
    expect(report.diagnostics).toMatchObject([{ code: 'file-unreadable', file: 'pipe.yaml', level: 'error' }]);
    expect((await files.report(['.', ...TWO_RULES])).coverage.skipped).toEqual([{ file: 'pipe.yaml', reason: 'not a regular file' }]);
  });

  // Root may read everything.
  it.skipIf(process.getuid?.() === 0)('tells of a file and a folder that may not be read, and judges the rest', async () => {
    const files = project({ 'a.yaml': BAD, 'shut.yaml': BAD });
    mkdirSync(path.join(files.folder, 'shut'));
    chmodSync(path.join(files.folder, 'shut.yaml'), 0);
    chmodSync(path.join(files.folder, 'shut'), 0);
    const report = await files.report(['.', ...TWO_RULES]);
    chmodSync(path.join(files.folder, 'shut'), 0o700);
    expect(report.findings).toHaveLength(1);
    expect(report.diagnostics.map(({ code, file }) => [code, file])).toEqual([
      ['folder-unreadable', 'shut'],
      ['file-unreadable', 'shut.yaml'],
    ]);
  });
});

describe('input that cannot be judged', () => {
  const deep = (open: string, close: string): string =>
    `{"Resources": {"K": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": ${open.repeat(5000)}1${close.repeat(5000)}}}}}`;
  const bomb = [
    "AWSTemplateFormatVersion: '2010-09-09'",
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...[...'bcdefghij'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]`),
    'Resources: { K: { Type: AWS::KMS::Key, Properties: { KeyPolicy: *j } } }',
  ].join('\n');
  const cases: readonly [string, string, string | Uint8Array, RegExp, boolean][] = [
    // name, file, content, code of the diagnostic, has it a line
    ['text that is no UTF-8', 'a.yaml', Buffer.concat([Buffer.from(BAD), Buffer.from([0xff, 0xc3, 0x28])]), /^not-text$/, false],
    ['an empty file that is named', 'a.yaml', '', /^empty-file$/, true],
    [
      'a larger file than the limit',
      'a.json',
      Buffer.concat([Buffer.from('{"Resources": {}, "Description": "'), Buffer.alloc(50_000_000, 97), Buffer.from('"}')]),
      /^file-too-large$/,
      false,
    ],
    ['a list where Resources should be a map', 'a.yaml', 'Resources:\n  - Type: AWS::KMS::Key\n', /./, true],
    ['a text where a resource should be', 'a.yaml', "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  K: AWS::KMS::Key\n", /./, true],
    ['JSON nested without end', 'a.json', deep('[', ']'), /./, true],
    ['YAML nested without end', 'a.yaml', deep('[', ']'), /./, true],
    ['aliases that multiply', 'a.yaml', bomb, /alias/, true],
    [
      'references in a circle',
      'a.yaml',
      template(
        '  A:\n    Type: AWS::KMS::Key\n    Properties:\n      Description: !Ref B\n',
        '  B:\n    Type: AWS::KMS::Key\n    Properties:\n      Description: !Ref A\n',
      ),
      /cyclic/,
      true,
    ],
    [
      'conditions in a circle',
      'a.yaml',
      `Conditions:\n  A: !Not [!Condition B]\n  B: !Not [!Condition A]\n${template(plainVolume('V'))}`,
      /cyclic/,
      true,
    ],
    ['a tab as indentation', 'a.yaml', "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n\tK: 1\n", /syntax/, true],
  ];
  it.each(cases)('%s: one diagnostic, every other file judged, exit 3', async (_what, file, content, code, hasLine) => {
    const files = project({ [file]: content, 'z.yaml': BAD });
    const report = await files.report([file, 'z.yaml', '--fail-on', 'never', ...TWO_RULES]);
    expect(report.ran.code).toBe(3);
    const errors = report.diagnostics.filter(({ level }) => level === 'error');
    expect(errors.map(({ code, message }) => `${code}: ${message}`)).toHaveLength(1);
    const [error] = errors;
    expect(error?.code).toMatch(code);
    expect(error).toMatchObject({ file, help: expect.stringMatching(/\w/) });
    if (hasLine) expect(error?.at).toEqual({ line: expect.any(Number), column: expect.any(Number) });
    expect(report.findings.map(({ location }) => location.file)).toContain('z.yaml');
    expect(report.ran.err).toContain(hasLine ? `${file}:${error?.at?.line}:${error?.at?.column}: ` : `${file}: `);
  });

  it('says the size, the limit and its flag, which can be raised and lowered', async () => {
    const files = project({ 'a.yaml': BAD });
    const report = await files.report(['a.yaml', '--max-template-bytes', '100']);
    expect(report.ran.code).toBe(3);
    expect(report.diagnostics[0]?.message).toContain(`${BAD.length} bytes`);
    expect(report.diagnostics[0]?.help).toContain(`--max-template-bytes ${BAD.length}`);
    expect((await files.report(['a.yaml', '--max-template-bytes', String(BAD.length)])).ran.code).toBe(1);
  });

  it('judges a template with a key that is there twice, by the last, with a warning', async () => {
    const report = await project({ 'a.yaml': template(plainVolume('V').replace('Size: 8', 'Encrypted: true')) }).report([
      'a.yaml',
      ...TWO_RULES,
    ]);
    expect(report.findings).toHaveLength(1);
    expect(report.diagnostics).toMatchObject([{ level: 'warning', code: 'duplicate-key', file: 'a.yaml', at: { line: 7, column: 7 } }]);
  });
});
