import type { Cause, Finding, Frame, FrameLine, Location, ReportRule } from '../../../../model/index.js';
import { SEVERITIES } from '../../../../model/severity.js';
import { FLAG, KINDS, type Payload, SECTIONS, type Section, SOURCES } from '../../payload.js';

/** A finding as the page shows it: the report's, with its path in words and its rule at hand. */
export interface ShownFinding extends Omit<Finding, 'path' | 'lineHash' | 'rule' | 'resource'> {
  readonly row: number;
  readonly section: Section;
  readonly rule: ReportRule;
  readonly path: string;
  readonly resource: Omit<Finding['resource'], 'id'>;
}

/** Entry of a payload column. Ids come from the reporter, so an id outside its dictionary is a bug and may show as nothing. */
export function at<T>(column: readonly T[], index: number): T {
  return column[index] as T; // see above
}

export function rowsOf(payload: Payload, section: Section): { readonly start: number; readonly end: number } {
  let start = 0;
  for (const name of SECTIONS) {
    const end = start + payload.sections[name];
    if (name === section) return { start, end };
    start = end;
  }
  return { start, end: start };
}

export function sectionOf(payload: Payload, row: number): Section {
  return SECTIONS.find((section) => row < rowsOf(payload, section).end) ?? 'suppressed';
}

/** The row with a fingerprint, or the first whose fingerprint begins with it where at least 8 digits are given. */
export function rowWithFingerprint(payload: Payload, fingerprint: string): number | undefined {
  const exact = payload.rows.fingerprint.indexOf(fingerprint);
  const row = exact >= 0 || fingerprint.length < 8 ? exact : payload.rows.fingerprint.findIndex((one) => one.startsWith(fingerprint));
  return row < 0 ? undefined : row;
}

/** All of one row. Cheap, but not free: for the rows on the screen and the finding that is open. */
export function findingAt(payload: Payload, row: number): ShownFinding {
  const { rows, rules, suppressions } = payload;
  const flags = at(rows.flags, row);
  const suppression = at(suppressions, at(rows.suppression, row));
  const condition = textAt(payload, at(rows.condition, row));
  return {
    row,
    section: sectionOf(payload, row),
    rule: at(rules, at(rows.rule, row)),
    kind: at(KINDS, at(rows.kind, row)),
    severity: at(SEVERITIES, at(rows.severity, row)),
    message: textAt(payload, at(rows.message, row)),
    resource: resourceAt(payload, at(rows.resource, row)),
    path: textAt(payload, at(rows.path, row)),
    location: placeAt(payload, at(rows.place, row)),
    related: listAt(payload, at(rows.related, row), placeAt),
    also: listAt(payload, at(rows.also, row), placeAt),
    because: listAt(payload, at(rows.because, row), causeAt),
    steps: listAt(payload, at(rows.steps, row), textAt),
    silences: listAt(payload, at(rows.silences, row), textAt),
    fingerprint: at(rows.fingerprint, row),
    secret: (flags & FLAG.secret) !== 0,
    baselined: (flags & FLAG.baselined) !== 0,
    failsRun: (flags & FLAG.failsRun) !== 0,
    ...(condition !== '' && { condition }),
    ...(suppression !== null && { suppression }),
  };
}

export function textAt(payload: Payload, id: number): string {
  return at(payload.texts, id);
}

export function causeAt(payload: Payload, id: number): Cause {
  const settle = textAt(payload, at(payload.causes.settle, id));
  return {
    words: textAt(payload, at(payload.causes.words, id)),
    kind: textAt(payload, at(payload.causes.kind, id)),
    ...(settle !== '' && { settle }),
  };
}

function listAt<T>(payload: Payload, id: number, item: (payload: Payload, id: number) => T): T[] {
  return at(payload.lists, id).map((entry) => item(payload, entry));
}

function resourceAt(payload: Payload, id: number): ShownFinding['resource'] {
  const { resources } = payload;
  return {
    type: textAt(payload, at(resources.type, id)),
    address: textAt(payload, at(resources.address, id)),
    name: textAt(payload, at(resources.name, id)),
    source: at(SOURCES, at(resources.source, id)),
  };
}

function placeAt(payload: Payload, id: number): Location {
  const { places } = payload;
  const file = textAt(payload, at(places.file, id));
  const label = textAt(payload, at(places.label, id));
  const frame = at(places.frame, id);
  const line = at(places.startLine, id);
  return {
    exact: at(places.exact, id) === 1,
    ...(file !== '' && { file }),
    ...(label !== '' && { label }),
    ...(frame !== 0 && { frame: frameAt(payload, frame) }),
    ...(line !== 0 && {
      range: {
        start: { line, column: at(places.startColumn, id) },
        end: { line: at(places.endLine, id), column: at(places.endColumn, id) },
      },
    }),
  };
}

function frameAt(payload: Payload, id: number): Frame {
  const [file = 0, ...cells] = at(payload.frames, id);
  const lines: FrameLine[] = [];
  for (let cell = 0; cell + 2 < cells.length; cell += 3) {
    const [number = 0, text = 0, marks = 0] = cells.slice(cell, cell + 3);
    lines.push({ number, text: textAt(payload, text), marks: marksAt(payload, marks) });
  }
  return { file: textAt(payload, file), lines };
}

function marksAt(payload: Payload, id: number): FrameLine['marks'] {
  const cells = at(payload.lists, id);
  const marks: FrameLine['marks'][number][] = [];
  for (let cell = 0; cell + 3 < cells.length; cell += 4) {
    const [start = 0, end = 0, primary = 0, labelId = 0] = cells.slice(cell, cell + 4);
    const label = textAt(payload, labelId);
    marks.push({ start, end, primary: primary === 1, ...(label !== '' && { label }) });
  }
  return marks;
}
