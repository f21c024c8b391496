import stringWidth from 'string-width';
import type { FrameLine } from '../../model/index.js';
import { oneLine } from '../one-line.js';
import type { Paint } from './paint.js';

type Mark = FrameLine['marks'][number];

/** A mark by screen columns. */
interface Underline {
  readonly from: number;
  readonly to: number;
  readonly primary: boolean;
  readonly label: string | undefined;
}

/** Columns that line numbers take in these lines. */
export function gutterOf(lines: readonly FrameLine[]): number {
  return String(Math.max(1, ...lines.map((line) => line.number))).length;
}

/**
 * Source lines with their numbers, marks underlined (`^` what decides, `-` context) and labelled. Lines wider than `width` columns
 * are cut around their first mark; `Infinity` cuts nothing.
 */
export function drawLines(lines: readonly FrameLine[], gutter: number, width: number, paint: Paint): string[] {
  const drawn: string[] = [];
  const bar = paint('|', 'place');
  const available = Math.max(20, width - gutter - 3);
  let previous: number | undefined;
  for (const source of lines) {
    if (previous !== undefined && source.number > previous + 1) drawn.push(paint('...', 'place'));
    previous = source.number;
    const line = cutTo(source, available);
    drawn.push(`${paint(String(line.number).padStart(gutter), 'place')} ${bar} ${oneLine(line.text)}`.trimEnd());
    for (const row of underlineRows(line, available, paint)) drawn.push(`${' '.repeat(gutter)} ${bar} ${row}`.trimEnd());
  }
  return drawn;
}

function underlineRows(line: FrameLine, available: number, paint: Paint): string[] {
  const marks = [...line.marks].sort((a, b) => a.start - b.start || b.end - a.end).map((mark) => underlineOf(line.text, mark));
  if (marks.length === 0) return [];
  const rows: string[] = [];
  const last = marks.at(-1);
  const beside =
    last?.label !== undefined && last.to + 1 + stringWidth(last.label) <= available && marks.every((mark) => mark.to <= last.to)
      ? last
      : undefined;
  rows.push(underlines(marks, paint) + (beside?.label === undefined ? '' : ` ${paint(beside.label, lookOf(beside))}`));
  // Labels that have no room beside their mark hang below it, the rightmost first, as compilers draw them.
  const hanging = marks.filter((mark) => mark.label !== undefined && mark !== beside);
  while (hanging.length > 0) {
    const mark = hanging.pop();
    if (mark?.label === undefined) continue;
    const start = Math.max(0, Math.min(mark.from, available - stringWidth(mark.label)));
    rows.push(
      stems(
        hanging.filter((other) => other.from < start),
        start,
        paint,
      ) + paint(mark.label, lookOf(mark)),
    );
  }
  return rows;
}

function underlineOf(text: string, mark: Mark): Underline {
  const from = stringWidth(oneLine(text.slice(0, mark.start)));
  const to = Math.max(from + 1, stringWidth(oneLine(text.slice(0, mark.end))));
  return { from, to, primary: mark.primary, label: mark.label === undefined ? undefined : oneLine(mark.label) };
}

function underlines(marks: readonly Underline[], paint: Paint): string {
  const end = Math.max(...marks.map((mark) => mark.to));
  let row = '';
  let run = '';
  let runOf: Underline | undefined;
  const flush = (): void => {
    row += runOf === undefined ? run : paint(run, lookOf(runOf));
    run = '';
  };
  for (let column = 0; column < end; column++) {
    const over = marks.filter((mark) => mark.from <= column && column < mark.to);
    const top = over.find((mark) => mark.primary) ?? over[0];
    if (top !== runOf) {
      flush();
      runOf = top;
    }
    run += top === undefined ? ' ' : top.primary ? '^' : '-';
  }
  flush();
  return row;
}

function stems(marks: readonly Underline[], until: number, paint: Paint): string {
  let row = '';
  for (let column = 0; column < until; column++) {
    const mark = marks.find((candidate) => candidate.from === column);
    row += mark === undefined ? ' ' : paint('|', lookOf(mark));
  }
  return row;
}

function lookOf(mark: Underline): 'primary' | 'context' {
  return mark.primary ? 'primary' : 'context';
}

/** The part of the line around its deciding mark that fits; `…` where something is left out. */
function cutTo(line: FrameLine, available: number): FrameLine {
  if (stringWidth(oneLine(line.text)) <= available) return line;
  const focus = line.marks.find((mark) => mark.primary) ?? line.marks[0];
  const room = available - 2;
  const latest = Math.max(0, line.text.length - room);
  const start = Math.min(latest, Math.max(0, (focus?.start ?? 0) - Math.floor(room / 3)));
  let end = Math.min(line.text.length, start + room);
  while (end > start + 1 && stringWidth(oneLine(line.text.slice(start, end))) > room) end--;
  const before = start > 0 ? '…' : '';
  const marks = line.marks
    .filter((mark) => mark.start < end && mark.end > start)
    .map((mark) => ({
      ...mark,
      start: Math.max(0, mark.start - start) + before.length,
      end: Math.min(end, mark.end) - start + before.length,
    }));
  return { number: line.number, text: before + line.text.slice(start, end) + (end < line.text.length ? '…' : ''), marks };
}
