import { compareSeverity, type Finding } from '../../model/index.js';
import { painter } from '../frame/paint.js';
import type { Reporter } from '../reporter.js';
import { shownFindings, worstFirst } from '../shown.js';
import { entry, type Sheet } from './entry.js';
import { summary } from './summary.js';

/** A rule that fires more often than this is shown once, with a list of the other places. */
const MOST_FRAMES_A_RULE = 3;

/** Findings as people read them, with frames of the source. On a terminal the worst come last, where they stay on the screen. */
export const pretty: Reporter = (report, options) => {
  const isTerminal = Number.isFinite(options.width);
  const sheet: Sheet = {
    report,
    paint: painter(options),
    width: isTerminal ? Math.min(options.width, 100) : Number.POSITIVE_INFINITY,
    isTerminal,
  };
  const groups = byFile(folded(shownFindings(report, options)));
  const ordered = isTerminal ? groups.reverse() : groups;
  const explained = new Set<string>();
  const entries = ordered.map((group) => {
    const isFirst = !explained.has(group[0].rule);
    explained.add(group[0].rule);
    return entry(group, isFirst ? 'in-full' : 'again', sheet);
  });
  return [...entries, summary(report, options, sheet)].map((lines) => `${lines.join('\n')}\n`).join('\n');
};

/** One finding to show, and those of the same rule that are only listed below it. */
export type Group = readonly [Finding, ...Finding[]];

/** Groups of one each, or of all a rule's findings (of one kind and standing) where they are many. Worst first, as given. */
function folded(findings: readonly Finding[]): Group[] {
  const byRule = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.kind} ${finding.severity} ${finding.baselined || finding.suppression !== undefined}`;
    const group = byRule.get(key);
    if (group === undefined) byRule.set(key, [finding]);
    else group.push(finding);
  }
  return [...byRule.values()].flatMap((group): Group[] =>
    group.length > MOST_FRAMES_A_RULE ? [group] : group.map((finding) => [finding]),
  );
}

/** Findings of one file side by side; files by their worst finding. */
function byFile(groups: readonly Group[]): Group[] {
  const order = new Map(worstFirst(groups.map(([first]) => first)).map((finding, index) => [finding, index]));
  const files = new Map<string, Group[]>();
  for (const group of [...groups].sort((a, b) => (order.get(a[0]) ?? 0) - (order.get(b[0]) ?? 0))) {
    const file = group[0].location.file ?? '';
    const inFile = files.get(file);
    if (inFile === undefined) files.set(file, [group]);
    else inFile.push(group);
  }
  return [...files.values()].flatMap((inFile) => inFile.sort(([a], [b]) => compareSeverity(a.severity, b.severity)));
}
