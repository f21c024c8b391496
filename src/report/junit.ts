import type { Finding } from '../model/index.js';
import { drawLines, gutterOf } from './frame/draw.js';
import { panelsOf } from './frame/merge.js';
import { plain } from './frame/paint.js';
import { visible } from './html/visible.js';
import { placeOfFinding } from './place.js';
import type { Reporter } from './reporter.js';
import { isSetAside, worstFirst } from './shown.js';

/**
 * JUnit XML: a suite a file, a case a finding. Failures are what was found, skipped is what is undecided (a failure where it fails the
 * run) or suppressed. A clean run has one passing case, as several readers refuse a file with none.
 */
export const junit: Reporter = (report, { show }) => {
  const cases = worstFirst([...report.findings, ...report.undecided, ...(show.has('suppressed') ? report.suppressed : [])]);
  const suites = new Map<string, Finding[]>();
  for (const finding of cases) {
    const file = finding.location.file ?? finding.resource.address;
    const suite = suites.get(file);
    if (suite === undefined) suites.set(file, [finding]);
    else suite.push(finding);
  }
  const body =
    suites.size === 0
      ? [
          '  <testsuite name="keyward" tests="1" failures="0" skipped="0" errors="0" time="0">',
          '    <testcase classname="keyward" name="no findings" time="0"/>',
          '  </testsuite>',
        ]
      : [...suites].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([file, findings]) => suiteOf(file, findings, report.rules));
  const head = `<testsuites name="keyward" ${counts(cases)} time="0">`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', head, ...body, '</testsuites>', ''].join('\n');
};

function suiteOf(file: string, findings: readonly Finding[], rules: Parameters<Reporter>[0]['rules']): string[] {
  return [
    `  <testsuite name="${xml(file)}" ${counts(findings)} time="0">`,
    ...findings.flatMap((finding) => {
      const name = `${finding.rule}: ${finding.resource.address}`;
      const line = finding.location.range === undefined ? '' : ` line="${finding.location.range.start.line}"`;
      const open = `    <testcase classname="${xml(finding.rule)}" name="${xml(name)}" file="${xml(file)}"${line} time="0">`;
      return [open, ...outcome(finding, rules[finding.rule]?.fix.text), '    </testcase>'];
    }),
    '  </testsuite>',
  ];
}

function outcome(finding: Finding, fix: string | undefined): string[] {
  const message = xml(`${finding.message} (${finding.severity})`);
  if (!fails(finding)) {
    const why =
      finding.suppression?.reason ?? (finding.baselined ? 'in the baseline' : finding.because.map((cause) => cause.words).join('; '));
    return [`      <skipped message="${message}${why === '' ? '' : xml(`: ${why}`)}"/>`];
  }
  const panels = panelsOf(finding);
  const gutter = gutterOf(panels.flatMap((panel) => panel.lines));
  const frames = panels.flatMap((panel) => [`--> ${panel.place}`, ...drawLines(panel.lines, gutter, Number.POSITIVE_INFINITY, plain)]);
  const text = [placeOfFinding(finding), ...frames, ...finding.steps, ...(fix === undefined ? [] : [`help: ${fix}`])].join('\n');
  return [`      <failure type="${xml(finding.severity)}" message="${message}">${xml(text)}</failure>`];
}

function fails(finding: Finding): boolean {
  return !isSetAside(finding) && (finding.kind === 'fail' || finding.failsRun);
}

function counts(findings: readonly Finding[]): string {
  const failures = findings.filter(fails).length;
  return `tests="${Math.max(findings.length, 1)}" failures="${failures}" skipped="${findings.length - failures}" errors="0"`;
}

/** Text for content and attributes; what XML 1.0 cannot hold at all is written out as `\u{…}`. */
function xml(text: string): string {
  return visible(text)
    .replace(/[\ufffe\uffff]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
