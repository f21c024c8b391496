import { useState } from 'preact/hooks';
import type { SourceKind } from '../../../../model/index.js';
import { SEVERITIES, type Severity } from '../../../../model/severity.js';
import type { Facet, FacetName } from '../data/facets.js';
import type { Filtered, Selection } from '../data/filter.js';
import { SeverityMark } from './severity-mark.js';
import { count, SOURCE_WORDS } from './words.js';

/** Values listed before a search among them is offered, and at most while searching. */
const SHORT = 7;
const LONG = 40;

interface FacetPanelProps {
  readonly facets: readonly Facet[];
  readonly selection: Selection;
  readonly filtered: Filtered;
  readonly onSelect: (selection: Selection) => void;
}

/** Every facet that tells rows of this view apart, with the rows behind each value. */
export function FacetPanel({ facets, selection, filtered, onSelect }: FacetPanelProps) {
  const toggle = (name: FacetName, value: string) => {
    const values = new Set(selection.get(name));
    if (!values.delete(value)) values.add(value);
    onSelect(new Map(selection).set(name, values));
  };
  return (
    <div class="facets">
      {facets.map((facet) => (
        <FacetChoice
          key={facet.name}
          facet={facet}
          chosen={selection.get(facet.name) ?? new Set()}
          counts={filtered.counts.get(facet.name) ?? new Uint32Array()}
          onToggle={(value) => toggle(facet.name, value)}
        />
      ))}
    </div>
  );
}

interface FacetChoiceProps {
  readonly facet: Facet;
  readonly chosen: ReadonlySet<string>;
  readonly counts: Uint32Array;
  readonly onToggle: (value: string) => void;
}

function FacetChoice({ facet, chosen, counts, onToggle }: FacetChoiceProps) {
  const [narrow, setNarrow] = useState('');
  const present = facet.values
    .map((value, index) => ({ value, rows: counts[index] ?? 0 }))
    .filter(({ value, rows }) => rows > 0 || chosen.has(value));
  if (present.length < 2 && chosen.size === 0) return null;
  const lost = [...chosen].filter((value) => !facet.values.includes(value)).map((value) => ({ value, rows: 0 }));
  if (facet.name !== 'sev' && facet.name !== 'gate')
    present.sort((a, b) => Number(chosen.has(b.value)) - Number(chosen.has(a.value)) || b.rows - a.rows || (a.value < b.value ? -1 : 1));
  const long = present.length > SHORT + 1;
  const word = narrow.trim().toLowerCase();
  const fitting = word === '' ? present : present.filter(({ value }) => value.toLowerCase().includes(word));
  const shown = long ? fitting.slice(0, word === '' ? SHORT : LONG) : present;
  return (
    <fieldset class={`facet facet-${facet.name}`}>
      <legend>{facet.title}</legend>
      {long && (
        <input
          class="narrow"
          type="search"
          value={narrow}
          placeholder={`Find one of ${count(present.length)}`}
          aria-label={`Find a ${facet.one} among ${count(present.length)}`}
          onInput={(event) => setNarrow(event.currentTarget.value)}
        />
      )}
      {[...lost, ...shown].map(({ value, rows }) => (
        <label key={value} class="choice" title={value}>
          <input type="checkbox" checked={chosen.has(value)} onChange={() => onToggle(value)} />
          {facet.name === 'sev' && <SeverityMark severity={severityOf(value)} />}
          <span class="value">{wordsOf(facet.name, value)}</span>
          <span class="number">{count(rows)}</span>
        </label>
      ))}
      {shown.length < fitting.length && <p class="quiet more">{`${count(fitting.length - shown.length)} more`}</p>}
      {long && fitting.length === 0 && <p class="quiet more">None fits.</p>}
    </fieldset>
  );
}

function severityOf(value: string): Severity {
  return SEVERITIES.find((severity) => severity === value) ?? 'note';
}

function wordsOf(name: FacetName, value: string): string {
  if (name === 'source') return SOURCE_WORDS[value as SourceKind] ?? value; // unknown values come from the address
  if (name === 'kind') return value === 'fail' ? 'failed' : value;
  return value;
}
