import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/index.js';
import { AS_OF, CLEAN, plainVolume, project, stillKey, TWO_RULES, template } from '../cli/project.js';

const KEY_AND_VOLUME = template(stillKey('K'), plainVolume('V'));

/** `rule name` of each, sorted. */
const names = (findings: Report['findings']): readonly string[] =>
  findings.map(({ rule, resource }) => `${rule.slice(0, 3)} ${resource.name}`).sort();
const codes = ({ diagnostics }: Report): readonly string[] => diagnostics.map(({ code }) => code);

describe('a suppression in a comment', () => {
  const both = ['ebs V', 'kms K'];
  const cases: readonly [string, string, readonly string[]][] = [
    // what, template, what stays active
    ['on the line of the property', template(stillKey('K', ' # keyward:ignore kms-rotation-disabled -- r'), plainVolume('V')), ['ebs V']],
    [
      'on the line above the property',
      KEY_AND_VOLUME.replace('      EnableKey', '      # keyward:ignore kms-rotation-disabled -- r\n      EnableKey'),
      ['ebs V'],
    ],
    [
      'above, with another comment between',
      KEY_AND_VOLUME.replace('      EnableKey', '      # keyward:ignore kms-rotation-disabled -- r\n      # more\n\n      EnableKey'),
      ['ebs V'],
    ],
    ['on the logical id', KEY_AND_VOLUME.replace('  K:', '  K: # keyward:ignore kms-rotation-disabled -- r'), ['ebs V']],
    ['above the logical id', KEY_AND_VOLUME.replace('  K:', '  # keyward:ignore kms-rotation-disabled -- r\n  K:'), ['ebs V']],
    [
      'on Properties',
      KEY_AND_VOLUME.replace('    Properties:\n      Enable', '    Properties: # keyward:ignore kms-rotation-disabled -- r\n      Enable'),
      ['ebs V'],
    ],
    ['at the head of the file', `# keyward:ignore kms-rotation-disabled,ebs-volume-not-encrypted -- r\n${KEY_AND_VOLUME}`, []],
    ['at the head, behind a document mark', `---\n# a\n# keyward:ignore ebs-volume-not-encrypted -- r\n${KEY_AND_VOLUME}`, ['kms K']],
    ['by a glob', `# keyward:ignore *-not-encrypted -- r\n${KEY_AND_VOLUME}`, ['kms K']],
    ['of several ids with blanks', `# keyward:ignore kms-rotation-disabled , ebs-volume-not-encrypted -- r\n${KEY_AND_VOLUME}`, []],
    ['of another rule', template(stillKey('K', ' # keyward:ignore kms-key-without-alias -- r'), plainVolume('V')), both],
    ['on another property', KEY_AND_VOLUME.replace('      Size: 8', '      Size: 8 # keyward:ignore * -- r'), both],
    ['on the resource before', template(stillKey('J', ' # keyward:ignore * -- r'), stillKey('K'), plainVolume('V')), both],
    ['on a whole section', KEY_AND_VOLUME.replace('Resources:', 'Resources: # keyward:ignore * -- r'), both],
    ['in a value', KEY_AND_VOLUME.replace('Size: 8', "Size: '8# keyward:ignore * -- r'"), both],
    ['without a reason', template(stillKey('K', ' # keyward:ignore kms-rotation-disabled'), plainVolume('V')), both],
    ['with an empty reason', template(stillKey('K', ' # keyward:ignore kms-rotation-disabled --  '), plainVolume('V')), both],
    ['with a reason but no rule', template(stillKey('K', ' # keyward:ignore -- r'), plainVolume('V')), both],
    ['until yesterday', template(stillKey('K', ' # keyward:ignore kms-rotation-disabled until 2026-02-28 -- r'), plainVolume('V')), both],
    ['until today', template(stillKey('K', ` # keyward:ignore kms-rotation-disabled until ${AS_OF} -- r`), plainVolume('V')), ['ebs V']],
    [
      'until next year',
      template(stillKey('K', ' # keyward:ignore kms-rotation-disabled until 2027-03-01 -- r'), plainVolume('V')),
      ['ebs V'],
    ],
    ['until no day', template(stillKey('K', ' # keyward:ignore kms-rotation-disabled until 2027-02-30 -- r'), plainVolume('V')), both],
  ];
  it.each(cases)('%s', async (_what, text, active) => {
    const report = await project({ 'a.yaml': text }).report(['a.yaml', ...TWO_RULES]);
    expect(names(report.findings)).toEqual(active);
    expect(report.summary.suppressed).toBe((text.match(/EnableKeyRotation: false|Encrypted: false/g)?.length ?? 0) - active.length);
    expect(report.suppressed.map(({ suppression }) => suppression)).toEqual(
      report.suppressed.map(() => expect.objectContaining({ by: 'comment', reason: 'r', file: 'a.yaml', line: expect.any(Number) })),
    );
  });

  it('covers what is absent, by the resource or the file', async () => {
    const silent = '  K:\n    Type: AWS::KMS::Key\n    Properties:\n      Description: d\n';
    for (const text of [
      template(silent.replace('  K:', '  K: # keyward:ignore kms-rotation-disabled -- r')),
      `# keyward:ignore kms-rotation-disabled -- r\n${template(silent)}`,
    ])
      expect((await project({ 'a.yaml': text }).report(['a.yaml', ...TWO_RULES])).suppressed).toHaveLength(1);
  });

  it.each([
    ['has no reason', ' # keyward:ignore kms-rotation-disabled', 'suppression-without-reason', 'warning'],
    ['can’t be read', ' # keyward:ignore kms rotation -- r', 'suppression-malformed', 'warning'],
    ['names no day', ' # keyward:ignore kms-rotation-disabled until soon -- r', 'suppression-malformed', 'warning'],
    ['has ended', ' # keyward:ignore kms-rotation-disabled until 2026-02-28 -- r', 'suppression-expired', 'warning'],
    ['ends today', ' # keyward:ignore kms-rotation-disabled until 2026-03-01 -- r', 'suppression-expires-soon', 'warning'],
    ['ends within fourteen days', ' # keyward:ignore kms-rotation-disabled until 2026-03-15 -- r', 'suppression-expires-soon', 'warning'],
    ['matches nothing', ' # keyward:ignore ebs-volume-not-encrypted -- r', 'suppression-unused', 'note'],
  ])('that %s is told, with place and help', async (_what, comment, code, level) => {
    const report = await project({ 'a.yaml': template(stillKey('K', comment)) }).report(['a.yaml', ...TWO_RULES]);
    expect(report.diagnostics).toMatchObject([{ code, level, file: 'a.yaml', at: { line: 6 }, help: expect.stringMatching(/\w/) }]);
    expect(report.ran.code).toBe(0);
  });

  it('that ends in fifteen days is not told yet', async () => {
    const text = template(stillKey('K', ' # keyward:ignore kms-rotation-disabled until 2026-03-16 -- r'));
    expect((await project({ 'a.yaml': text }).report(['a.yaml', ...TWO_RULES])).diagnostics).toEqual([]);
  });

  it('is ignored with --no-suppressions, and nothing is said about it', async () => {
    const text = template(
      stillKey('K', ' # keyward:ignore kms-rotation-disabled -- r').replace('  K:', '  K: # keyward:ignore kms-rotation-disabled'),
      plainVolume('V'),
    );
    const report = await project({ 'a.yaml': text }).report(['a.yaml', ...TWO_RULES, '--no-suppressions']);
    expect(names(report.findings)).toEqual(['ebs V', 'kms K']);
    expect(report.diagnostics).toEqual([]);
  });

  it('is counted always, and shown with reason and end where asked for', async () => {
    const made = project({
      'a.yaml': template(stillKey('K', ' # keyward:ignore kms-rotation-disabled until 2027-03-01 -- partner pins it')),
    });
    const silent = await made.run(['scan', 'a.yaml', '--as-of', AS_OF, ...TWO_RULES]);
    expect(silent.out).toMatch(/1 suppressed/);
    expect(silent.out).not.toContain('partner pins it');
    const shown = await made.run(['scan', 'a.yaml', '--as-of', AS_OF, '--show', 'suppressed', ...TWO_RULES]);
    expect(shown.out).toContain('partner pins it');
    expect(shown.out).toContain('2027-03-01');
    expect(shown.code).toBe(0);
  });

  it('covers undecided verdicts, too', async () => {
    const text = `Parameters:\n  P: { Type: String, AllowedValues: ['true', 'false'] }\n${template(stillKey('K', ' # keyward:ignore kms-rotation-disabled -- r').replace('false', '!Ref P'))}`;
    const report = await project({ 'a.yaml': text }).report(['a.yaml', ...TWO_RULES]);
    expect([report.undecided, report.suppressed.map(({ kind }) => kind)]).toEqual([[], ['undecided']]);
  });

  it('in a nested template counts there, and is used where one of its stacks uses it', async () => {
    const made = project({
      'a.yaml': template(
        ...['N', 'M'].map(
          (name) =>
            `  ${name}:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./b.yaml\n      Parameters: { On: '${name === 'N'}' }\n`,
        ),
      ),
      'b.yaml': `Parameters:\n  On: { Type: String, AllowedValues: ['true', 'false'] }\n${template(stillKey('K', ' # keyward:ignore kms-rotation-disabled -- r').replace('false', '!Ref On'))}`,
    });
    const report = await made.report(['.', ...TWO_RULES]);
    expect([report.findings, report.undecided, report.diagnostics]).toEqual([[], [], []]);
    expect(report.summary.suppressed).toBe(1);
  });
});

describe('a suppression in Metadata', () => {
  const entry = '{ rule: kms-rotation-disabled, reason: r, until: 2027-03-01 }';
  const inResource = (ignore: string): string =>
    template(stillKey('K').replace('    Type', `    Metadata:\n      keyward:\n        ignore: ${ignore}\n    Type`), stillKey('L'));

  it.each([
    ['a list', inResource(`[${entry}]`)],
    ['one entry', inResource(entry)],
    ['several rules', inResource('[{ rules: [kms-rotation-disabled, kms-key-without-alias], reason: r }]')],
    ['rules in one text', inResource('[{ rule: "kms-key-without-alias, kms-rotation-disabled", reason: r }]')],
  ])('covers its resource alone: %s', async (_what, text) => {
    const report = await project({ 'a.yaml': text }).report(['a.yaml', ...TWO_RULES]);
    expect(names(report.findings)).toEqual(['kms L']);
    expect(report.suppressed[0]?.suppression).toMatchObject({ by: 'metadata', reason: 'r', file: 'a.yaml', line: 6 });
  });

  it('of the template covers the whole of it, in JSON as in YAML', async () => {
    const body = {
      Metadata: { keyward: { ignore: [{ rule: 'kms-*', reason: 'r' }] } },
      Resources: {
        K: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: false } },
        V: { Type: 'AWS::EC2::Volume', Properties: { Encrypted: false } },
      },
    };
    const report = await project({ 'a.json': JSON.stringify(body, null, 1) }).report(['a.json', ...TWO_RULES]);
    expect(names(report.findings)).toEqual(['ebs V']);
    expect(names(report.suppressed)).toEqual(['kms K']);
  });

  it.each([
    ['no reason', '[{ rule: kms-rotation-disabled }]', 'suppression-without-reason'],
    ['no rule', '[{ reason: r }]', 'suppression-malformed'],
    ['a text', '[kms-rotation-disabled]', 'suppression-malformed'],
    ['an end that is no day', '[{ rule: kms-rotation-disabled, reason: r, until: never }]', 'suppression-malformed'],
    ['a value nobody knows', '[{ rule: kms-rotation-disabled, reason: !Ref AWS::StackName }]', 'suppression-without-reason'],
  ])('with %s suppresses nothing, and says so', async (_what, ignore, code) => {
    const report = await project({ 'a.yaml': inResource(ignore) }).report(['a.yaml', ...TWO_RULES]);
    expect(names(report.findings)).toEqual(['kms K', 'kms L']);
    expect(codes(report)).toEqual([code]);
    expect(report.diagnostics[0]?.at?.line).toBe(6);
  });

  it('is ignored with --no-suppressions', async () => {
    expect(
      names((await project({ 'a.yaml': inResource(entry) }).report(['a.yaml', ...TWO_RULES, '--no-suppressions'])).findings),
    ).toHaveLength(2);
  });
});

describe('a suppression in the configuration', () => {
  it.each([
    ['by rule', '{ rule: kms-rotation-disabled, reason: r }', ['ebs V', 'ebs W']],
    ['by rules', '{ rules: [kms-*, ebs-*], reason: r }', []],
    ['by resource', '{ rule: "*", resource: V, reason: r }', ['ebs W', 'kms K']],
    ['by a pattern of resources', '{ rule: "*", resource: "{V,K}", reason: r }', ['ebs W']],
    ['by path', '{ rule: "*", path: "x/**", reason: r }', ['ebs V', 'kms K']],
    ['by all three, each of which has to fit', '{ rule: kms-*, resource: V, path: a.yaml, reason: r }', ['ebs V', 'ebs W', 'kms K']],
  ])('%s', async (_what, entry, active) => {
    const made = project({
      'keyward.yaml': `suppressions:\n  - ${entry}\n`,
      'a.yaml': KEY_AND_VOLUME,
      'x/b.yaml': template(plainVolume('W')),
    });
    const report = await made.report(['.', ...TWO_RULES]);
    expect(names(report.findings)).toEqual(active);
    expect(report.suppressed[0]?.suppression ?? { by: 'config' }).toMatchObject({ by: 'config' });
    // Inline ones alone can be switched off.
    expect(names((await made.report(['.', ...TWO_RULES, '--no-suppressions'])).findings)).toEqual(active);
  });

  it.each([
    ['unused', '{ rule: kms-key-without-alias, reason: r }', 'suppression-unused'],
    ['ended', '{ rule: kms-*, reason: r, until: 2026-02-28 }', 'suppression-expired'],
    ['soon to end', '{ rule: kms-*, reason: r, until: 2026-03-02 }', 'suppression-expires-soon'],
  ])('that is %s is told at its line', async (_what, entry, code) => {
    const made = project({ 'keyward.yaml': `failOn: never\nsuppressions:\n  - ${entry}\n`, 'a.yaml': template(stillKey('K')) });
    expect((await made.report(['.', ...TWO_RULES])).diagnostics).toMatchObject([{ code, file: 'keyward.yaml', at: { line: 3 } }]);
  });

  it('without a reason does not fit', async () => {
    const ran = await project({ 'keyward.yaml': 'suppressions: [{ rule: kms-* }]\n', 'a.yaml': CLEAN }).run(['.']);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/keyward\.yaml:1:16: suppressions\.0 must have required property 'reason'/);
  });
});
