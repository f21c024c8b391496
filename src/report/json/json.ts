import type { Reporter } from '../reporter.js';

/** The report itself, as `schema/report.schema.json` describes it: equal reports give equal bytes. */
export const json: Reporter = (report) => `${JSON.stringify(ordered(report), undefined, 2)}\n`;

/** What a reader looks for first; names that are not here follow by alphabet. */
const FIRST = [
  ...[
    'schemaVersion',
    'tool',
    'asOf',
    'inputs',
    'sources',
    'thresholds',
    'summary',
    'findings',
    'undecided',
    'suppressed',
    'rules',
    'diagnostics',
    'gaps',
    'coverage',
  ],
  ...[
    'rule',
    'id',
    'kind',
    'level',
    'code',
    'severity',
    'title',
    'message',
    'help',
    'resource',
    'type',
    'address',
    'name',
    'path',
    'location',
    'file',
    'range',
    'number',
    'text',
    'start',
    'end',
    'line',
    'column',
  ],
];
const RANK = new Map(FIRST.map((name, index) => [name, index]));

/** Places of a key in the object of rules by id and the like do not matter; the names above are no rule ids. */
function ordered(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(ordered);
  if (typeof data !== 'object' || data === null) return data;
  const rank = (name: string): number => RANK.get(name) ?? FIRST.length;
  const entries = Object.entries(data).filter(([, value]) => value !== undefined);
  entries.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, ordered(value)]));
}
