import { useCallback, useMemo, useState } from 'preact/hooks';
import type { Section } from '../../payload.js';
import { formatAddress, type Place } from '../data/address.js';
import type { Facet } from '../data/facets.js';
import { filterRows } from '../data/filter.js';
import { findingAt, rowsOf } from '../data/findings.js';
import { GROUPINGS, type Grouping, groupRows } from '../data/groups.js';
import { layOut } from '../data/layout.js';
import { FacetPanel } from './facet-panel.js';
import { FindingGrid } from './finding-grid.js';
import { FindingPanel } from './finding-panel.js';
import type { OpenReport } from './open-report.js';
import { PaperList, PlainList } from './plain-list.js';
import { SettleFirst } from './settle-first.js';
import { useMedia } from './use-media.js';
import type { Go } from './use-place.js';
import { count, counted, SECTION_TITLES } from './words.js';

/** Three columns fit: filters, list, finding. Below, a finding covers the page and filters fold away. */
export const WIDE = '(min-width: 80rem)';
const ROOMY = '(min-width: 60rem)';
/** A row fits on one line beside the filters. */
const LONG_LINES = '(min-width: 84rem)';

interface FindingsViewProps {
  readonly report: OpenReport;
  readonly section: Section;
  readonly place: Place;
  /** The row of the finding that is open. */
  readonly openRow: number | undefined;
  readonly medium: 'screen' | 'paper';
  readonly go: Go;
}

/** One section's findings with their filter, and the finding that is open. */
export function FindingsView({ report, section, place, openRow, medium, go }: FindingsViewProps) {
  const { payload, facets, search } = report;
  const { selection, query, grouping, plain } = place;
  const range = useMemo(() => rowsOf(payload, section), [payload, section]);
  const filtered = useMemo(() => filterRows(facets, range, selection, search.matcher(query)), [facets, range, selection, search, query]);
  const groups = useMemo(() => groupRows(payload, filtered.rows, grouping), [payload, filtered, grouping]);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const wide = useMedia(WIDE);
  const roomy = useMedia(ROOMY);
  const longLines = useMedia(LONG_LINES);
  const beside = wide && openRow !== undefined;
  const lines = longLines && !beside ? 'one' : 'two';
  const layout = useMemo(() => layOut(groups, closed, heights(grouping, lines)), [groups, closed, grouping, lines]);
  const order = useMemo(() => groups.flatMap((group) => group.rows), [groups]);
  const [focusRow, setFocusRow] = useState<{ readonly row: number }>();
  const address = formatAddress({ ...place, view: section, open: '' });
  const hrefOf = useCallback((fingerprint: string) => address.replace('f/', `f/${encodeURIComponent(fingerprint)}`), [address]);
  const toggle = useCallback((key: string) => setClosed((known) => toggled(known, key)), []);

  const index = openRow === undefined ? -1 : order.indexOf(openRow);
  const step = (by: 1 | -1) => {
    const row = order[index + by];
    if (row !== undefined) go({ open: payload.rows.fingerprint[row] ?? '' }, 'step');
  };
  const close = () => {
    if (openRow !== undefined) setFocusRow({ row: openRow });
    go({ view: section, open: undefined }, 'step');
  };
  const total = range.end - range.start;
  const isFiltered = query !== '' || [...selection.values()].some((values) => values.size > 0);
  const clear = () => go({ selection: new Map(), query: '' }, 'step');
  const covered = openRow !== undefined && !wide;

  if (medium === 'paper') {
    return (
      <>
        <h2>{SECTION_TITLES[section]}</h2>
        <p>
          {isFiltered
            ? `${count(filtered.rows.length)} of ${counted(total, 'finding')}, filtered by ${filterWords(place, facets)}`
            : counted(total, 'finding')}
        </p>
        <PaperList payload={payload} groups={groups} />
      </>
    );
  }
  const facetPanel = (
    <FacetPanel facets={facets} selection={selection} filtered={filtered} onSelect={(next) => go({ selection: next }, 'step')} />
  );
  return (
    <div class={`findings${beside ? ' beside' : ''}`}>
      <div class="list-side" inert={covered}>
        <div class="list-head">
          <h2 tabIndex={-1} data-view-title>
            {SECTION_TITLES[section]}
          </h2>
          <p class="quiet">{INTRODUCTIONS[section]}</p>
        </div>
        {section === 'undecided' && total > 0 && <SettleFirst payload={payload} rows={filtered.rows} />}
        {total === 0 ? (
          <Nothing section={section} report={report} />
        ) : (
          <div class="columns">
            {roomy && !beside ? (
              <aside class="filters" aria-label="Filters">
                {facetPanel}
              </aside>
            ) : (
              <details class="filters folded">
                <summary>Filters{chosenCount(place) > 0 ? `: ${chosenCount(place)} chosen` : ''}</summary>
                {facetPanel}
              </details>
            )}
            <div class="list">
              <div class="toolbar">
                <input
                  class="search"
                  type="search"
                  value={query}
                  placeholder="Search message, rule, resource, file"
                  aria-label="Search findings"
                  onInput={(event) => go({ query: event.currentTarget.value }, 'adjust')}
                />
                <label class="option">
                  Group by{' '}
                  <select value={grouping} onChange={(event) => go({ grouping: event.currentTarget.value as Grouping }, 'step')}>
                    {GROUPINGS.map((one) => (
                      <option key={one} value={one}>
                        {one === 'none' ? 'nothing' : one}
                      </option>
                    ))}
                  </select>
                </label>
                <label class="option">
                  <input type="checkbox" checked={plain} onChange={() => go({ plain: !plain }, 'step')} /> Plain list
                </label>
                <p class="result" role="status">
                  <b>{count(filtered.rows.length)}</b> of {count(total)}
                  {grouping !== 'none' && `, ${counted(groups.length, grouping)}`}
                </p>
                {isFiltered && (
                  <button type="button" class="tool" onClick={clear}>
                    Clear filters
                  </button>
                )}
              </div>
              {filtered.rows.length === 0 ? (
                <div class="nothing">
                  <p>
                    <b>Nothing here fits {filterWords(place, facets)}.</b>
                  </p>
                  <p>
                    {counted(total, 'finding')} of this view {total === 1 ? 'is' : 'are'} hidden by the filter.
                  </p>
                </div>
              ) : plain ? (
                <PlainList payload={payload} groups={groups} hrefOf={hrefOf} />
              ) : (
                <div class={`lines-${lines}`}>
                  <FindingGrid
                    payload={payload}
                    layout={layout}
                    label={SECTION_TITLES[section]}
                    openRow={openRow}
                    focusRow={focusRow}
                    hrefOf={hrefOf}
                    onToggle={toggle}
                  />
                </div>
              )}
            </div>
          </div>
        )}
      </div>
      {openRow !== undefined && (
        <FindingPanel
          finding={findingAt(payload, openRow)}
          mode={wide ? 'beside' : 'over'}
          position={index < 0 ? undefined : index + 1}
          of={order.length}
          onStep={step}
          onClose={close}
        />
      )}
    </div>
  );
}

const INTRODUCTIONS: Readonly<Record<Section, string>> = {
  findings: 'Problems that are there, worst first.',
  undecided: 'These may be problems: a fact was missing to decide. Nothing here counts as passed.',
  suppressed: 'Set aside by a suppression or the baseline, each with its reason.',
};

/** Nothing at all in this view. Never an all-clear: what was not looked at is said along. */
function Nothing({ section, report: { payload } }: { readonly section: Section; readonly report: OpenReport }) {
  const { coverage, gaps } = payload.run;
  return (
    <div class="nothing">
      <p>
        <b>{EMPTY_WORDS[section]}</b>
      </p>
      <p>
        {count(coverage.resources.judged)} of {counted(coverage.resources.all, 'resource')} judged by{' '}
        {counted(coverage.rulesApplied, 'rule')}; {counted(gaps.length, 'gap')}, {counted(coverage.skipped.length, 'file')} not read.{' '}
        <a href="#view=coverage">See the coverage</a>
      </p>
    </div>
  );
}

const EMPTY_WORDS: Readonly<Record<Section, string>> = {
  findings: 'No findings in what was judged.',
  undecided: 'No verdict was left undecided.',
  suppressed: 'Nothing is suppressed or in a baseline.',
};

/** Row heights follow the text size, so that larger text is not cut. */
function heights(grouping: Grouping, lines: 'one' | 'two'): { readonly header: number; readonly row: number } {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return { header: grouping === 'none' ? 0 : rem * 2.5, row: rem * (lines === 'one' ? 2.25 : 3.75) };
}

function toggled(known: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(known);
  if (!next.delete(key)) next.add(key);
  return next;
}

function chosenCount({ selection }: Place): number {
  return [...selection.values()].reduce((sum, values) => sum + values.size, 0);
}

function filterWords({ selection, query }: Place, facets: readonly Facet[]): string {
  const chosen = facets.flatMap(({ name, title }) => {
    const values = [...(selection.get(name) ?? [])];
    return values.length === 0 ? [] : [`${title.toLowerCase()} ${values.join(' or ')}`];
  });
  return [...(query === '' ? [] : [`“${query}”`]), ...chosen].join(', ');
}
