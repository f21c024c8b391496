import type { Frame, FrameLine, Range, Span } from '../../model/index.js';
import { frameLine, type Mark } from './frame-line.js';
import type { ShownText } from './shown-text.js';

const LINES_AROUND = 1;
/** Of a stretch over many lines the first few say enough. */
const MOST_LINES = 6;

/** The lines around a range, the range marked; undefined where nothing may be shown of it. */
export function frameAround(source: ShownText, range: Range, mark: Pick<Mark, 'primary' | 'label'>): Frame {
  const first = Math.max(1, range.start.line - LINES_AROUND);
  const lastMarked = Math.min(range.end.line, range.start.line + MOST_LINES - 1);
  const last = Math.min(source.lines.lines, lastMarked + LINES_AROUND);
  const whole: Span = { start: source.lines.offset(range.start), end: source.lines.offset(range.end) };
  const lines: FrameLine[] = [];
  for (let number = first; number <= last; number += 1) {
    const start = source.lines.offset({ line: number, column: 1 });
    const line = { start, end: start + source.lines.line(number).length };
    lines.push(frameLine(source.text, line, number, source.secrets(), marksIn(line, source.text, whole, number, range, mark)));
  }
  return { file: source.file, lines: withoutBlankEdges(lines) };
}

/** The part of the range on this line, without its indentation; the label stands on the first line only. */
function marksIn(
  line: Span,
  text: string,
  whole: Span,
  number: number,
  range: Range,
  mark: Pick<Mark, 'primary' | 'label'>,
): readonly Mark[] {
  if (number < range.start.line || number > range.end.line) return [];
  const written = line.start + (text.slice(line.start, line.end).search(/\S/) + 1 || 1) - 1;
  const start = Math.max(whole.start, written);
  const end = Math.min(whole.end, line.end);
  if (end < start) return [];
  const label = mark.label !== undefined && number === range.start.line ? { label: mark.label } : {};
  return [{ start, end: end === start && whole.start === whole.end ? Math.min(end + 1, line.end) : end, primary: mark.primary, ...label }];
}

function withoutBlankEdges(lines: readonly FrameLine[]): readonly FrameLine[] {
  const isBlank = (line: FrameLine | undefined): boolean => line !== undefined && line.marks.length === 0 && line.text.trim() === '';
  let from = 0;
  let to = lines.length;
  while (from < to && isBlank(lines[from])) from += 1;
  while (to > from && isBlank(lines[to - 1])) to -= 1;
  return lines.slice(from, to);
}
