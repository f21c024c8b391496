import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/index.js';
import { AS_OF, CLEAN, plainVolume, project, stillKey, TWO_RULES, template } from '../cli/project.js';
import { ROOT } from '../setup/build.js';

const rulesOf = ({ findings }: Report): readonly string[] => findings.map(({ rule }) => rule).sort();
const TABLE = template(
  '  T:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      KeySchema: [{ AttributeName: id, KeyType: HASH }]\n      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]\n      BillingMode: PAY_PER_REQUEST\n',
);
const BOTH = ['--rule', 'dynamodb-table-not-cmk,dynamodb-table-default-encryption-only'] as const;

describe('one cause', () => {
  it('is one finding, which names the rules it speaks for', async () => {
    const report = await project({ 'a.yaml': TABLE }).report(['a.yaml', ...BOTH]);
    expect(report.findings).toMatchObject([{ rule: 'dynamodb-table-not-cmk', silences: ['dynamodb-table-default-encryption-only'] }]);
  });

  it('takes the worse severity of the two, and that decides whether the run fails', async () => {
    const made = project({
      'a.yaml': TABLE,
      'keyward.yaml': 'rules: { severity: { dynamodb-table-not-cmk: note, dynamodb-table-default-encryption-only: critical } }\n',
    });
    const report = await made.report(['a.yaml', ...BOTH]);
    expect(report.findings).toMatchObject([{ rule: 'dynamodb-table-not-cmk', severity: 'critical', failsRun: true }]);
    expect([report.ran.code, report.summary.bySeverity]).toEqual([1, { critical: 1, high: 0, medium: 0, low: 0, note: 0 }]);
  });

  it.each([
    ['left out', TABLE, ['--skip-rule', 'dynamodb-table-not-cmk'], {}],
    ['suppressed', TABLE.replace('  T:', '  T: # keyward:ignore dynamodb-table-not-cmk -- r'), [], {}],
    ['suppressed by the configuration', TABLE, [], { 'keyward.yaml': 'suppressions: [{ rule: dynamodb-table-not-cmk, reason: r }]\n' }],
  ])('speaks for itself where the winner is %s', async (_what, text, args, files) => {
    const report = await project({ 'a.yaml': text, ...files }).report(['a.yaml', ...BOTH, ...args]);
    expect(report.findings).toMatchObject([{ rule: 'dynamodb-table-default-encryption-only', silences: [] }]);
  });

  it('is told apart by the items of a list and by resources', async () => {
    const policy = (name: string, ...actions: readonly string[]): string =>
      `  ${name}:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: '2012-10-17'\n        Statement:\n${actions.map((action) => `          - { Effect: Allow, Action: '${action}', Resource: '*' }\n`).join('')}`;
    const only = ['--rule', 'iam-kms-full-access,iam-kms-decrypt-any-key'];
    const one = await project({ 'a.yaml': template(policy('P', 'kms:*')) }).report(['a.yaml', ...only]);
    expect(rulesOf(one)).toEqual(['iam-kms-full-access']);
    const two = await project({ 'a.yaml': template(policy('P', 'kms:*', 'kms:Decrypt')) }).report(['a.yaml', ...only]);
    expect(rulesOf(two)).toEqual(['iam-kms-decrypt-any-key', 'iam-kms-full-access']);
    const apart = await project({ 'a.yaml': template(policy('P', 'kms:*'), policy('Q', 'kms:Decrypt')) }).report(['a.yaml', ...only]);
    expect(rulesOf(apart)).toEqual(['iam-kms-decrypt-any-key', 'iam-kms-full-access']);
  });
});

describe('thresholds', () => {
  const TEXT = template(stillKey('K'), plainVolume('V'));
  it.each([
    [['--fail-on', 'high'], 1, ['high true', 'medium false'], 0],
    [['--fail-on', 'medium'], 1, ['high true', 'medium true'], 0],
    [['--fail-on', 'critical'], 0, ['high false', 'medium false'], 0],
    [['--fail-on', 'never', '--min-severity', 'high'], 0, ['high false'], 1],
    [['--fail-on', 'never', '--min-severity', 'critical'], 0, [], 2],
    // What fails the run is shown, whatever the filter.
    [['--fail-on', 'medium', '--min-severity', 'critical'], 1, ['high true', 'medium true'], 0],
  ])('%j', async (args, code, shown, hidden) => {
    const report = await project({ 'a.yaml': TEXT }).report(['a.yaml', ...TWO_RULES, ...args]);
    expect(report.ran.code).toBe(code);
    expect(report.findings.map(({ severity, failsRun }) => `${severity} ${failsRun}`)).toEqual(shown);
    expect(report.summary).toMatchObject({ hidden, exitCode: code, bySeverity: { high: 1, medium: 1 } });
  });

  it('say in the summary what they hide', async () => {
    const { out } = await project({ 'a.yaml': TEXT }).run([
      'scan',
      'a.yaml',
      ...TWO_RULES,
      '--as-of',
      AS_OF,
      '--fail-on',
      'never',
      '--min-severity',
      'critical',
    ]);
    expect(out).toMatch(/2 .*(hidden|--min-severity)/);
  });

  it('for undecided verdicts are their own', async () => {
    const open = `Parameters:\n  On: { Type: String, AllowedValues: ['true', 'false'] }\n${template(plainVolume('V').replace('false', '!Ref On'))}`;
    const report = await project({ 'a.yaml': open }).report([
      'a.yaml',
      ...TWO_RULES,
      '--fail-on',
      'never',
      '--fail-on-undecided',
      'high',
      '--min-severity',
      'critical',
    ]);
    expect(report.undecided).toMatchObject([{ failsRun: true, because: [{ settle: expect.stringContaining('--parameters') }] }]);
    expect(report.summary).toMatchObject({ exitCode: 1, undecidedBySeverity: { high: 1 }, bySeverity: { high: 0 } });
  });
});

describe('the report', () => {
  const schema = JSON.parse(readFileSync(path.join(ROOT, 'schema/report.schema.json'), 'utf8'));
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);
  const fits = (report: unknown): void => {
    validate(report);
    expect(validate.errors ?? []).toEqual([]);
  };

  it('of every fixture and the example fits its published schema', async () => {
    const folders = readdirSync(path.join(ROOT, 'fixtures/rules')).map((rule) => path.join(ROOT, 'fixtures/rules', rule));
    const { ran, ...report } = await project().report([
      ...folders,
      path.join(ROOT, 'examples/orders/cdk.out'),
      '--config',
      'none',
      '--fail-on',
      'never',
    ]);
    expect([0, 3]).toContain(ran.code);
    expect(report.findings.length).toBeGreaterThan(300);
    fits(report);
    // Each finding and each undecided verdict has a rule in the table and a place in a file.
    for (const finding of [...report.findings, ...report.undecided]) {
      expect(report.rules[finding.rule]).toBeDefined();
      expect(finding.location.range, finding.rule).toBeDefined();
    }
    expect(new Set(report.findings.map(({ fingerprint }) => fingerprint)).size).toBe(report.findings.length);
  });

  it('of a clean scan, one with suppressions, a baseline and diagnostics fits it', async () => {
    const made = project({
      'a.yaml': CLEAN,
      'b.yaml': template(stillKey('K', ' # keyward:ignore kms-* until 2026-03-02 -- r'), plainVolume('V')),
      'c.yaml': 'Resources: [\n',
    });
    await made.run(['baseline', 'create', '.', '--baseline', 'x.json']);
    for (const args of [['a.yaml'], ['.', '--baseline', 'x.json'], ['b.yaml', '--no-suppressions']]) {
      const { ran: _, ...report } = await made.report(args);
      fits(report);
    }
  });

  it('counts what it covers', async () => {
    const report = await project({
      'a.yaml': template(plainVolume('V'), '  W:\n    Type: AWS::CloudFormation::WaitConditionHandle\n  C:\n    Type: Custom::Thing\n'),
      'b.md': '#',
    }).report(['.', ...TWO_RULES]);
    expect(report.coverage).toMatchObject({
      filesRead: 1,
      scopes: 1,
      otherFiles: 1,
      rulesApplied: 2,
      resources: { all: 3, judged: 1 },
      verdicts: { pass: 0, fail: 1, undecided: 0 },
    });
    expect(report.coverage.typesNotJudged.map(({ type }) => type)).toEqual(['AWS::CloudFormation::WaitConditionHandle', 'Custom::Thing']);
    expect(report.asOf).toBe(AS_OF);
  });
});
