import type { Report, ReportRule, Severity, SourceKind, Suppression } from '../../model/index.js';

/**
 * What the HTML report carries: a Report turned from rows into columns, with every text, list, place and frame in a
 * dictionary once. 100,000 findings are a tenth of their JSON that way, and the page filters on integers.
 * In columns of ids, 0 means "none": each dictionary's first entry is the empty one.
 */
export interface Payload {
  readonly version: 1;
  readonly run: Run;
  /** Sorted by id; rows name a rule by its index here. */
  readonly rules: readonly ReportRule[];
  readonly texts: readonly string[];
  readonly lists: readonly (readonly number[])[];
  readonly resources: ResourceColumns;
  readonly places: PlaceColumns;
  /** `[file, number, text, marks, number, text, marks, …]`: text ids, and a list of `start, end, primary, label` fours. */
  readonly frames: readonly (readonly number[])[];
  readonly causes: CauseColumns;
  readonly suppressions: readonly (Suppression | null)[];
  readonly rows: RowColumns;
  /** Rows come section by section: this many active findings, then undecided, then suppressed. */
  readonly sections: Readonly<Record<Section, number>>;
}

/** The three lists of a report, in the order of the rows. */
export const SECTIONS = ['findings', 'undecided', 'suppressed'] as const;
export type Section = (typeof SECTIONS)[number];

/** The report without its findings and rules. */
export type Run = Omit<Report, 'rules' | 'findings' | 'undecided' | 'suppressed'>;

export const SOURCES: readonly SourceKind[] = ['cloudformation', 'terraform', 'account'];
export const KINDS = ['fail', 'undecided'] as const;

/** Bits of `RowColumns.flags`. */
export const FLAG = { secret: 1, baselined: 2, failsRun: 4 } as const;

export interface ResourceColumns {
  readonly type: readonly number[];
  readonly address: readonly number[];
  readonly name: readonly number[];
  /** Index into SOURCES. */
  readonly source: readonly number[];
}

export interface PlaceColumns {
  readonly file: readonly number[];
  /** All 0 where the place has no range. */
  readonly startLine: readonly number[];
  readonly startColumn: readonly number[];
  readonly endLine: readonly number[];
  readonly endColumn: readonly number[];
  readonly exact: readonly number[];
  readonly label: readonly number[];
  readonly frame: readonly number[];
}

export interface CauseColumns {
  readonly words: readonly number[];
  readonly settle: readonly number[];
  readonly kind: readonly number[];
}

export interface RowColumns {
  readonly rule: readonly number[];
  /** Index into KINDS. */
  readonly kind: readonly number[];
  /** Index into SEVERITIES. */
  readonly severity: readonly number[];
  readonly message: readonly number[];
  readonly resource: readonly number[];
  readonly path: readonly number[];
  readonly place: readonly number[];
  /** Lists of places. */
  readonly related: readonly number[];
  readonly also: readonly number[];
  readonly condition: readonly number[];
  /** A list of causes. */
  readonly because: readonly number[];
  /** Lists of texts. */
  readonly steps: readonly number[];
  readonly silences: readonly number[];
  readonly suppression: readonly number[];
  readonly flags: readonly number[];
  /** Unique for most rows, so not in the dictionary. */
  readonly fingerprint: readonly string[];
}

/** A rule that findings name and the report's table lacks; shown by its id alone. */
export function unknownRule(id: string, severity: Severity): ReportRule {
  return {
    id,
    title: id,
    severity,
    service: 'unknown',
    why: '',
    fix: { text: '', migration: 'manual' },
    controls: [],
    references: [],
    tags: [],
  };
}
