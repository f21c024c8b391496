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
}

export function entryOf({ identity, location }: StampedFinding): BaselineEntry {
  const file = location.file ?? '';
  const { rule, address, path, digest, occurrence } = identity;
  return { fingerprint: fingerprintOf(identity, file), rule, file, resource: address, path, digest, occurrence };
}

/**
 * Matches findings with a baseline by fingerprint. Where a baselined file is no longer there, an equal entry under exactly one
 * other file is taken as renamed.
 */
export function matchBaseline(findings: readonly StampedFinding[], baseline: Baseline, filesRead: ReadonlySet<string>): Matched {
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
  const gone = baseline.entries.filter((entry) => !answered.has(entry) && !filesRead.has(entry.file));
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
  return { accepted, stale: baseline.entries.filter((entry) => !answered.has(entry)) };
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
