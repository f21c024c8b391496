import { type Finding, type Report, SEVERITIES } from '../../model/index.js';
import { drawLines, gutterOf } from '../frame/draw.js';
import { panelsOf } from '../frame/merge.js';
import { plain } from '../frame/paint.js';
import { levelWord } from '../level.js';
import { placeOfFinding } from '../place.js';
import type { Reporter } from '../reporter.js';
import { isSetAside, shownFindings } from '../shown.js';
import { codeBlock, escapeMarkdown, inlineCode } from './escape.js';

/** GitHub refuses a job summary of more than 1 MiB; the rest is room for what a workflow adds. */
const MOST_BYTES = 1_000_000;
const MOST_IN_FULL = 50;
/** Kept for the closing note. */
const NOTE_BYTES = 500;

/** A summary for a pull request or a job: counts, then the findings, worst first, folded; cut before GitHub would refuse it. */
export const markdown: Reporter = (report, options) => {
  const findings = shownFindings(report, options);
  const head = [title(report), ...countTable(report), ...openQuestions(report)].map((block) => `${block}\n\n`).join('');
  let text = head;
  let bytes = Buffer.byteLength(text);
  let written = 0;
  for (const finding of findings) {
    const block = written < MOST_IN_FULL ? inFull(finding, report) : inShort(finding);
    const size = Buffer.byteLength(block);
    if (bytes + size > MOST_BYTES - NOTE_BYTES) break;
    text += block;
    bytes += size;
    written++;
  }
  const left = findings.length - written;
  return left === 0
    ? text
    : `${text}\n${left} more ${left === 1 ? 'finding is' : 'findings are'} left out here, as the host takes no more; the other formats have all.\n`;
};

function title({ findings, undecided }: Report): string {
  const failing = [...findings, ...undecided].filter((finding) => finding.failsRun).length;
  if (failing > 0) return `## keyward: ${failing} ${failing === 1 ? 'finding fails' : 'findings fail'} the run`;
  return findings.length === 0
    ? '## keyward: no findings'
    : `## keyward: ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}, none fails the run`;
}

function countTable({ summary, coverage, asOf }: Report): string[] {
  const rows = SEVERITIES.filter((severity) => summary.bySeverity[severity] + summary.undecidedBySeverity[severity] > 0).map(
    (severity) => `| ${severity} | ${summary.bySeverity[severity]} | ${summary.undecidedBySeverity[severity]} |`,
  );
  const table = rows.length === 0 ? [] : [['| severity | found | undecided |', '| --- | ---: | ---: |', ...rows].join('\n')];
  const aside = [
    [summary.suppressed, 'suppressed'],
    [summary.baselined, 'in the baseline'],
    [summary.hidden, 'below the shown severity'],
  ] as const;
  const asideWords = aside.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`);
  const { filesRead, resources, skipped } = coverage;
  const read = `${filesRead} files read, ${skipped.length} skipped; ${resources.judged} of ${resources.all} resources judged, as of ${escapeMarkdown(asOf)}.`;
  return [...table, [...(asideWords.length === 0 ? [] : [`${asideWords.join(', ')}.`]), read].join(' ')];
}

function openQuestions({ gaps, diagnostics }: Report): string[] {
  const errors = diagnostics.filter((diagnostic) => diagnostic.level === 'error');
  const lines = [
    ...errors.map((error) => `- ${error.file === undefined ? '' : `${inlineCode(error.file)}: `}${escapeMarkdown(error.message)}`),
    ...gaps.map((gap) => `- ${inlineCode(gap.where)}: ${escapeMarkdown(gap.why)} Left open: ${escapeMarkdown(gap.leavesOpen)}`),
  ];
  const listed = lines.slice(0, MOST_IN_FULL);
  if (lines.length > listed.length) listed.push(`- and ${lines.length - listed.length} more`);
  return lines.length === 0 ? [] : [`**Not everything could be judged:**`, listed.join('\n')];
}

function inFull(finding: Finding, report: Report): string {
  const rule = report.rules[finding.rule];
  const panels = panelsOf(finding);
  const gutter = gutterOf(panels.flatMap((panel) => panel.lines));
  const frame = panels
    .flatMap((panel) => [`--> ${panel.place}`, ...drawLines(panel.lines, gutter, Number.POSITIVE_INFINITY, plain)])
    .join('\n');
  const facts = [
    finding.condition,
    ...finding.steps,
    ...finding.because.map(
      (cause) => `It depends on ${cause.words}${cause.settle === undefined ? '' : `; to settle it, ${cause.settle}`}.`,
    ),
    finding.suppression === undefined ? undefined : `Suppressed: ${finding.suppression.reason}`,
  ].filter((fact) => fact !== undefined);
  const blocks = [
    `<details><summary>${headline(finding)}</summary>`,
    inlineCode(placeOfFinding(finding)),
    ...(frame === '' ? [] : [codeBlock(frame, 'text')]),
    ...(facts.length === 0 ? [] : [facts.map((fact) => `- ${escapeMarkdown(fact)}`).join('\n')]),
    ...(rule === undefined ? [] : [escapeMarkdown(rule.why), `**Fix:** ${escapeMarkdown(rule.fix.text)}`]),
    `Rule ${inlineCode(finding.rule)}`,
    '</details>',
  ];
  return `${blocks.join('\n\n')}\n\n`;
}

function inShort(finding: Finding): string {
  return `- ${headline(finding)} ${inlineCode(placeOfFinding(finding))}\n`;
}

function headline(finding: Finding): string {
  const marks = [finding.failsRun ? 'fails the run' : '', isSetAside(finding) ? 'set aside' : ''].filter((mark) => mark !== '');
  return `<strong>${levelWord(finding)}</strong>${marks.length === 0 ? '' : ` (${marks.join(', ')})`}: ${escapeMarkdown(finding.message)}`;
}
