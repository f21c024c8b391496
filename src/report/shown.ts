import { compareSeverity, type Finding, type Report } from '../model/index.js';
import type { ReporterOptions } from './reporter.js';

/** The findings a list shows: failures, what is undecided and fails the run, and what the options ask for. Worst first. */
export function shownFindings(report: Report, { show }: ReporterOptions): readonly Finding[] {
  const undecided = show.has('undecided') ? report.undecided : report.undecided.filter((finding) => finding.failsRun);
  return worstFirst([...report.findings, ...undecided, ...(show.has('suppressed') ? report.suppressed : [])]);
}

/** Active failures before undecided before suppressed, each worst first; otherwise in the report's order. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => standing(a) - standing(b) || compareSeverity(a.severity, b.severity));
}

function standing(finding: Finding): number {
  if (isSetAside(finding)) return 2;
  return finding.kind === 'undecided' ? 1 : 0;
}

/** Suppressed or baselined: it does not count. */
export function isSetAside(finding: Finding): boolean {
  return finding.suppression !== undefined || finding.baselined;
}
