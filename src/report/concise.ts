import type { Finding } from '../model/index.js';
import { levelWord } from './level.js';
import { oneLine } from './one-line.js';
import { placeOfFinding } from './place.js';
import type { Reporter } from './reporter.js';
import { isSetAside, shownFindings } from './shown.js';

/** `path:line:column: severity[rule] message`, one a line, worst first; nothing for a clean run. */
export const concise: Reporter = (report, options) =>
  shownFindings(report, options)
    .map((finding) => `${conciseLine(finding)}\n`)
    .join('');

export function conciseLine(finding: Finding): string {
  const aside = isSetAside(finding) ? ` (${finding.suppression === undefined ? 'baselined' : 'suppressed'})` : '';
  const would = finding.kind === 'undecided' ? ` (would be ${finding.severity})` : '';
  return `${placeOfFinding(finding)}: ${levelWord(finding)}[${oneLine(finding.rule)}] ${oneLine(finding.message)}${would}${aside}`;
}
