import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { AS_OF, CLEAN, type Project, plainVolume, project, stillKey, TWO_RULES, template } from '../cli/project.js';
import { buildIfStale, ROOT } from '../setup/build.js';

const KEYWARD = path.join(ROOT, 'bin/keyward.js');

beforeAll(() => buildIfStale(), 180_000);

/** As many templates as it takes for several batches a thread: nested, exporting, importing, broken, with parameters and suppressions. */
function manyTemplates(): Project {
  const files: Record<string, string> = { 'chart.yaml': 'apiVersion: v2\n', 'broken.yaml': 'AWSTemplateFormatVersion: [\n' };
  for (let index = 0; index < 130; index += 1) {
    const folder = `stacks/${String(index % 7)}`;
    const key = stillKey(`Key${index}`, index % 5 === 0 ? ' # keyward:ignore kms-rotation-disabled -- r' : '');
    const volume = plainVolume(`Volume${index}`).replace('false', index % 3 === 0 ? '!Ref On' : 'false');
    const parts = [key, volume];
    if (index % 11 === 0)
      parts.push(`  Nested:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./nested-${index}.yaml\n`);
    if (index % 13 === 1)
      parts.push(`  Topic:\n    Type: AWS::SNS::Topic\n    Properties:\n      KmsMasterKeyId: !ImportValue key-${index - 1}\n`);
    const outputs = index % 13 === 0 ? `Outputs:\n  Key:\n    Value: !GetAtt Key${index}.Arn\n    Export: { Name: key-${index} }\n` : '';
    files[`${folder}/${index}.yaml`] =
      `Parameters:\n  On: { Type: String, AllowedValues: ['true', 'false'] }\n${template(...parts)}${outputs}`;
    if (index % 11 === 0) files[`${folder}/nested-${index}.yaml`] = template(plainVolume('Inner'));
  }
  return project(files);
}

const FORMATS = ['json', 'sarif', 'html'];

async function reports(made: Project, jobs: string): Promise<readonly string[]> {
  const outputs = FORMATS.flatMap((format) => ['--output', `${format}=../${path.basename(made.folder)}-${jobs}.${format}`]);
  const ran = await made.run(['scan', '.', '--as-of', AS_OF, '--jobs', jobs, '--quiet', ...outputs]);
  expect(ran.code, ran.err).toBe(1);
  return FORMATS.map((format) => {
    const file = path.join(made.folder, '..', `${path.basename(made.folder)}-${jobs}.${format}`);
    const text = readFileSync(file, 'utf8');
    execFileSync('rm', [file]);
    return text;
  });
}

describe('the same tree', () => {
  it('gives the same bytes for 1, 2 and 8 threads, and from run to run', async () => {
    const made = manyTemplates();
    const one = await reports(made, '1');
    const report = JSON.parse(one[0] ?? '');
    expect(report.findings.length).toBeGreaterThan(150);
    expect(report.undecided.length).toBeGreaterThan(20);
    expect(report.suppressed.length).toBeGreaterThan(20);
    for (const jobs of ['2', '8', '1']) {
      const others = await reports(made, jobs);
      for (const [index, text] of others.entries()) expect(text === one[index], `${FORMATS[index]} with ${jobs} threads`).toBe(true);
    }
  });

  it('gives the same bytes by the command itself', () => {
    const made = manyTemplates();
    const scan = (jobs: string): string =>
      spawnSync(process.execPath, [KEYWARD, 'scan', '.', '--format', 'json', '--as-of', AS_OF, '--jobs', jobs], {
        cwd: made.folder,
        encoding: 'utf8',
        maxBuffer: 1e9,
      }).stdout;
    const one = scan('1');
    expect(JSON.parse(one).findings.length).toBeGreaterThan(150);
    expect(scan('2') === one).toBe(true);
  });
});

describe('a thread that dies', () => {
  const rule = `id: own-check
title: Own check
severity: high
resource: AWS::EC2::Volume
sources: [cloudformation]
check: own
message: Volume {name} was looked at.
why: It is a test.
fix: { text: Nothing., manual: none }
`;
  const files = (check: string): Project => {
    const made = project({ 'own/a.yaml': rule, 'own/own.mjs': check });
    for (let index = 0; index < 30; index += 1)
      made.write(`stacks/${String(index).padStart(2, '0')}.yaml`, template(plainVolume(index === 17 ? 'Deadly' : `V${index}`)));
    return made;
  };
  const args = ['stacks', '--rules', 'own', '--allow-rule-code', '--rule', 'own-check', '--jobs', '2'];
  const FAIL = '[{ kind: "fail", spot: { path: [] } }]';

  it('is replaced; its unit is tried again alone, then reported; every other file is judged', async () => {
    const made = files(`export const check = (resource) => { if (resource.name === 'Deadly') process.exit(1); return ${FAIL}; };\n`);
    const report = await made.report([...args, '--fail-on', 'never']);
    expect(report.diagnostics.map(({ code, file }) => `${code} ${file}`)).toEqual(['worker-lost stacks/17.yaml']);
    expect(report.diagnostics[0]?.help).toMatch(/\w/);
    expect(report.findings).toHaveLength(29);
    expect(report.ran.code).toBe(3);
    expect((await made.report([...args])).ran.code).toBe(1);
  });

  it('once is not noticed: the second try answers', async () => {
    const made = files('');
    const mark = JSON.stringify(path.join(made.folder, 'died'));
    made.write(
      'own/own.mjs',
      `import { existsSync, writeFileSync } from 'node:fs';\nexport const check = (resource) => {\n  if (resource.name === 'Deadly' && !existsSync(${mark})) { writeFileSync(${mark}, ''); process.exit(1); }\n  return ${FAIL};\n};\n`,
    );
    const report = await made.report(args);
    expect([report.diagnostics, report.findings.length]).toEqual([[], 30]);
  });
});

describe('an interrupted process', () => {
  it('exits 130 with what was done, as a report', async () => {
    const made = project({
      'own/a.yaml': `id: own-slow\ntitle: Slow\nseverity: low\nresource: AWS::EC2::Volume\nsources: [cloudformation]\ncheck: own\nmessage: '{name}'\nwhy: It is a test.\nfix: { text: Nothing., manual: none }\n`,
      // The third file interrupts the process, as a user would, and leaves the turn to the signal.
      'own/own.mjs': `let seen = 0;\nexport const check = () => {\n  seen += 1;\n  if (seen === 3) process.kill(process.pid, 'SIGINT');\n  const end = performance.now() + 40;\n  while (performance.now() < end);\n  return [{ kind: 'fail', spot: { path: [] } }];\n};\n`,
    });
    for (let index = 0; index < 40; index += 1) made.write(`stacks/${index}.yaml`, template(plainVolume('V')));
    const child = spawn(
      process.execPath,
      [KEYWARD, 'scan', 'stacks', '--rules', 'own', '--allow-rule-code', '--rule', 'own-slow', '--format', 'json'],
      { cwd: made.folder },
    );
    const out: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    const code = await new Promise((done) => child.on('close', done));
    const report = JSON.parse(Buffer.concat(out).toString('utf8'));
    expect(code).toBe(130);
    expect(report.summary.exitCode).toBe(130);
    expect(report.findings.length).toBeGreaterThanOrEqual(3);
    expect(report.findings.length).toBeLessThan(40);
  });
});

describe('the command as a process', () => {
  it.each([
    [0, ['clean.yaml'], ''],
    [1, ['bad.yaml'], ''],
    [1, ['-'], template(plainVolume('V'))],
    [2, ['nowhere.yaml'], ''],
    [3, ['-'], 'AWSTemplateFormatVersion: ['],
  ] as const)('exits %i for %j', (code, args, input) => {
    const made = project({ 'clean.yaml': CLEAN, 'bad.yaml': template(plainVolume('V')) });
    const ran = spawnSync(process.execPath, [KEYWARD, 'scan', ...args, ...TWO_RULES], { cwd: made.folder, input });
    expect(ran.status, ran.stderr.toString()).toBe(code);
  });

  it('prints its version as package.json has it, without loading anything else', () => {
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    expect(execFileSync(process.execPath, [KEYWARD, '--version'], { encoding: 'utf8' })).toBe(`${version}\n`);
  });

  it('ends quietly where its reader does', () => {
    const made = project({ 'bad.yaml': template(...Array.from({ length: 400 }, (_, index) => plainVolume(`V${index}`))) });
    const ran = spawnSync('bash', ['-c', `${process.execPath} ${KEYWARD} scan bad.yaml | head -1`], { cwd: made.folder, encoding: 'utf8' });
    expect(ran.stderr).toBe('');
  });
});
