import type { Position, Range, Span } from '../../model/index.js';

/** Turns offsets (UTF-16 code units) into lines and columns, and back. */
export interface LineIndex {
  /** An offset outside the text gives the nearest end of it. */
  position(offset: number): Position;
  range(span: Span): Range;
  /** The reverse of `position`; a column past the line's end gives that end. */
  offset(position: Position): number;
  /** The line's text without its line break; `''` for a line that is not there. */
  line(number: number): string;
  readonly lines: number;
}

/** A line ends with LF, CRLF or a lone CR, as YAML, editors and SARIF viewers count. */
export function lineIndex(text: string): LineIndex {
  const starts = lineStarts(text);

  function lineOf(offset: number): number {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function position(offset: number): Position {
    const inside = Math.min(Math.max(offset, 0), text.length);
    const line = lineOf(inside);
    return { line: line + 1, column: inside - (starts[line] ?? 0) + 1 };
  }

  function endOf(line: number): number {
    let end = starts[line + 1] ?? text.length;
    const start = starts[line] ?? text.length;
    while (end > start && isBreak(text.charCodeAt(end - 1))) end -= 1;
    return end;
  }

  return {
    position,
    range: ({ start, end }) => ({ start: position(start), end: position(end) }),
    offset: ({ line, column }) => {
      if (line > starts.length) return text.length;
      const start = starts[Math.max(line, 1) - 1] ?? 0;
      return Math.min(start + Math.max(column, 1) - 1, endOf(Math.max(line, 1) - 1));
    },
    line: (number) => (number < 1 || number > starts.length ? '' : text.slice(starts[number - 1], endOf(number - 1))),
    lines: starts.length,
  };
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}
