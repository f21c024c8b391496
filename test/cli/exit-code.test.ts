import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/report/index.js';
import { AS_OF, CLEAN, plainVolume, project, stillKey, template } from './project.js';

const BROKEN = 'AWSTemplateFormatVersion: "2010-09-09"\nResources: {\n';
const CRASHING_RULE = `id: own-crash
title: Breaks off
severity: low
resource: AWS::EC2::Volume
sources: [cloudformation]
check: crash
message: '{name}'
why: It is a test.
fix: { text: Nothing., manual: none }
`;

describe('the exit code', () => {
  const cases: readonly [string, number, Record<string, string>, readonly string[]][] = [
    ['nothing found', 0, { 'a.yaml': CLEAN }, []],
    ['a finding below the threshold', 0, { 'a.yaml': template(stillKey('K')) }, ['--rule', 'kms-rotation-disabled']],
    ['a finding at the threshold', 1, { 'a.yaml': template(stillKey('K')) }, ['--rule', 'kms-rotation-disabled', '--fail-on', 'medium']],
    ['a finding above the threshold', 1, { 'a.yaml': template(plainVolume('V')) }, []],
    ['findings with --fail-on never', 0, { 'a.yaml': template(plainVolume('V')) }, ['--fail-on', 'never']],
    ['a file that cannot be read as what it looks like', 3, { 'a.yaml': CLEAN, 'b.yaml': BROKEN }, []],
    ['findings beside such a file', 1, { 'a.yaml': template(plainVolume('V')), 'b.yaml': BROKEN }, []],
  ];
  for (const [what, code, files, args] of cases) {
    it.each(FORMATS)(`is ${code} for ${what}, as %s`, async (format) => {
      const ran = await project(files).run(['scan', '.', '--format', format, '--as-of', AS_OF, ...args]);
      expect(ran.code, ran.err).toBe(code);
    });
  }

  it('is 1 for an undecided verdict only where that is asked for', async () => {
    const open = `Parameters:\n  On: { Type: String, AllowedValues: ['true', 'false'] }\n${template(plainVolume('V').replace('false', '!Ref On'))}`;
    const files = project({ 'a.yaml': open });
    expect((await files.run(['a.yaml'])).code).toBe(0);
    expect((await files.run(['a.yaml', '--fail-on-undecided', 'critical', '--rule', 'ebs-volume-not-encrypted'])).code).toBe(0);
    expect((await files.run(['a.yaml', '--fail-on-undecided', 'high', '--rule', 'ebs-volume-not-encrypted'])).code).toBe(1);
  });

  it.each([
    ['a path that is not there', ['nowhere.yaml'], 'nowhere.yaml'],
    ['a folder without templates', ['empty'], 'No template was found'],
    ['a pattern that matches nothing', ['empty/*.yaml'], 'No template was found'],
    ['no path at all', ['scan'], "missing required argument 'path'"],
    ['no command at all', [], 'Usage: keyward'],
    ['an unknown option', ['.', '--no-such'], "unknown option '--no-such'"],
    ['an unknown command', ['scna'], "unknown command 'scna'"],
    ['an unknown format', ['.', '--format', 'xml'], 'Formats: pretty, concise, json, sarif, html, junit, markdown, github'],
    ['an unknown severity', ['.', '--fail-on', 'severe'], '--fail-on takes critical, high, medium, low, note, never, not severe.'],
    ['never as a filter', ['.', '--min-severity', 'never'], '--min-severity takes critical, high, medium, low, note, not never.'],
    ['an unknown undecided severity', ['.', '--fail-on-undecided', 'x'], '--fail-on-undecided takes critical'],
    ['a rule that is not there', ['.', '--rule', 'kms-rotaton-disabled'], 'kms-rotaton-disabled'],
    ['a left-out rule that is not there', ['.', '--skip-rule', 'no-*-such'], 'no-*-such'],
    ['a day that is none', ['.', '--as-of', '2026-02-30'], '--as-of takes a day, YYYY-MM-DD, not 2026-02-30.'],
    ['no number of threads', ['.', '--jobs', 'many'], '--jobs takes a whole number from 1, not many.'],
    ['an output without a file', ['.', '--output', 'sarif'], '--output takes FORMAT=FILE, not sarif.'],
    ['an output of no format', ['.', '--output', 'xml=a'], 'There is no format xml.'],
    ['something else to show', ['.', '--show', 'everything'], '--show takes suppressed, undecided and passed, not everything.'],
    ['another way to split', ['.', '--sarif-split', 'count'], '--sarif-split takes service, not count.'],
    ['another colour', ['.', '--color', 'blue'], '--color takes auto, always or never, not blue.'],
    ['code without a folder', ['.', '--allow-rule-code'], '--allow-rule-code goes with --rules DIR.'],
    ['a rule folder that is not there', ['.', '--rules', 'no-rules'], 'The rule folder is not there.'],
    ['a baseline that is not there', ['.', '--baseline', 'no.json'], 'There is no baseline no.json.'],
    ['a configuration that is not there', ['.', '--config', 'no.yaml'], 'There is no configuration no.yaml.'],
    ['a parameter file that is not there', ['.', '--parameters', 'no.json'], 'There is no parameter file no.json.'],
    ['trust without a repository', ['.', '--trust-from', 'main'], '--trust-from needs a git repository'],
    ['a rule to explain that is not there', ['explain', 'kms-nothing'], 'There is no rule kms-nothing.'],
    ['a report that is not there', ['report', 'no.json'], 'There is no report no.json.'],
  ])('is 2 for %s, said on standard error alone', async (_what, args, said) => {
    const files = project({ 'a.yaml': CLEAN, 'empty/readme.md': '#' });
    const ran = await files.run(args);
    expect(ran.code).toBe(2);
    expect(ran.out).toBe('');
    expect(ran.err).toContain(said);
  });

  it('is 4 where a check breaks off, and no word of what was scanned is in what it says', async () => {
    const canary = 'Kw-Canary-Crash-1aB';
    const files = project({
      'a.yaml': template(plainVolume('V').replace('eu-west-1a', canary)),
      'own/crash.yaml': CRASHING_RULE,
      'own/crash.mjs': 'export const check = (resource) => { throw new TypeError(JSON.stringify(resource.properties)); };\n',
    });
    const args = ['a.yaml', '--rules', 'own', '--allow-rule-code', '--rule', 'own-crash'];
    for (const format of FORMATS) {
      const ran = await files.run([...args, '--format', format]);
      expect(ran.code, ran.err).toBe(4);
      expect(ran.out + ran.err).not.toContain(canary);
      expect(ran.err).toContain('The rule own-crash broke off with TypeError');
    }
  });

  it('is 2 for code that cannot be loaded, without the text of its error', async () => {
    const files = project({
      'a.yaml': template(plainVolume('V')),
      'own/crash.yaml': CRASHING_RULE,
      'own/crash.mjs': 'throw new RangeError("Kw-Canary-Load-1aB");\n',
    });
    const ran = await files.run(['a.yaml', '--rules', 'own', '--allow-rule-code']);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('The module can’t be loaded (RangeError).');
    expect(ran.err).not.toContain('Kw-Canary');
  });

  it('is 130 when interrupted, with a report of what was done', async () => {
    const stop = new AbortController();
    stop.abort();
    const ran = await project({ 'a.yaml': template(plainVolume('V')) }).run(['a.yaml', '--format', 'json'], { signal: stop.signal });
    expect(ran.code).toBe(130);
    expect(JSON.parse(ran.out)).toMatchObject({ findings: [], summary: { exitCode: 130 }, coverage: { scopes: 0 } });
    expect(ran.err).toContain('interrupted: 0 templates were judged');
  });

  it('is 0 for help and version', async () => {
    const files = project();
    for (const args of [['--help'], ['scan', '--help'], ['--version'], ['help', 'scan'], ['baseline', 'create', '--help']])
      expect((await files.run(args)).code, args.join(' ')).toBe(0);
  });
});
