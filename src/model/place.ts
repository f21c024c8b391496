/** A point in a text. Lines and columns count from 1; a column counts UTF-16 code units, as SARIF and editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A stretch of text; `end` is exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A place in a file. `file` is the path from the scan root, with `/` on every platform. */
export interface FileOrigin {
  readonly kind: 'file';
  readonly file: string;
  readonly range: Range;
}

/** A fact that an API call told. `time` is an ISO 8601 instant. */
export interface ApiOrigin {
  readonly kind: 'api';
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly time: string;
}

/** Where a fact comes from: text that someone wrote, or a call that someone made. */
export type Origin = FileOrigin | ApiOrigin;

/** The way from a resource's properties to a value: property names and list indexes, outermost first. */
export type Path = readonly (string | number)[];

/** A half-open stretch of a text by offset in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `Statement.0.Principal`: how a path is written for people and in fingerprints. A dot inside a name is escaped. */
export function formatPath(path: Path): string {
  return path.map((step) => String(step).replace(/[\\.]/g, '\\$&')).join('.');
}
