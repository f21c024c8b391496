import type { Position, Range, SourceText, Span } from '../../model/index.js';
import { type LineIndex, lineIndex } from '../../readers/index.js';
import { findSecrets } from '../../secrets/index.js';
import { lineHasher } from './line-hash.js';

/** A source as findings may show it: what is secret in it is known. Costly parts are made when first asked for. */
export interface ShownText {
  readonly file: string;
  readonly text: string;
  readonly lines: LineIndex;
  /** Every stretch that no output may show, sorted, not overlapping. */
  secrets(): readonly Span[];
  /** GitHub's hash of a line; undefined where what it covers holds a secret. */
  lineHash(line: number): string | undefined;
}

/** `alsoSecret`: stretches that rules or resources mark as secret, beside those the text itself gives away. */
export function shownText(source: SourceText, alsoSecret: () => readonly Range[]): ShownText {
  const lines = lineIndex(source.text);
  let secrets: readonly Span[] | undefined;
  let hasher: ReturnType<typeof lineHasher> | undefined;

  function allSecrets(): readonly Span[] {
    secrets ??= joined([
      ...source.masked,
      ...findSecrets(source.text),
      ...secretsInComments(source.text),
      ...alsoSecret().map(({ start, end }) => ({ start: lines.offset(start), end: lines.offset(end) })),
    ]);
    return secrets;
  }

  return {
    file: source.file,
    text: source.text,
    lines,
    secrets: allSecrets,
    lineHash(line) {
      hasher ??= lineHasher(source.text);
      const start = lines.offset({ line, column: 1 });
      const found = hasher(line, start);
      if (found === undefined) return undefined;
      return overlaps(allSecrets(), { start, end: found.end }) ? undefined : found.hash;
    },
  };
}

/** What has been commented out is still there to read. Each comment is looked at as a line of its own; offsets stay. */
function secretsInComments(text: string): readonly Span[] {
  const uncommented = text.replace(/(^|\s)#/g, '$1\n');
  return uncommented === text ? [] : findSecrets(uncommented);
}

/** Sorted, overlapping and touching spans made one. */
export function joined(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && span.start <= last.end) result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else if (span.end > span.start) result.push({ start: span.start, end: span.end });
  }
  return result;
}

/** True where any of the spans shares a character with the given one. */
export function overlaps(spans: readonly Span[], span: Span): boolean {
  return spans.some(({ start, end }) => start < span.end && end > span.start);
}

/** The place one column on, for empty stretches that still need a mark. */
export function after({ line, column }: Position): Position {
  return { line, column: column + 1 };
}
