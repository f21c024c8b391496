import type { Span } from '../../model/index.js';
import type { MapEntry, MapNode } from './node.js';

/** One key met twice or more in one map. The last one counts. */
export interface DuplicateKey {
  readonly key: string;
  readonly dropped: Span;
  readonly kept: Span;
}

/** A map from its entries as written. Of entries with one key the last wins, as in CloudFormation; each loser is reported once. */
export function mapNode(
  span: Span,
  written: readonly MapEntry[],
  tag: string | undefined,
  report: (duplicate: DuplicateKey) => void,
): MapNode {
  const byKey = new Map<string, MapEntry>();
  for (const entry of written) byKey.set(entry.key, entry);
  let entries = written;
  if (byKey.size !== written.length) {
    entries = written.filter((entry) => {
      const kept = byKey.get(entry.key);
      if (kept === undefined || kept === entry) return true;
      report({ key: entry.key, dropped: entry.keySpan, kept: kept.keySpan });
      return false;
    });
  }
  const { start, end } = span;
  return tag === undefined ? { kind: 'map', start, end, entries, byKey } : { kind: 'map', start, end, tag, entries, byKey };
}
