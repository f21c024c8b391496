import { gzipSync } from 'node:zlib';
import type { Log, Result, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import { splitByService } from '../../src/report/index.js';
import { validate, whyNoMultitool } from './multitool.js';
import { EVERYTHING, finding, HOSTILE, hostileReport, PIPED, render, report, rule, undecided } from './report-builder.js';
import { emptyReport, sampleReport } from './sample-report.js';

const missing = whyNoMultitool();
if (missing !== undefined && process.env.CI !== 'true') console.warn(`\n*** SARIF IS NOT VALIDATED: ${missing}\n`);
const runs = (text: string): Run[] => (JSON.parse(text) as Log).runs; // what the reporter wrote
const run = (text: string): Run => runs(text)[0] as Run; // always one
const results = (text: string): Result[] => run(text).results ?? [];

describe.skipIf(missing !== undefined && process.env.CI !== 'true')(
  "Microsoft's validator with GitHub's rules",
  { timeout: 60_000 },
  () => {
    it('can run', () => expect(missing).toBeUndefined());

    it.each([
      ['a run with everything', sampleReport, PIPED],
      ['with undecided and suppressed results', sampleReport, EVERYTHING],
      ['a clean run', emptyReport, PIPED],
      ['hostile text', hostileReport, EVERYTHING],
      ['results without a file', () => report({ findings: [finding({ location: { exact: false } }), finding()] }), PIPED],
    ] as const)('finds no error and no warning in %s', async (_what, make, options) => {
      expect(validate(await render('sarif', make(), options))).toEqual([]);
    });

    it('does find what is wrong', () => {
      expect(validate('{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [{"message": {}}]}]}')).not.toEqual([]);
    });

    it('finds no error in any file of a split', async () => {
      for (const file of (await splitByService(sampleReport(), ['kms', 's3'])).slice(0, 2)) expect(validate(file.text)).toEqual([]);
    });
  },
);

describe('a result', () => {
  it('says all that code scanning uses', async () => {
    const one = finding({ condition: 'when condition IsProd is true' });
    const [result] = results(await render('sarif', report({ findings: [one] })));
    expect(result).toEqual({
      ruleId: 'ebs-volume-unencrypted',
      ruleIndex: 0,
      kind: 'fail',
      level: 'error',
      message: { text: 'Volume Data is not encrypted. (when condition IsProd is true)' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'stacks/app.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 7, startColumn: 18, endLine: 7, endColumn: 23, snippet: { text: 'false' } },
          },
          logicalLocations: [{ name: 'Data', fullyQualifiedName: 'Data', kind: 'resource' }],
        },
      ],
      partialFingerprints: { 'keyward/v1': one.fingerprint, primaryLocationLineHash: one.lineHash },
      properties: { severity: 'high', resourceType: 'AWS::EC2::Volume', failsRun: true, condition: 'when condition IsProd is true' },
    });
  });

  it('has no snippet and no line hash where it shows a secret', async () => {
    const [result] = results(await render('sarif', report({ findings: [finding({ secret: true })] })));
    expect(JSON.stringify(result)).not.toContain('snippet');
    expect(result?.partialFingerprints).toEqual({ 'keyward/v1': expect.any(String) });
  });

  it('leads to related places and places of the same cause', async () => {
    const at = finding({ line: 30 }).location;
    const [result] = results(
      await render('sarif', report({ findings: [finding({ related: [{ ...at, label: 'this statement' }], also: [at] })] })),
    );
    expect(
      result?.relatedLocations?.map((location) => [location.id, location.message?.text, location.physicalLocation?.region?.startLine]),
    ).toEqual([
      [1, 'this statement', 30],
      [2, 'The same here.', 30],
    ]);
  });

  it.each([
    ['a b/ü#?.yaml', 'a%20b/%C3%BC%23%3F.yaml'],
    ['100%/[x].tf', '100%25/%5Bx%5D.tf'],
    ['./a//b.yaml', 'a/b.yaml'],
    ['c:d.yaml', 'c%3Ad.yaml'],
    ['javascript:alert(1)', 'javascript%3Aalert(1)'],
    ['\ud800.yaml', '%EF%BF%BD.yaml'],
  ])('of file %j has the URI %s', async (file, uri) => {
    const [result] = results(await render('sarif', report({ findings: [finding({ at: file })] })));
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(uri);
  });

  it('on an empty stretch still has a region', async () => {
    const base = finding();
    const empty = { ...base, location: { ...base.location, range: { start: { line: 3, column: 5 }, end: { line: 3, column: 5 } } } };
    const [result] = results(await render('sarif', report({ findings: [empty] })));
    expect(result?.locations?.[0]?.physicalLocation?.region).toMatchObject({ startColumn: 5, endColumn: 6 });
  });

  it('makes no link of hostile text', async () => {
    const text = await render('sarif', report({ findings: [finding({ message: HOSTILE.link })] }));
    expect(results(text)[0]?.message.text).toBe('see [here] (https://evil.test/x) or [there] (1)');
  });
});

describe('which results', () => {
  it('without a file stay out, and the run says how many', async () => {
    const text = await render(
      'sarif',
      report({ findings: [finding({ location: { exact: false } }), finding({ at: '/etc/x.yaml' }), finding()] }),
    );
    expect(results(text)).toHaveLength(1);
    expect(run(text).invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toContain('2 findings stand in no file');
  });

  it('are undecided or suppressed stay out unless asked for', async () => {
    const all = report({
      findings: [finding()],
      undecided: [undecided()],
      suppressed: [
        finding({ suppression: { by: 'comment', reason: 'test data' } }),
        finding({ baselined: true }),
        finding({ suppression: { by: 'config', reason: 'agreed' } }),
      ],
    });
    expect(results(await render('sarif', all))).toHaveLength(1);
    const [, open, ...aside] = results(await render('sarif', all, EVERYTHING));
    expect([open?.kind, open?.level]).toEqual(['open', 'none']);
    expect(open?.message.text).toContain('It depends on parameter Encrypted');
    expect(aside.map((result) => result.suppressions?.[0])).toEqual([
      { kind: 'inSource', status: 'accepted', justification: 'test data' },
      { kind: 'external', status: 'accepted', justification: 'In the baseline.' },
      { kind: 'external', status: 'accepted', justification: 'agreed' },
    ]);
  });

  it('are the worst where there are more than a host takes', async () => {
    const many = Array.from({ length: 25_010 }, (_, index) => finding({ severity: index >= 25_000 ? 'critical' : 'low', line: index + 1 }));
    const text = await render('sarif', report({ findings: many }));
    const kept = results(text);
    expect(kept).toHaveLength(25_000);
    expect(kept.slice(0, 10).every((result) => result.properties?.severity === 'critical')).toBe(true);
    const words = run(text).invocations?.[0]?.toolExecutionNotifications?.map((one) => one.message.text);
    expect(words).toEqual([expect.stringContaining('25000 worst are kept'), expect.stringContaining('5000 worst')]);
    expect(gzipSync(text).length).toBeLessThan(10_000_000);
  });
});

describe('the run', () => {
  it('says what could not be judged, and where', async () => {
    const notifications = run(await render('sarif', sampleReport())).invocations?.[0]?.toolExecutionNotifications ?? [];
    expect(notifications.map((one) => [one.descriptor?.id, one.level, one.locations?.[0]?.physicalLocation?.region?.startLine])).toEqual([
      ['yaml-syntax', 'error', 14],
      ['gap', 'warning', 9],
    ]);
  });

  it('declares its root without a place, and no category', async () => {
    const text = await render('sarif', sampleReport());
    expect(run(text).originalUriBaseIds).toEqual({ '%SRCROOT%': { description: { text: expect.any(String) } } });
    expect(run(text).automationDetails).toBeUndefined();
    expect(run(text).columnKind).toBe('utf16CodeUnits');
  });

  it('lists its rules by id with help, and every result refers to its own', async () => {
    const text = await render('sarif', sampleReport(), EVERYTHING);
    const rules = run(text).tool.driver.rules ?? [];
    expect(rules.map((one) => one.id)).toEqual([...rules.map((one) => one.id)].sort());
    for (const result of results(text)) expect(rules[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
    for (const one of rules) expect([one.help?.text, one.help?.markdown, one.fullDescription?.text]).not.toContain(undefined);
    expect(JSON.stringify(rules)).not.toContain('](javascript');
  });

  it.each([
    ['critical', 'error', '9.5'],
    ['high', 'error', '8.0'],
    ['medium', 'warning', '5.5'],
    ['low', 'note', '2.0'],
    ['note', 'note', undefined],
  ] as const)('gives %s the level %s and the security severity %s', async (severity, level, figure) => {
    const text = await render(
      'sarif',
      report({ findings: [finding({ rule: 'kms-a', severity })], rules: { 'kms-a': rule('kms-a', severity) } }),
    );
    expect(results(text)[0]?.level).toBe(level);
    expect(run(text).tool.driver.rules?.[0]?.properties?.['security-severity']).toBe(figure);
  });

  it('keeps every text and list within what the hosts take', async () => {
    const huge = rule('kms-huge', 'high', {
      title: 't'.repeat(5_000),
      why: '🔑'.repeat(2_000),
      tags: Array.from({ length: 40 }, (_, index) => `tag-${index}`),
      controls: ['CWE-798'],
    });
    const at = finding().location;
    const one = finding({
      rule: 'kms-huge',
      message: 'm'.repeat(5_000),
      related: Array.from({ length: 1_500 }, () => ({ ...at, label: 'x' })),
    });
    const text = await render(
      'sarif',
      report({ findings: [{ ...one, resource: { ...one.resource, name: 'n'.repeat(900) } }], rules: { 'kms-huge': huge } }),
    );
    const [descriptor] = run(text).tool.driver.rules ?? [];
    const [result] = results(text);
    expect(descriptor?.name?.length).toBeLessThanOrEqual(255);
    expect(descriptor?.shortDescription?.text.length).toBeLessThanOrEqual(1_024);
    expect(descriptor?.fullDescription?.text.length).toBeLessThanOrEqual(1_024);
    expect(descriptor?.fullDescription?.text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    expect(descriptor?.properties?.tags?.length).toBeLessThanOrEqual(20);
    expect(descriptor?.properties?.tags?.join()).not.toContain('CWE');
    expect(result?.message.text?.length).toBeLessThanOrEqual(1_024);
    expect(result?.locations?.[0]?.logicalLocations?.[0]?.name?.length).toBeLessThanOrEqual(255);
    expect((result?.relatedLocations?.length ?? 0) + 1).toBeLessThanOrEqual(1_000);
  });
});

describe('a split by service', () => {
  it('is the same set of files whatever was found, each with its own category', async () => {
    const services = ['s3', 'kms', 'ebs'];
    const full = await splitByService(sampleReport(), services);
    const clean = await splitByService(emptyReport(), services);
    const ids = ['keyward/ebs/', 'keyward/kms/', 'keyward/other/', 'keyward/s3/'];
    expect(full.map((file) => file.id)).toEqual(ids);
    expect(clean.map((file) => file.id)).toEqual(ids);
    expect(full.map((file) => run(file.text).automationDetails?.id)).toEqual(ids);
  });

  it('holds every result once', async () => {
    const whole = results(await render('sarif', sampleReport())).map((result) => result.partialFingerprints?.['keyward/v1']);
    const parts = (await splitByService(sampleReport(), ['kms', 's3'])).flatMap((file) =>
      results(file.text).map((result) => result.partialFingerprints?.['keyward/v1']),
    );
    expect([...parts].sort()).toEqual([...whole].sort());
  });
});
