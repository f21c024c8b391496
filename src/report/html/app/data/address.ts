import { FACETS, type FacetName } from './facets.js';
import type { Selection } from './filter.js';
import { GROUPINGS, type Grouping } from './groups.js';

export const VIEWS = ['summary', 'findings', 'undecided', 'suppressed', 'coverage'] as const;
export type View = (typeof VIEWS)[number];

/** What the page shows, and all that its address says: `#f/<fingerprint>&view=undecided&sev=high&q=bucket`. */
export interface Place {
  readonly view: View;
  /** Fingerprint of the finding that is open. */
  readonly open: string | undefined;
  readonly selection: Selection;
  readonly query: string;
  readonly grouping: Grouping;
  /** Every row in the page, for reading aloud and finding in the page. */
  readonly plain: boolean;
}

/** A hash may come from anyone: what it says beyond the known names and values is passed over. */
export function parseAddress(hash: string): Place {
  const text = hash.replace(/^#/, '');
  const open = /^f\/([^&]+)/.exec(text)?.[1];
  const words = new URLSearchParams(text.replace(/^f\/[^&]*&?/, ''));
  const selection = new Map<FacetName, ReadonlySet<string>>();
  for (const facet of FACETS) {
    const values = words.getAll(facet).filter((value) => value !== '');
    if (values.length > 0) selection.set(facet, new Set(values));
  }
  const query = words.get('q') ?? '';
  const filtered = selection.size > 0 || query !== '';
  return {
    view: VIEWS.find((view) => view === words.get('view')) ?? (filtered || open !== undefined ? 'findings' : 'summary'),
    open: open === undefined ? undefined : decoded(open),
    selection,
    query,
    grouping: GROUPINGS.find((grouping) => grouping === words.get('group')) ?? 'rule',
    plain: words.get('plain') === '1',
  };
}

/** The shortest hash that `parseAddress` reads as this place. */
export function formatAddress({ view, open, selection, query, grouping, plain }: Place): string {
  const words = new URLSearchParams();
  const filtered = query !== '' || [...selection.values()].some((values) => values.size > 0);
  if (view !== (filtered || open !== undefined ? 'findings' : 'summary')) words.set('view', view);
  for (const facet of FACETS) for (const value of selection.get(facet) ?? []) words.append(facet, value);
  if (query !== '') words.set('q', query);
  if (grouping !== 'rule') words.set('group', grouping);
  if (plain) words.set('plain', '1');
  const parts = [open === undefined ? '' : `f/${encodeURIComponent(open)}`, words.toString()].filter((part) => part !== '');
  return `#${parts.join('&')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
