import type { Report } from '../model/index.js';

export interface ReporterOptions {
  /** ANSI colours. */
  readonly color: boolean;
  /** Columns to wrap prose at; Infinity when piped. */
  readonly width: number;
  /** Show suppressed findings, undecided verdicts in full. */
  readonly show: ReadonlySet<'suppressed' | 'undecided' | 'passed'>;
}

/** A report as text. Pure: the same report and options give the same bytes. */
export type Reporter = (report: Report, options: ReporterOptions) => string;
