import { type Report, SEVERITIES, type Severity } from '../../model/index.js';
import { wrap } from '../frame/wrap.js';
import { oneLine } from '../one-line.js';
import type { ReporterOptions } from '../reporter.js';
import { worstFirst } from '../shown.js';
import { shellWord } from './command.js';
import type { Sheet } from './entry.js';

/** Of the causes of what is undecided, the commonest few; the rest is one flag away. */
const MOST_CAUSES = 3;
const MOST_GAPS_ON_TERMINAL = 20;

/** What was found, what was left open, what was read, and what to do next. A clean run has one line. */
export function summary(report: Report, options: ReporterOptions, sheet: Sheet): string[] {
  const lines = [
    headline(report, sheet),
    ...undecidedLines(report, options),
    ...setAsideLine(report, options),
    ...gapLines(report, sheet),
    ...errorLine(report),
  ];
  const isClean = lines.length === 1 && report.findings.length === 0;
  if (isClean) return [`${sheet.paint('No findings.', 'good')} ${coverageWords(report)}`];
  lines.push(coverageWords(report));
  if (options.show.has('passed')) lines.push(`${plural(report.coverage.verdicts.pass, 'check')} passed.`);
  const next = nextCommand(report, options);
  if (next !== undefined) lines.push(`Next: ${next}`);
  return lines.flatMap((line) => wrapHanging(line, sheet.width));
}

function headline({ findings, thresholds }: Report, { paint }: Sheet): string {
  if (findings.length === 0) return paint('No findings.', 'good');
  const failing = findings.filter((finding) => finding.failsRun).length;
  const verdict =
    thresholds.failOn === 'never'
      ? 'none fails the run (--fail-on never)'
      : `${failing === 0 ? 'none fails' : failing === 1 ? '1 fails' : `${failing} fail`} the run (--fail-on ${thresholds.failOn})`;
  const counts = SEVERITIES.filter((severity) => count(findings, severity) > 0).map((severity) =>
    paint(`${count(findings, severity)} ${severity}`, severity),
  );
  return `${plural(findings.length, 'finding')}: ${counts.join(', ')}; ${verdict}.`;
}

function undecidedLines({ undecided, thresholds }: Report, { show }: ReporterOptions): string[] {
  if (undecided.length === 0) return [];
  const failing = undecided.filter((finding) => finding.failsRun).length;
  const fails =
    failing === 0 ? '' : `; ${failing === 1 ? '1 fails' : `${failing} fail`} the run (--fail-on-undecided ${thresholds.failOnUndecided})`;
  const hint = show.has('undecided') ? '' : ' Show them with --show undecided.';
  const causes = new Map<string, { count: number; settle: string | undefined }>();
  for (const { words, settle } of undecided.flatMap((finding) => finding.because)) {
    causes.set(words, { count: (causes.get(words)?.count ?? 0) + 1, settle });
  }
  const main = [...causes].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1));
  return [
    `${undecided.length} undecided: ${countWords(undecided)}${fails}.${hint}`,
    ...main
      .slice(0, MOST_CAUSES)
      .map(([words, cause]) => `  ${cause.count} × ${oneLine(words)}${cause.settle === undefined ? '' : `: ${oneLine(cause.settle)}`}`),
    ...(main.length > MOST_CAUSES ? [`  and ${plural(main.length - MOST_CAUSES, 'other cause')}`] : []),
  ];
}

function setAsideLine({ summary: counts, thresholds }: Report, { show }: ReporterOptions): string[] {
  const parts: string[] = [];
  if (counts.suppressed > 0) parts.push(`${counts.suppressed} suppressed`);
  if (counts.baselined > 0) parts.push(`${counts.baselined} in the baseline`);
  const hint = parts.length > 0 && !show.has('suppressed') ? ' (show them with --show suppressed)' : '';
  const hidden = counts.hidden > 0 ? [`${counts.hidden} below --min-severity ${thresholds.minSeverity} not shown`] : [];
  const all = [...(parts.length > 0 ? [parts.join(', ') + hint] : []), ...hidden];
  return all.length === 0 ? [] : [`${all.join('; ')}.`];
}

function gapLines({ gaps }: Report, { isTerminal }: Sheet): string[] {
  if (gaps.length === 0) return [];
  const listed = isTerminal ? gaps.slice(0, MOST_GAPS_ON_TERMINAL) : gaps;
  return [
    `${plural(gaps.length, 'gap')}, so that not everything could be judged:`,
    ...listed.map((gap) => {
      const settle = gap.settle === undefined ? '' : ` To settle it, ${oneLine(gap.settle)}.`;
      return `  ${oneLine(gap.where).replace(/\.$/, '')}: ${oneLine(gap.why)} Left open: ${oneLine(gap.leavesOpen).replace(/\.$/, '')}.${settle}`;
    }),
    ...(listed.length < gaps.length ? [`  and ${gaps.length - listed.length} more; --format json has all`] : []),
  ];
}

function errorLine({ diagnostics }: Report): string[] {
  const errors = diagnostics.filter((diagnostic) => diagnostic.level === 'error').length;
  return errors === 0 ? [] : [`${plural(errors, 'input')} could not be analysed, wholly or in part; the errors say why.`];
}

function coverageWords({ coverage }: Report): string {
  const { filesRead, skipped, resources, rulesApplied } = coverage;
  const reasons = new Map<string, number>();
  for (const { reason } of skipped) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const why = [...reasons].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([reason, files]) => `${files} ${oneLine(reason)}`);
  const skippedWords =
    skipped.length === 0
      ? ''
      : `, ${skipped.length} skipped (${why.slice(0, MOST_CAUSES).join(', ')}${why.length > MOST_CAUSES ? ', …' : ''})`;
  const judged = `${resources.judged} of ${plural(resources.all, 'resource')} judged by ${plural(rulesApplied, 'rule')} (${resources.catalogued} of types the catalogue names)`;
  return `${plural(filesRead, 'file')} read${skippedWords}; ${judged}.`;
}

function nextCommand({ findings, undecided, inputs }: Report, { show }: ReporterOptions): string | undefined {
  const worst = worstFirst(findings)[0];
  if (worst !== undefined) return `keyward explain ${shellWord(worst.rule)}`;
  if (undecided.length === 0 || show.has('undecided')) return undefined;
  return ['keyward', 'scan', ...inputs, '--show', 'undecided'].map(shellWord).join(' ');
}

function countWords(findings: readonly { readonly severity: Severity }[]): string {
  return SEVERITIES.filter((severity) => count(findings, severity) > 0)
    .map((severity) => `${count(findings, severity)} ${severity}`)
    .join(', ');
}

function count(findings: readonly { readonly severity: Severity }[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Wrapped, later lines indented two more than the first. */
function wrapHanging(line: string, width: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? '';
  return wrap(line, width - indent.length - 2).map((part, index) => (index === 0 ? indent : `${indent}  `) + part);
}
