import type { Span } from '../model/index.js';

/** A stretch of a text that is, or is likely, a secret. The stretch is the secret alone, without its name or quotes. It never holds the value. */
export interface SecretHit extends Span {
  /** A stable slug: `aws-access-key-id`, `private-key`, `password`. */
  readonly kind: string;
  /** For messages, with its article: "an AWS access key id". */
  readonly words: string;
  /** What gave it away, surest first: its own form, the name beside it, or its randomness under a name that hints. */
  readonly confidence: 'format' | 'name' | 'entropy';
}

const SUREST_FIRST = ['format', 'name', 'entropy'] as const;

/** Sorted by place; overlapping hits become one that covers both and keeps what the surer one says. */
export function mergeHits(hits: readonly SecretHit[]): SecretHit[] {
  if (hits.length === 0) return [];
  const merged: SecretHit[] = [];
  for (const hit of [...hits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || hit.start >= last.end) {
      merged.push(hit);
      continue;
    }
    const surer = SUREST_FIRST.indexOf(hit.confidence) < SUREST_FIRST.indexOf(last.confidence) ? hit : last;
    merged[merged.length - 1] = { ...surer, start: last.start, end: Math.max(last.end, hit.end) };
  }
  return merged;
}
