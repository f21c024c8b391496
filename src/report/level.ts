import type { Finding, Severity } from '../model/index.js';

/** What a list says first: the severity, or that it is undecided. */
export function levelWord(finding: Finding): string {
  return finding.kind === 'undecided' ? 'undecided' : finding.severity;
}

/** The three levels that SARIF and GitHub's annotations know. */
export const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  note: 'note',
};
