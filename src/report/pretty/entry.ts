import type { Finding, Report } from '../../model/index.js';
import { drawLines, gutterOf } from '../frame/draw.js';
import { panelsOf } from '../frame/merge.js';
import type { Paint } from '../frame/paint.js';
import { wrap } from '../frame/wrap.js';
import { levelWord } from '../level.js';
import { oneLine } from '../one-line.js';
import { placeOf, placeOfFinding } from '../place.js';
import { shellWord } from './command.js';
import type { Group } from './pretty.js';

/** What all entries of one output share. */
export interface Sheet {
  readonly report: Report;
  readonly paint: Paint;
  /** Columns for prose and frames; Infinity where nothing is cut. */
  readonly width: number;
  readonly isTerminal: boolean;
}

/** On a terminal a longer list of places pushes everything else off the screen. */
const MOST_PLACES_ON_TERMINAL = 20;

/** The lines of one finding, with the places of the others it stands for. Why and how to fix are told the first time only. */
export function entry(group: Group, telling: 'in-full' | 'again', sheet: Sheet): string[] {
  const [finding] = group;
  const { paint, width } = sheet;
  const panels = panelsOf(finding);
  const gutter = gutterOf(panels.flatMap((panel) => panel.lines));
  const lines = [...heading(finding, sheet)];
  const place = placeOf(finding.location);
  const where = finding.location.exact ? '' : paint(' (the nearest that is written)', 'dim');
  lines.push(`${' '.repeat(gutter)}${paint('-->', 'place')} ${place === undefined ? oneLine(finding.resource.address) : place}${where}`);
  const bar = `${' '.repeat(gutter)} ${paint('|', 'place')}`;
  panels.forEach((panel, index) => {
    if (index > 0) lines.push(`${' '.repeat(gutter)}${paint(':::', 'place')} ${panel.place}`);
    lines.push(bar, ...drawLines(panel.lines, gutter, width, paint));
  });
  if (panels.length > 0) lines.push(bar);
  for (const [word, text] of remarks(finding, telling, sheet)) lines.push(...remark(word, text, gutter, sheet));
  return [...lines, ...otherPlaces(group, gutter, sheet)];
}

function heading(finding: Finding, { paint, width }: Sheet): string[] {
  const level = levelWord(finding);
  const would = finding.kind === 'undecided' ? ` (would be ${finding.severity})` : '';
  const [first = '', ...rest] = wrap(`${level}[${oneLine(finding.rule)}]: ${oneLine(finding.message)}${would}`, width);
  const headLength = Math.min(first.length, level.length + finding.rule.length + 2);
  const painted =
    paint(first.slice(0, headLength), finding.kind === 'undecided' ? 'undecided' : finding.severity) +
    paint(first.slice(headLength), 'strong');
  return [painted, ...rest.map((line) => paint(line, 'strong'))];
}

type Remark = readonly [word: 'note' | 'why' | 'help', text: string];

function remarks(finding: Finding, telling: 'in-full' | 'again', { report }: Sheet): Remark[] {
  const rule = report.rules[finding.rule];
  const told: Remark[] = [];
  if (finding.secret) told.push(['note', 'the line is not shown because it holds a secret']);
  if (finding.condition !== undefined) told.push(['note', finding.condition]);
  for (const step of finding.steps) told.push(['note', step]);
  for (const cause of finding.because) {
    told.push(['note', `it depends on ${cause.words}`]);
    if (cause.settle !== undefined) told.push(['help', `to settle it, ${cause.settle}`]);
  }
  for (const location of finding.related) {
    const place = location.frame === undefined || finding.secret ? placeOf(location) : undefined;
    if (place !== undefined) told.push(['note', `${location.label ?? 'see'}: ${place}`]);
  }
  const also = finding.also.map(placeOf).filter((place) => place !== undefined);
  if (also.length > 0) told.push(['note', `the same at ${also.join(', ')}`]);
  if (finding.silences.length > 0) told.push(['note', `stands for ${finding.silences.join(', ')} as well`]);
  if (finding.suppression !== undefined) told.push(['note', suppressionWords(finding.suppression)]);
  if (finding.baselined) told.push(['note', 'in the baseline, so it does not count']);
  const { failOn, failOnUndecided } = report.thresholds;
  if (finding.failsRun) {
    told.push(['note', `fails the run (${finding.kind === 'fail' ? `--fail-on ${failOn}` : `--fail-on-undecided ${failOnUndecided}`})`]);
  }
  if (rule === undefined) return told;
  if (telling === 'in-full') {
    told.push(['why', rule.why]);
    if (finding.kind === 'fail') told.push(['help', rule.fix.text]);
  }
  told.push(['help', `keyward explain ${shellWord(finding.rule)}`]);
  return told;
}

function suppressionWords(suppression: NonNullable<Finding['suppression']>): string {
  const { by, reason, until, file, line } = suppression;
  const where = file === undefined ? '' : ` at ${file}${line === undefined ? '' : `:${line}`}`;
  return `suppressed by ${by}${where}${until === undefined ? '' : ` until ${until}`}: ${reason}`;
}

function remark(word: Remark[0], text: string, gutter: number, { paint, width }: Sheet): string[] {
  const lead = `${' '.repeat(gutter)} ${paint('=', 'place')} ${paint(`${word}:`, 'strong')} `;
  const indent = gutter + word.length + 5;
  return wrap(oneLine(text), Math.max(20, width - indent)).map((line, index) => (index === 0 ? lead : ' '.repeat(indent)) + line);
}

function otherPlaces([first, ...others]: Group, gutter: number, { paint, isTerminal, report }: Sheet): string[] {
  if (others.length === 0) return [];
  const listed = isTerminal ? others.slice(0, MOST_PLACES_ON_TERMINAL) : others;
  const pad = ' '.repeat(gutter);
  const lines = [`${pad} ${paint('=', 'place')} ${paint('also:', 'strong')} ${others.length} more of this rule`];
  for (const finding of listed) lines.push(`${pad}     ${placeOfFinding(finding)}  ${paint(oneLine(finding.resource.name), 'dim')}`);
  if (listed.length < others.length) {
    const command = ['keyward', 'scan', ...report.inputs, '--rule', first.rule, '--format', 'concise'].map(shellWord).join(' ');
    lines.push(`${pad}     … ${others.length - listed.length} more: ${command}`);
  }
  return lines;
}
