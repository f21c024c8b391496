import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/index.js';
import { finding, hostileReport, render, report, undecided } from './report-builder.js';
import { emptyReport, sampleReport } from './sample-report.js';

const schema = JSON.parse(readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8')) as object; // the file is an object
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);

/** Every optional field present at least once. */
function fullReport() {
  const one = finding({
    condition: 'when condition IsProd is true',
    suppression: { by: 'config', reason: 'agreed', until: '2027-01-01', file: 'keyward.yaml', line: 3 },
    related: [{ exact: false, label: 'this statement' }],
    path: ['Tags', 0, 'Value'],
  });
  const base = report({ findings: [finding()], undecided: [undecided()], suppressed: [one] });
  return {
    ...base,
    coverage: {
      ...base.coverage,
      otherFiles: 2,
      skipped: [{ file: 'a', reason: 'no template' }],
      typesNotJudged: [{ type: 'AWS::X::Y', count: 1 }],
    },
  };
}

describe('the JSON report', () => {
  it.each([
    ['with everything a page shows', sampleReport],
    ['with every optional field', fullReport],
    ['of a clean run', emptyReport],
    ['with hostile text', hostileReport],
  ])('%s fits the published schema', async (_what, make) => {
    const written: unknown = JSON.parse(await render('json', make()));
    validate(written);
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each([
    ['with everything a page shows', sampleReport],
    ['with every optional field', fullReport],
    ['with hostile text', hostileReport],
  ])('%s is read back as it was', async (_what, make) => {
    const original = make();
    expect(await parseReport(await render('json', original))).toEqual(original);
  });

  it('has the same bytes whatever order its parts were made in', async () => {
    const original = sampleReport();
    const reversed = JSON.parse(JSON.stringify(original), (_key, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value,
    );
    expect(await render('json', reversed)).toBe(await render('json', original));
    expect((await render('json', original)).startsWith('{\n  "schemaVersion": 1,')).toBe(true);
  });

  it.each([
    ['not JSON', 'x', 'The report is no JSON'],
    ['another JSON', '{"a": 1}', 'no keyward report: "schemaVersion" is missing'],
    ['a list', '[]', 'no keyward report'],
    ['a later version', '{"schemaVersion": 2}', 'has schemaVersion 2; this keyward reads 1'],
    ['a broken report', '{"schemaVersion": 1}', 'does not fit its schema: the top level must have required property'],
  ])('is refused when it is %s', async (_what, text, words) => {
    await expect(parseReport(text)).rejects.toThrow(words);
  });
});
