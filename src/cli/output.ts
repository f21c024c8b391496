import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../engine/index.js';
import type { Report } from '../model/index.js';
import { FORMATS, type Format, fenceForActions, isFormat, type ReporterOptions, reporterFor, splitByService } from '../report/index.js';
import type { Io } from './io.js';

/** Where reports go. */
export interface OutputOptions {
  readonly format: string;
  readonly output: readonly string[];
  readonly show: readonly string[];
  readonly quiet?: boolean;
  readonly color: string;
  readonly sarifSplit?: string;
}

/** Reports to write: the checks come before the scan, so that a typing error costs no time. */
export interface OutputPlan {
  readonly format: Format;
  readonly files: readonly { readonly format: Format; readonly file: string; readonly split: boolean }[];
  readonly options: ReporterOptions;
  readonly quiet: boolean;
}

export function planOutput(written: OutputOptions, io: Io): OutputPlan {
  if (written.sarifSplit !== undefined && written.sarifSplit !== 'service')
    throw new UsageError(`--sarif-split takes service, not ${written.sarifSplit}.`);
  if (!['auto', 'always', 'never'].includes(written.color))
    throw new UsageError(`--color takes auto, always or never, not ${written.color}.`);
  const files = written.output.map((item) => {
    const equals = item.indexOf('=');
    if (equals < 1 || equals === item.length - 1)
      throw new UsageError(`--output takes FORMAT=FILE, not ${item}.`, `Formats: ${FORMATS.join(', ')}.`);
    const format = formatNamed(item.slice(0, equals));
    return {
      format,
      file: path.resolve(io.workingFolder, item.slice(equals + 1)),
      split: format === 'sarif' && written.sarifSplit === 'service',
    };
  });
  const show = new Set<'suppressed' | 'undecided' | 'passed'>();
  for (const item of written.show) {
    if (item !== 'suppressed' && item !== 'undecided' && item !== 'passed')
      throw new UsageError(`--show takes suppressed, undecided and passed, not ${item}.`);
    show.add(item);
  }
  const width = io.stdout.isTerminal ? Math.min(io.stdout.columns ?? 80, 100) : Number.POSITIVE_INFINITY;
  return {
    format: formatNamed(written.format),
    files,
    options: { color: colors(written.color, io), width, show },
    quiet: written.quiet === true,
  };
}

function formatNamed(name: string): Format {
  if (!isFormat(name)) throw new UsageError(`There is no format ${name}.`, `Formats: ${FORMATS.join(', ')}.`);
  return name;
}

/** https://no-color.org, https://force-color.org */
function colors(when: string, io: Io): boolean {
  if (when !== 'auto') return when === 'always';
  const { NO_COLOR, FORCE_COLOR } = io.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
  return io.stdout.isTerminal;
}

/** Writes every planned report. Files are written without colours and unwrapped, whatever the terminal. */
export async function writeReports(report: Report, plan: OutputPlan, services: readonly string[], io: Io): Promise<void> {
  const inFiles: ReporterOptions = { ...plan.options, color: false, width: Number.POSITIVE_INFINITY };
  for (const { format, file, split } of plan.files) {
    if (split) {
      for (const part of await splitByService(report, services)) write(path.join(file, `${part.service}.sarif`), part.text);
    } else write(file, (await reporterFor(format))(report, inFiles));
  }
  if (plan.quiet) return;
  const text = (await reporterFor(plan.format))(report, plan.options);
  const quotes = plan.format === 'pretty' || plan.format === 'concise';
  io.stdout.write(quotes && io.env.GITHUB_ACTIONS === 'true' ? await fenceForActions(text) : text);
}

function write(file: string, text: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UsageError(`The report ${file} can’t be written (${code}).`, 'Check the path and its permissions.');
  }
}
