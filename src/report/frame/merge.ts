import type { Finding, FrameLine, Location } from '../../model/index.js';
import { placeOf } from '../place.js';

/** Lines of one file to draw under one place. */
export interface Panel {
  readonly place: string;
  readonly lines: readonly FrameLine[];
}

/**
 * The finding's frames, its own first, then related ones; frames of one file are put together. Empty for a secret, whatever the
 * frames hold. Where two frames show one line differently (cut elsewhere), the first stays and the second gets its own panel.
 */
export function panelsOf(finding: Finding): readonly Panel[] {
  if (finding.secret) return [];
  const panels: { place: string; file: string; lines: Map<number, FrameLine> }[] = [];
  for (const location of [finding.location, ...finding.related]) {
    const { frame } = location;
    if (frame === undefined || frame.lines.length === 0) continue;
    const lines = frame.lines.map((line) => (location === finding.location ? line : labelled(line, location)));
    const home = panels.find((panel) => panel.file === frame.file && lines.every((line) => fits(panel.lines.get(line.number), line)));
    if (home === undefined) {
      const place = placeOf(location) ?? frame.file;
      panels.push({ place, file: frame.file, lines: new Map(lines.map((line) => [line.number, line])) });
      continue;
    }
    for (const line of lines) home.lines.set(line.number, joined(home.lines.get(line.number), line));
  }
  return panels.map(({ place, lines }) => ({ place, lines: [...lines.values()].sort((a, b) => a.number - b.number) }));
}

/** A related frame's own mark is context here, and says what the location is. */
function labelled(line: FrameLine, { label }: Location): FrameLine {
  let pending = label;
  const marks = line.marks.map((mark) => {
    const own = mark.label ?? (mark.primary ? pending : undefined);
    if (own === pending) pending = undefined;
    return { start: mark.start, end: mark.end, primary: false, ...(own === undefined ? {} : { label: own }) };
  });
  return { ...line, marks };
}

function fits(there: FrameLine | undefined, line: FrameLine): boolean {
  return there === undefined || there.text === line.text;
}

function joined(there: FrameLine | undefined, line: FrameLine): FrameLine {
  if (there === undefined) return line;
  const fresh = line.marks.filter((mark) => !there.marks.some((known) => known.start === mark.start && known.end === mark.end));
  return { ...there, marks: [...there.marks, ...fresh] };
}
