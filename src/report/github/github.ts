import type { Finding, Report } from '../../model/index.js';
import { conciseLine } from '../concise.js';
import { LEVEL, levelWord } from '../level.js';
import { oneLine } from '../one-line.js';
import type { Reporter } from '../reporter.js';
import { isSetAside, shownFindings } from '../shown.js';
import { commandData, commandProperty } from './escape.js';
import { fence } from './fence.js';

/** GitHub shows ten annotations of each level a step and drops the others without a word. */
const MOST_A_LEVEL = 10;

const COMMAND = { error: 'error', warning: 'warning', note: 'notice' } as const;
type Command = (typeof COMMAND)[keyof typeof COMMAND];

/**
 * Annotations for GitHub Actions, the worst of each level, and one notice that counts the others; below them every finding as a line,
 * fenced so that nothing that stands in a scanned file is taken for a command.
 */
export const github: Reporter = (report, options) => {
  const findings = shownFindings(report, options);
  const chosen = annotated(findings);
  const left = findings.length - chosen.length;
  const lines = chosen.map((finding) => annotation(finding, report));
  if (left > 0)
    lines.push(
      `::notice title=keyward::${commandData(`${left} more ${left === 1 ? 'finding' : 'findings'} in the log and the other formats: GitHub shows ten annotations of a level.`)}`,
    );
  const annotations = lines.map((line) => `${line}\n`).join('');
  return findings.length === 0 ? annotations : annotations + fence(findings.map((finding) => `${conciseLine(finding)}\n`).join(''));
};

function annotated(findings: readonly Finding[]): readonly Finding[] {
  const worst = take(findings, MOST_A_LEVEL);
  // The notice about the others takes a place itself.
  return worst.length === findings.length ? worst : take(findings, MOST_A_LEVEL - 1);
}

function take(findings: readonly Finding[], mostNotices: number): readonly Finding[] {
  const used: Record<Command, number> = { error: 0, warning: 0, notice: 0 };
  return findings.filter((finding) => {
    const command = commandOf(finding);
    used[command]++;
    return used[command] <= (command === 'notice' ? mostNotices : MOST_A_LEVEL);
  });
}

/** What does not count is a notice; what is undecided warns unless it fails the run. */
function commandOf(finding: Finding): Command {
  if (isSetAside(finding)) return 'notice';
  const command = COMMAND[LEVEL[finding.severity]];
  return finding.kind === 'undecided' && !finding.failsRun && command === 'error' ? 'warning' : command;
}

function annotation(finding: Finding, report: Report): string {
  const { file, range } = finding.location;
  const properties: string[] = [];
  if (file !== undefined) {
    properties.push(`file=${commandProperty(file)}`);
    if (range !== undefined) {
      const isOneLine = range.start.line === range.end.line;
      properties.push(`line=${range.start.line}`, `endLine=${range.end.line}`);
      // Columns of a stretch over several lines make GitHub drop the annotation's place.
      if (isOneLine) properties.push(`col=${range.start.column}`, `endColumn=${Math.max(range.start.column, range.end.column - 1)}`);
    }
  }
  properties.push(`title=${commandProperty(`${levelWord(finding)}[${oneLine(finding.rule)}]`)}`);
  const fix = finding.kind === 'fail' ? report.rules[finding.rule]?.fix.text : undefined;
  const causes = finding.because.map((cause) => `It depends on ${cause.words}.`);
  const text = [oneLine(finding.message), finding.condition, ...causes, fix].filter((part) => part !== undefined).join('\n');
  return `::${commandOf(finding)} ${properties.join(',')}::${commandData(text)}`;
}
