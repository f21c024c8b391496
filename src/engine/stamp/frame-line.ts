import type { FrameLine, Span } from '../../model/index.js';
import { escapedChar } from './escape-text.js';

/** Something to mark in a line, by offset in the text. */
export interface Mark extends Span {
  readonly primary: boolean;
  readonly label?: string;
}

/** Characters of a shown line; longer lines are cut around the mark. */
const WIDEST = 160;
const BEFORE_MARK = 40;
const MASK = '•';
/** A masked stretch is shown this long at most, so that the length of a secret stays its own. */
const MASK_WIDTH = 8;

/** One line as it may be printed: secrets masked, controls escaped, tabs as four blanks, cut to a readable width. */
export function frameLine(text: string, line: Span, number: number, secrets: readonly Span[], marks: readonly Mark[]): FrameLine {
  const window = windowOf(line, marks);
  const here = secrets.filter(({ start, end }) => start < window.end && end > window.start);
  const written = text.slice(window.start, window.end);
  if (here.length === 0 && PLAIN.test(written)) return plainLine(written, line, window, number, marks);
  const shown = new Shown();
  if (window.start > line.start) shown.put('…', window.start - 1);
  let at = window.start;
  while (at < window.end) {
    const secret = here.find(({ start, end }) => start <= at && end > at);
    if (secret !== undefined) {
      shown.put(MASK.repeat(MASK_WIDTH), at);
      at = Math.min(secret.end, window.end);
      continue;
    }
    // A cut surrogate pair would be shown as two broken halves.
    const char = String.fromCodePoint(text.codePointAt(at) ?? 32);
    shown.put(char === '\t' ? '    ' : (escapedChar(char) ?? char), at);
    at += char.length;
  }
  shown.end(window.end);
  if (window.end < line.end) shown.put('…', window.end);
  return { number, text: shown.text, marks: marks.map((mark) => placed(mark, shown)).filter((mark) => mark.end > mark.start) };
}

/** Nearly every line: nothing to mask, nothing to escape, so each character stands where it stood. */
const PLAIN = /^[ -~]*$/;

function plainLine(written: string, line: Span, window: Span, number: number, marks: readonly Mark[]): FrameLine {
  const before = window.start > line.start ? '…' : '';
  const behind = window.end < line.end ? '…' : '';
  const indexOf = (offset: number): number => (offset < window.start ? 0 : before.length + Math.min(offset, window.end) - window.start);
  return {
    number,
    text: before + written + behind,
    marks: marks
      .map((mark) => {
        const start = indexOf(mark.start);
        const end = Math.max(indexOf(mark.end), mark.end > mark.start ? start + 1 : start);
        return { start, end, primary: mark.primary, ...(mark.label === undefined ? {} : { label: mark.label }) };
      })
      .filter((mark) => mark.end > mark.start),
  };
}

/** Printed text with the way back to where each of its parts stood. */
class Shown {
  text = '';
  private readonly sources: number[] = [];
  private readonly targets: number[] = [];

  put(printed: string, offset: number): void {
    this.sources.push(offset);
    this.targets.push(this.text.length);
    this.text += printed;
  }

  end(offset: number): void {
    this.sources.push(offset);
    this.targets.push(this.text.length);
  }

  /** Where the character at `offset` is printed: the first part at or behind it. */
  indexOf(offset: number): number {
    const part = this.sources.findIndex((source) => source >= offset);
    return this.targets[part] ?? this.targets.at(-1) ?? 0;
  }

  /** Where the part that holds `offset` begins: a mark that starts inside a mask marks the whole of it. */
  startOf(offset: number): number {
    const exact = this.sources.indexOf(offset);
    if (exact >= 0) return this.targets[exact] ?? 0;
    const next = this.sources.findIndex((source) => source > offset);
    return this.targets[Math.max(next - 1, 0)] ?? 0;
  }
}

function placed(mark: Mark, shown: Shown): FrameLine['marks'][number] {
  const start = shown.startOf(mark.start);
  const end = Math.max(shown.indexOf(mark.end), mark.end > mark.start ? start + 1 : start);
  return { start, end, primary: mark.primary, ...(mark.label === undefined ? {} : { label: mark.label }) };
}

function windowOf(line: Span, marks: readonly Mark[]): Span {
  if (line.end - line.start <= WIDEST) return line;
  const focus = marks.find((mark) => mark.primary) ?? marks[0];
  const start = Math.min(Math.max(line.start, (focus?.start ?? line.start) - BEFORE_MARK), line.end - WIDEST);
  return { start, end: Math.min(line.end, start + WIDEST) };
}
