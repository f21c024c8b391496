import type { Span } from '../model/index.js';

const MASK = '•';

/**
 * The text with every character inside the spans replaced, except line breaks: length, lines and columns stay as they were.
 * Spans may overlap, be unsorted or reach outside the text.
 */
export function mask(text: string, spans: readonly Span[]): string {
  let masked = '';
  let at = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const start = Math.max(at, span.start);
    const end = Math.min(text.length, span.end);
    if (end <= start) continue;
    masked += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n\u2028\u2029\u0085]/g, MASK);
    at = end;
  }
  return masked + text.slice(at);
}
