import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { manyFindings } from '../../bench/many-findings.mjs';
import { buildHtmlIfStale } from '../../scripts/build-html.mjs';
import { type Finding, formatPath, type Report } from '../../src/model/index.js';
import { formatAddress, type Place, parseAddress, VIEWS } from '../../src/report/html/app/data/address.js';
import { FACETS, facetsOf } from '../../src/report/html/app/data/facets.js';
import { filterRows } from '../../src/report/html/app/data/filter.js';
import { findingAt, rowsOf } from '../../src/report/html/app/data/findings.js';
import { GROUPINGS, groupRows } from '../../src/report/html/app/data/groups.js';
import { extentOf, layOut, rowsBetween, stopAt, stopOfRow } from '../../src/report/html/app/data/layout.js';
import { searchOf } from '../../src/report/html/app/data/search.js';
import { toColumns } from '../../src/report/html/columns.js';
import type { Payload } from '../../src/report/html/payload.js';
import { html } from '../../src/report/html/reporter.js';
import { visible, visibleData } from '../../src/report/html/visible.js';
import { sampleReport } from './sample-report.js';

const OPTIONS = { color: false, width: 80, show: new Set<never>() };
const many = manyFindings(600) as unknown as Report; // the generator is plain JavaScript

function payloadOf(page: string): Payload {
  const base64 = /type="application\/octet-stream;base64">([^<]*)</.exec(page)?.[1] ?? '';
  return JSON.parse(gunzipSync(Buffer.from(base64, 'base64')).toString('utf8')) as Payload; // what the page itself reads
}

describe('the payload', () => {
  beforeAll(() => buildHtmlIfStale(), 60_000);

  it.each([
    ['the sample', sampleReport()],
    ['many findings', many],
  ])('gives back every finding of %s as it was', (_, report) => {
    const payload = payloadOf(html(report, OPTIONS));
    const all = [...report.findings, ...report.undecided, ...report.suppressed];
    const shown = all.map((finding, row) => {
      const { row: _row, section: _section, rule, ...rest } = findingAt(payload, row);
      expect(rule).toEqual(report.rules[finding.rule]);
      return { ...rest, rule: rule.id };
    });
    const expected = all.map(({ lineHash: _lineHash, path, resource: { id: _id, ...resource }, ...rest }: Finding) => ({
      ...rest,
      resource,
      path: formatPath(path),
    }));
    expect(shown).toEqual(visibleData(expected));
  });

  it('has the rest of the report beside the findings', () => {
    const { rules: _rules, findings: _findings, undecided: _undecided, suppressed: _suppressed, ...run } = sampleReport();
    expect(payloadOf(html(sampleReport(), OPTIONS)).run).toEqual(run);
  });

  it('shows a finding whose rule the report does not describe by the rule’s id', () => {
    const payload = toColumns({ ...sampleReport(), rules: {} });
    expect(findingAt(payload, 0).rule).toMatchObject({ id: 'kms-policy-wildcard-principal', title: 'kms-policy-wildcard-principal' });
  });

  it('is the same bytes for the same report, with no time and no system in the gzip header', () => {
    const page = html(sampleReport(), OPTIONS);
    expect(html(structuredClone(sampleReport()), { ...OPTIONS, color: true, width: 200 })).toBe(page);
    const base64 = /base64">([^<]*)</.exec(page)?.[1] ?? '';
    expect([...Buffer.from(base64, 'base64').subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  });

  it('moves the marks of a frame where an unseen character before them is written out', () => {
    const report = sampleReport();
    const [first, ...rest] = report.findings;
    if (first === undefined) throw new Error('the sample has findings');
    const line = { number: 1, text: 'a\u202eb: "*"', marks: [{ start: 5, end: 8, primary: true }] };
    const frame = { file: 'a.yaml', lines: [line] };
    const payload = toColumns({ ...report, findings: [{ ...first, location: { ...first.location, frame } }, ...rest] });
    const [shown] = findingAt(payload, 0).location.frame?.lines ?? [];
    const [mark] = shown?.marks ?? [];
    expect(shown?.text).toBe('a\\u{202e}b: "*"');
    expect(shown?.text.slice(mark?.start, mark?.end)).toBe('"*"');
  });
});

describe('unseen characters', () => {
  it.each([
    ['an ANSI colour', '\u001b[31mred', '\\u{1b}[31mred'],
    ['a bidi override', 'a\u202eb', 'a\\u{202e}b'],
    ['a bidi isolate', 'a\u2066b', 'a\\u{2066}b'],
    ['a zero-width space', 'a\u200bb', 'a\\u{200b}b'],
    ['a carriage return', 'a\rb', 'a\\u{d}b'],
    ['half a surrogate pair', 'a\ud800b', 'a\\u{d800}b'],
    ['a tag character', 'a\u{e0041}b', 'a\\u{e0041}b'],
    ['a tab and a newline stay', 'a\tb\nc', 'a\tb\nc'],
    ['letters of any script and emoji stay', 'שלום 鍵 🔑', 'שלום 鍵 🔑'],
  ])('%s', (_, given, shown) => {
    expect(visible(given)).toBe(shown);
    expect(visible(shown)).toBe(shown);
  });
});

describe('the address', () => {
  const selections = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...FACETS), fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 })), {
      selector: ([name]) => name,
    })
    .map(
      (entries) =>
        new Map(FACETS.flatMap((name) => entries.filter(([one]) => one === name).map(([, values]) => [name, new Set(values)] as const))),
    );
  const places: fc.Arbitrary<Place> = fc.record({
    view: fc.constantFrom(...VIEWS),
    open: fc.option(
      fc.string({ minLength: 1, unit: 'binary' }).filter((text) => text.isWellFormed()),
      { nil: undefined },
    ),
    selection: selections,
    query: fc.string(),
    grouping: fc.constantFrom(...GROUPINGS),
    plain: fc.boolean(),
  });

  it('names every place, and reads back as the same place', () => {
    fc.assert(
      fc.property(places, (place) => {
        expect(parseAddress(formatAddress(place))).toEqual(place);
      }),
    );
  });

  it('takes any text without failing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => VIEWS.includes(parseAddress(`#${text}`).view)));
  });

  it.each([
    ['', 'summary'],
    ['#sev=high', 'findings'],
    ['#q=key', 'findings'],
    ['#f/0123abcd', 'findings'],
    ['#view=undecided&sev=high', 'undecided'],
    ['#view=elsewhere', 'summary'],
  ])('%j shows the %s view', (hash, view) => {
    expect(parseAddress(hash).view).toBe(view);
  });
});

describe('filtering', () => {
  const payload = toColumns(many);
  const facets = facetsOf(payload);
  const range = rowsOf(payload, 'findings');
  const search = searchOf(payload);

  it('keeps the rows that fit every facet and word, and counts what each value would show', () => {
    const value = (name: (typeof FACETS)[number]) =>
      fc.uniqueArray(fc.constantFrom(...(facets.find((one) => one.name === name)?.values ?? [''])), { maxLength: 3 });
    const queries = fc.constantFrom('', 'team 3', 'KMS store1', 'template.yaml', 'nowhere');
    fc.assert(
      fc.property(value('sev'), value('service'), value('gate'), queries, (severities, services, gates, query) => {
        const selection = new Map([
          ['sev', new Set(severities)],
          ['service', new Set(services)],
          ['gate', new Set(gates)],
        ] as const);
        const fits = (row: number, without?: string): boolean => {
          const text = textOf(payload, row);
          const words = query
            .toLowerCase()
            .split(' ')
            .every((word) => text.includes(word));
          return (
            words &&
            facets.every((facet) => {
              const chosen = selection.get(facet.name as 'sev');
              return (
                facet.name === without ||
                chosen === undefined ||
                chosen.size === 0 ||
                chosen.has(facet.values[facet.column[row] ?? 0] ?? '')
              );
            })
          );
        };
        const rows = Array.from({ length: range.end - range.start }, (_, index) => range.start + index);
        const { rows: passed, counts } = filterRows(facets, range, selection, search.matcher(query));
        expect([...passed]).toEqual(rows.filter((row) => fits(row)));
        for (const facet of facets) {
          const expected = facet.values.map((_, id) => rows.filter((row) => facet.column[row] === id && fits(row, facet.name)).length);
          expect([...(counts.get(facet.name) ?? [])]).toEqual(expected);
        }
      }),
      { numRuns: 25 },
    );
  });

  it.each(GROUPINGS)('groups by %s without losing or repeating a row', (grouping) => {
    const rows = filterRows(facets, range, new Map(), undefined).rows;
    const grouped = groupRows(payload, rows, grouping).flatMap((group) => group.rows);
    expect(grouped.toSorted((a, b) => a - b)).toEqual([...rows]);
  });

  it('finds a finding by the start of its fingerprint', () => {
    const [fingerprint = ''] = payload.rows.fingerprint;
    expect([...filterRows(facets, range, new Map(), search.matcher(fingerprint.slice(0, 10))).rows]).toEqual([0]);
  });
});

function textOf(payload: Payload, row: number): string {
  const { message, rule, resource, location } = findingAt(payload, row);
  return [message, rule.id, rule.title, resource.name, resource.address, resource.type, location.file].join('\n').toLowerCase();
}

describe('the layout of a list', () => {
  const groups = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }).map((sizes) => {
    let row = 0;
    return sizes.map((size, index) => ({ key: String(index), title: '', worst: 0, rows: Array.from({ length: size }, () => row++) }));
  });
  const layouts = fc
    .record({ groups, closed: fc.uniqueArray(fc.integer({ min: 0, max: 7 })), header: fc.constantFrom(0, 40) })
    .map(({ groups, closed, header }) => layOut(groups, new Set(header === 0 ? [] : closed.map(String)), { header, row: 36 }));

  it('puts every stop right below the one before, and none twice', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        let bottom = 0;
        for (let stop = 0; stop < layout.stops; stop++) {
          const extent = extentOf(layout, stop);
          expect(extent?.top).toBe(bottom);
          bottom += extent?.height ?? Number.NaN;
          const found = stopAt(layout, stop);
          const row = found?.row === undefined ? undefined : layout.groups[found.group]?.group.rows[found.row];
          if (row !== undefined) expect(stopOfRow(layout, row)).toBe(stop);
        }
        expect(bottom).toBe(layout.height);
        expect(stopOfRow(layout, 1e6)).toBeUndefined();
      }),
    );
  });

  it('draws exactly the rows that touch the window', () => {
    fc.assert(
      fc.property(layouts, fc.integer({ min: -200, max: 3000 }), fc.integer({ min: 1, max: 900 }), (layout, top, size) => {
        layout.groups.forEach((laid, index) => {
          const { first, end } = rowsBetween(layout, index, top, top + size);
          laid.group.rows.forEach((_, row) => {
            const rowTop = laid.top + layout.heights.header + row * layout.heights.row;
            const touches = laid.open && rowTop < top + size && rowTop + layout.heights.row > top;
            expect(first <= row && row < end).toBe(touches);
          });
        });
      }),
    );
  });
});
