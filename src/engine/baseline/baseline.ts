import { fingerprintOf } from '../stamp/fingerprint.js';
import type { StampedFinding } from '../unit/unit.js';

/** One accepted finding: what its fingerprint is made of, so that it is readable and survives a renamed file. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  readonly resource: string;
  readonly path: string;
  readonly digest: string;
  readonly occurrence: number;
}

export interface Baseline {
  readonly entries: readonly BaselineEntry[];
}

/** What a baseline does to the findings of a run. */
export interface Matched {
  readonly accepted: ReadonlySet<StampedFinding>;
  /** Entries that no finding answers any more. */
  readonly stale: readonly BaselineEntry[];
  /** Entries about files that this run did not look at. */
  readonly notAsked: readonly BaselineEntry[];
}

export function entryOf({ identity, location }: StampedFinding): BaselineEntry {
  const file = location.file ?? '';
  const { rule, address, path, digest, occurrence } = identity;
  return { fingerprint: fingerprintOf(identity, file), rule, file, resource: address, path, digest, occurrence };
}

/** What became of a baselined file: looked at in this run, not looked at, or no longer there. */
export type FileState = 'read' | 'not-read' | 'gone';

/**
 * Matches findings with a baseline by fingerprint. Where a baselined file is no longer there, an equal entry under exactly one
 * other file is taken as renamed. Of a file that this run did not look at nothing is stale: it was not asked.
 */
export function matchBaseline(findings: readonly StampedFinding[], baseline: Baseline, stateOf: (file: string) => FileState): Matched {
  const byFingerprint = new Map(baseline.entries.map((entry) => [entry.fingerprint, entry]));
  const accepted = new Set<StampedFinding>();
  const answered = new Set<BaselineEntry>();
  const open: StampedFinding[] = [];
  for (const finding of findings) {
    const entry = byFingerprint.get(finding.fingerprint);
    if (entry === undefined) open.push(finding);
    else {
      accepted.add(finding);
      answered.add(entry);
    }
  }
  const states = new Map([...new Set(baseline.entries.map(({ file }) => file))].map((file) => [file, stateOf(file)]));
  const gone = baseline.entries.filter((entry) => !answered.has(entry) && states.get(entry.file) === 'gone');
  const openByKey = new Map<string, StampedFinding[]>();
  for (const finding of open) {
    const key = withoutFile(entryOf(finding));
    openByKey.set(key, [...(openByKey.get(key) ?? []), finding]);
  }
  for (const entry of gone) {
    const candidates = openByKey.get(withoutFile(entry)) ?? [];
    const [only] = candidates;
    if (only === undefined || new Set(candidates.map(({ location }) => location.file)).size !== 1 || accepted.has(only)) continue;
    accepted.add(only);
    answered.add(entry);
  }
  const unanswered = baseline.entries.filter((entry) => !answered.has(entry));
  return {
    accepted,
    stale: unanswered.filter(({ file }) => states.get(file) !== 'not-read'),
    notAsked: unanswered.filter(({ file }) => states.get(file) === 'not-read'),
  };
}

function withoutFile({ rule, resource, path, digest, occurrence }: BaselineEntry): string {
  return JSON.stringify([rule, resource, path, digest, occurrence]);
}

/** The file's text: sorted, one entry a line, so that changes to it read and merge well. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const sorted = [...new Map(entries.map((entry) => [entry.fingerprint, entry])).values()].sort((a, b) =>
    sortKey(a) < sortKey(b) ? -1 : 1,
  );
  const lines = sorted.map(({ fingerprint, rule, file, resource, path, digest, occurrence }) =>
    JSON.stringify({ fingerprint, rule, file, resource, path, digest, occurrence }),
  );
  return `{"schemaVersion":1,"findings":[\n${lines.join(',\n')}${lines.length > 0 ? '\n' : ''}]}\n`;
}

function sortKey({ file, resource, rule, path, digest, occurrence }: BaselineEntry): string {
  return [file, resource, rule, path, digest, String(occurrence).padStart(6, '0')].join('\n');
}
