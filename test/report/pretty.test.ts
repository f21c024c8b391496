import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { EVERYTHING, finding, frame, hostileReport, PIPED, render, report, rule, TERMINAL, undecided } from './report-builder.js';
import { emptyReport, sampleReport } from './sample-report.js';

describe('pretty', () => {
  it('says one line for a clean run', async () => {
    expect(await render('pretty', report())).toBe(
      'No findings. 3 files read; 9 of 12 resources judged by 60 rules (10 of types the catalogue names).\n',
    );
    expect((await render('pretty', emptyReport())).split('\n')).toHaveLength(2);
  });

  it('shows what is wrong, where, why, and the fix', async () => {
    expect(await render('pretty', report({ findings: [finding()] }))).toBe(
      `high[ebs-volume-unencrypted]: Volume Data is not encrypted.
 --> stacks/app.yaml:7:18
  |
7 |       Encrypted: false
  |                  ^^^^^
  |
  = note: fails the run (--fail-on high)
  = why: Whoever reads the disk reads the data.
  = help: Turn encryption on.
  = help: keyward explain ebs-volume-unencrypted

1 finding: 1 high; 1 fails the run (--fail-on high).
3 files read; 9 of 12 resources judged by 60 rules (10 of types the catalogue names).
Next: keyward explain ebs-volume-unencrypted
`,
    );
  });

  it('draws related places of one file into one frame, each with its label', async () => {
    const file = 'stacks/app.yaml';
    const base = finding({
      line: 41,
      rule: 'kms-policy-wildcard-principal',
      severity: 'high',
      message: 'Key Data can be used by any AWS account.',
    });
    const at = (line: number) => ({ file, range: { start: { line, column: 11 }, end: { line, column: 20 } }, exact: true });
    const drawn = await render(
      'pretty',
      report({
        findings: [
          {
            ...base,
            location: { ...base.location, frame: frame(file, 41, '          Principal: "*"', '"*"', 'anyone') },
            related: [
              { ...at(38), label: 'this statement', frame: frame(file, 38, '        - Effect: Allow', 'Effect: Allow') },
              { ...at(43), label: 'may decrypt', frame: frame(file, 43, '          Action: kms:Decrypt', 'kms:Decrypt') },
              {
                ...at(9),
                file: 'stacks/data.yaml',
                label: 'encrypted with it',
                frame: frame('stacks/data.yaml', 9, '  KmsKeyId: !Ref Data', '!Ref Data'),
              },
            ],
          },
        ],
      }),
    );
    expect(drawn).toContain(`high[kms-policy-wildcard-principal]: Key Data can be used by any AWS account.
  --> stacks/app.yaml:41:18
   |
38 |         - Effect: Allow
   |           ------------- this statement
...
41 |           Principal: "*"
   |                      ^^^ anyone
...
43 |           Action: kms:Decrypt
   |                   ----------- may decrypt
  ::: stacks/data.yaml:9:11
   |
 9 |   KmsKeyId: !Ref Data
   |             --------- encrypted with it
   |
`);
  });

  it('hangs the labels of several marks in one line below each other', async () => {
    const base = finding();
    const text = 'Allow "*" kms:Decrypt';
    const lines = [
      {
        number: 7,
        text,
        marks: [
          { start: 0, end: 5, primary: false, label: 'allowed' },
          { start: 6, end: 9, primary: true, label: 'anyone' },
          { start: 10, end: 21, primary: false, label: 'to decrypt' },
        ],
      },
    ];
    expect(
      await render(
        'pretty',
        report({ findings: [{ ...base, location: { ...base.location, frame: { file: 'stacks/app.yaml', lines } } }] }),
      ),
    ).toContain(
      `7 | Allow "*" kms:Decrypt
  | ----- ^^^ ----------- to decrypt
  | |     anyone
  | allowed
`,
    );
  });

  it('places marks by screen columns in wide text', async () => {
    const base = finding();
    const location = { ...base.location, frame: frame('stacks/app.yaml', 7, '鍵の名前: 秘密', '秘密') };
    expect(await render('pretty', report({ findings: [{ ...base, location }] }))).toContain(`7 | 鍵の名前: 秘密\n  |           ^^^^\n`);
  });

  it('shows a rule that fires more than three times once, with a list of the other places', async () => {
    const many = [1, 2, 3, 4, 5].map((line) => finding({ line, at: `stacks/${line}.yaml` }));
    const text = await render('pretty', report({ findings: many }));
    expect(text.match(/Encrypted: false/g)).toHaveLength(1);
    expect(text).toContain('= also: 4 more of this rule');
    for (const line of [2, 3, 4, 5]) expect(text).toContain(`     stacks/${line}.yaml:${line}:18  Data`);
    const few = await render('pretty', report({ findings: many.slice(0, 3) }));
    expect(few.match(/Encrypted: false/g)).toHaveLength(3);
    expect(few.match(/= why:/g)).toHaveLength(1);
  });

  it('cuts the list of places on a terminal only, and says how to see the rest', async () => {
    const many = Array.from({ length: 30 }, (_, index) => finding({ line: index + 1 }));
    const text = await render('pretty', report({ findings: many, inputs: ['my stacks'] }), TERMINAL);
    expect(text).toContain("… 9 more: keyward scan 'my stacks' --rule ebs-volume-unencrypted --format concise");
    expect((await render('pretty', report({ findings: many }))).match(/stacks\/app\.yaml:/g)).toHaveLength(30);
  });

  it('puts the worst last on a terminal and first elsewhere', async () => {
    const findings = [
      finding({ rule: 'kms-a', severity: 'critical', at: 'a.yaml' }),
      finding({ rule: 'kms-b', severity: 'medium', at: 'b.yaml' }),
      finding({ rule: 'kms-c', severity: 'low', at: 'a.yaml' }),
    ];
    const order = async (options: typeof PIPED) => (await render('pretty', report({ findings }), options)).match(/\[kms-[abc]\]:/g);
    expect(await order(PIPED)).toEqual(['[kms-a]:', '[kms-c]:', '[kms-b]:']);
    expect(await order(TERMINAL)).toEqual(['[kms-b]:', '[kms-c]:', '[kms-a]:']);
  });

  it('counts what is undecided with its causes, and shows it when asked', async () => {
    const open = [undecided(), undecided({ severity: 'medium', rule: 'sqs-queue-unencrypted' })];
    const text = await render('pretty', report({ undecided: open }));
    expect(text).toBe(
      `No findings.
2 undecided: 1 high, 1 medium. Show them with --show undecided.
  2 × parameter Encrypted, which has no default: pass --parameters Encrypted=VALUE
3 files read; 9 of 12 resources judged by 60 rules (10 of types the catalogue names).
Next: keyward scan stacks --show undecided
`,
    );
    const shown = await render('pretty', report({ undecided: open }), EVERYTHING);
    expect(shown).toContain('undecided[ebs-volume-unencrypted]: Whether volume Data is encrypted is not known. (would be high)');
    expect(shown).toContain('= help: to settle it, pass --parameters Encrypted=VALUE');
  });

  it('shows what is undecided and fails the run without being asked', async () => {
    const thresholds = { failOn: 'high', failOnUndecided: 'high', minSeverity: 'note' } as const;
    const text = await render('pretty', report({ undecided: [undecided({ failsRun: true })], thresholds }));
    expect(text).toContain('= note: fails the run (--fail-on-undecided high)');
    expect(text).toContain('1 undecided: 1 high; 1 fails the run (--fail-on-undecided high).');
  });

  it('counts suppressed, baselined and hidden findings, gaps and inputs that failed', async () => {
    const aside = [
      finding({ suppression: { by: 'config', reason: 'test data', until: '2027-01-01' }, failsRun: false }),
      finding({ baselined: true, failsRun: false }),
    ];
    const base = report({ suppressed: aside });
    const text = await render('pretty', {
      ...base,
      summary: { ...base.summary, hidden: 4 },
      gaps: [
        {
          where: 'a.yaml',
          why: 'The nested template is outside the scan.',
          leavesOpen: 'its resources are not judged',
          settle: 'name a local copy',
        },
      ],
      diagnostics: [{ level: 'error', code: 'yaml-syntax', message: 'x' }],
    });
    expect(text).toContain('1 suppressed, 1 in the baseline (show them with --show suppressed); 4 below --min-severity note not shown.');
    expect(text).toContain(
      'a.yaml: The nested template is outside the scan. Left open: its resources are not judged. To settle it, name a local copy.',
    );
    expect(text).toContain('1 input could not be analysed, wholly or in part');
    expect(await render('pretty', base, EVERYTHING)).toContain('= note: suppressed by config until 2027-01-01: test data');
  });

  it('lists the gaps, on a terminal the first twenty', async () => {
    const gaps = Array.from({ length: 25 }, (_, index) => ({
      where: `${index}.yaml`,
      why: 'It is not there.',
      leavesOpen: 'it is not judged',
    }));
    expect((await render('pretty', report({ gaps }))).match(/\.yaml:/g)).toHaveLength(25);
    expect(await render('pretty', report({ gaps }), TERMINAL)).toContain('and 5 more; --format json has all');
  });

  it('keeps to 80 columns on a terminal, but for words that cannot be broken', async () => {
    for (const line of (await render('pretty', sampleReport(), { ...TERMINAL, show: EVERYTHING.show })).split('\n')) {
      if (!/-->|:::|\S{60}/.test(line)) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
    }
  });

  it('cuts a long line around its mark', async () => {
    const base = finding();
    const location = { ...base.location, frame: frame('stacks/app.yaml', 7, `${'a'.repeat(5_000)} HERE ${'b'.repeat(5_000)}`, 'HERE') };
    const lines = (await render('pretty', report({ findings: [{ ...base, location }] }), TERMINAL)).split('\n');
    const source = lines.findIndex((line) => line.includes('HERE'));
    expect(stringWidth(lines[source] ?? '')).toBeLessThanOrEqual(80);
    expect(lines[source]).toMatch(/\| …a+ HERE b+…$/);
    expect(lines[source + 1]?.indexOf('^^^^')).toBe(lines[source]?.indexOf('HERE'));
  });

  it('colours by the options, and says the same without', async () => {
    const colored = await render('pretty', sampleReport(), { ...PIPED, color: true });
    expect(colored).toContain('\u001b[1;31mhigh');
    expect(colored.replace(/\u001b\[[\d;]*m/g, '')).toBe(await render('pretty', sampleReport()));
  });

  it('shows hostile text without acting on it', async () => {
    const text = await render('pretty', hostileReport(), EVERYTHING);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
    expect(text).not.toMatch(/^(?:::|##\[)(?!: stacks|: )/m);
    expect(text).toContain('\\u{1b}[31mred');
    expect(text).toContain('keyward explain ebs-volume-unencrypted');
  });

  it('knows rules whose entry is missing', async () => {
    expect(await render('pretty', report({ findings: [finding()], rules: { other: rule('other') } }))).toContain(
      'high[ebs-volume-unencrypted]',
    );
  });
});
