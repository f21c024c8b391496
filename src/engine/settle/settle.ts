import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  type Diagnostic,
  type Finding,
  type Gap,
  isAtLeast,
  type Report,
  type ReportRule,
  SEVERITIES,
  type Severity,
  type SourceKind,
} from '../../model/index.js';
import type { Rule, Rulebook } from '../../rules/index.js';
import { type Baseline, type FileState, type Matched, matchBaseline } from '../baseline/baseline.js';
import type { ConfigSuppression, Threshold } from '../config/config.js';
import type { Discovery } from '../discovery/discover.js';
import { masked } from '../stamp/message.js';
import { configSuppressor } from '../suppression/from-config.js';
import { unusedSuppressions } from '../suppression/unused.js';
import type { StampedFinding, UnitOutcome, UnitTask, UsedSuppressions } from '../unit/unit.js';
import { VERSION } from '../version.js';
import { coverageOf } from './coverage.js';
import { type Folded, foldDuplicates } from './fold.js';
import { oneCause } from './one-cause.js';
import { byPlace, inFileOrder, inReportOrder } from './order.js';

/** What a run decided by, beside its rules. */
export interface SettleSettings {
  readonly inputs: readonly string[];
  readonly asOf: string;
  readonly failOn: Threshold;
  readonly failOnUndecided: Threshold;
  readonly minSeverity: Severity;
  readonly suppressions: readonly ConfigSuppression[];
  readonly baseline?: { readonly label: string; readonly content: Baseline };
  /** Which inline suppressions may count: with `--trust-from` only those of the trusted revision do. */
  readonly trusted: (all: UsedSuppressions) => (suppression: UsedSuppressions[number]) => boolean;
  readonly interrupted: boolean;
}

/**
 * Makes the report of a run: suppressions and baseline first, then one finding a cause, duplicates folded, thresholds applied.
 * Everything is sorted, so that the report is the same whatever ran on which thread.
 */
export function settle(
  settings: SettleSettings,
  discovery: Discovery,
  tasks: readonly UnitTask[],
  outcomes: readonly UnitOutcome[],
  rulebook: Rulebook,
): { readonly report: Report; readonly all: readonly StampedFinding[]; readonly matched: Matched } {
  const judged = outcomes.flatMap((outcome) => (outcome.kind === 'judged' ? [outcome] : []));
  const coverage = coverageOf(discovery, tasks, outcomes, rulebook);
  const filesRead = new Set(outcomes.flatMap((outcome) => outcome.read.map(([file]) => file)));
  const diagnostics: Diagnostic[] = [
    ...discovery.diagnostics,
    ...outcomes.flatMap((outcome) => (outcome.kind === 'skipped' ? [] : outcome.diagnostics)),
  ];

  const inline = judged.flatMap(({ suppressions }) => suppressions);
  const isTrusted = settings.trusted(inline);
  const untrusted = new Set(inline.filter((suppression) => !isTrusted(suppression)).map(keyOf));
  const byConfig = configSuppressor(settings.suppressions, settings.asOf);
  const all = judged.flatMap(({ findings }) => findings).map((finding) => withSuppression(finding, untrusted, byConfig.for));
  diagnostics.push(...unusedSuppressions(inline, untrusted, byConfig.outcome(), settings.asOf));

  const open = all.filter(({ suppression }) => suppression === undefined);
  const matched =
    settings.baseline === undefined
      ? { accepted: new Set<StampedFinding>(), stale: [], notAsked: [] }
      : matchBaseline(open, settings.baseline.content, (file) => (filesRead.has(file) ? 'read' : fileState(discovery.access.base, file)));
  if (settings.baseline !== undefined && matched.stale.length > 0)
    diagnostics.push(staleBaseline(settings.baseline.label, matched.stale.length));

  const active = open.filter((finding) => !matched.accepted.has(finding));
  const fails = foldDuplicates(
    oneCause(
      active.filter(({ kind }) => kind === 'fail'),
      rulebook.relations,
    ),
  );
  const undecided = foldDuplicates(plain(active.filter(({ kind }) => kind === 'undecided')));
  const quiet = foldDuplicates(plain(all.filter((finding) => finding.suppression !== undefined || matched.accepted.has(finding))));
  const finish = (folded: readonly Folded[], threshold: Threshold | undefined): Finding[] =>
    folded.map((item) => finished(item, threshold, matched.accepted)).sort(inReportOrder);
  const findings = finish(fails, settings.failOn);
  const open_ = finish(undecided, settings.failOnUndecided);
  const suppressed = finish(quiet, undefined);
  const isShown = (finding: Finding): boolean => finding.failsRun || isAtLeast(finding.severity, settings.minSeverity);

  const gaps = judged.flatMap((outcome) => outcome.gaps.map(withoutSecretsInGap)).sort(byPlace);
  const sorted = diagnostics.map(withoutSecrets).sort(inFileOrder);
  const shown = { findings: findings.filter(isShown), undecided: open_.filter(isShown) };
  const exitCode = exitCodeOf(
    settings.interrupted,
    [...findings, ...open_].some(({ failsRun }) => failsRun),
    sorted,
    gaps.length,
  );
  const report: Report = {
    schemaVersion: 1,
    tool: { name: 'keyward', version: VERSION, homepage: 'https://github.com/keyward/keyward' },
    asOf: settings.asOf,
    inputs: settings.inputs,
    sources: ['cloudformation' satisfies SourceKind],
    thresholds: { failOn: settings.failOn, failOnUndecided: settings.failOnUndecided, minSeverity: settings.minSeverity },
    rules: ruleTable([...shown.findings, ...shown.undecided, ...suppressed], rulebook),
    ...shown,
    suppressed,
    diagnostics: sorted,
    gaps,
    coverage,
    summary: {
      bySeverity: countBySeverity(findings),
      undecidedBySeverity: countBySeverity(open_),
      suppressed: suppressed.filter(({ baselined }) => !baselined).length,
      baselined: suppressed.filter(({ baselined }) => baselined).length,
      hidden: findings.length + open_.length - shown.findings.length - shown.undecided.length,
      exitCode,
    },
  };
  return { report, all, matched };
}

/** Readers quote what they could not understand; that may hold anything. */
function withoutSecrets(diagnostic: Diagnostic): Diagnostic {
  const { message, help } = diagnostic;
  return { ...diagnostic, message: masked(message), ...(help === undefined ? {} : { help: masked(help) }) };
}

function withoutSecretsInGap(gap: Gap): Gap {
  const { where, why, leavesOpen, settle } = gap;
  const words = { where: masked(where), why: masked(why), leavesOpen: masked(leavesOpen) };
  return { ...gap, ...words, ...(settle === undefined ? {} : { settle: masked(settle) }) };
}

/** Only whether it is there is asked; the file is not opened. */
function fileState(base: string, file: string): FileState {
  return existsSync(path.join(base, file)) ? 'not-read' : 'gone';
}

/** Diagnostics that tell of a bug in keyward or in a rule, not in what is scanned. */
const OUR_BUGS: ReadonlySet<string> = new Set(['internal-error', 'rule-crashed']);

/** Findings go before what could not be analysed: they are there whatever else is. */
function exitCodeOf(
  interrupted: boolean,
  failed: boolean,
  diagnostics: readonly Diagnostic[],
  gaps: number,
): Report['summary']['exitCode'] {
  if (interrupted) return 130;
  if (failed) return 1;
  if (diagnostics.some(({ code }) => OUR_BUGS.has(code))) return 4;
  return gaps > 0 || diagnostics.some(({ level }) => level === 'error') ? 3 : 0;
}

export function keyOf(suppression: { readonly file: string; readonly line: number }): string {
  return `${suppression.file}:${suppression.line}`;
}

function withSuppression(
  finding: StampedFinding,
  untrusted: ReadonlySet<string>,
  byConfig: (finding: StampedFinding) => StampedFinding['suppression'],
): StampedFinding {
  const { suppression, ...rest } = finding;
  const inline =
    suppression?.file === undefined || suppression.line === undefined || !untrusted.has(`${suppression.file}:${suppression.line}`)
      ? suppression
      : undefined;
  const found = inline ?? byConfig(finding);
  return found === undefined ? rest : { ...rest, suppression: found };
}

function staleBaseline(label: string, count: number): Diagnostic {
  const matches = (what: string, match: string): string => `${what} of the baseline ${label} no longer ${match} a finding.`;
  return {
    level: 'note',
    code: 'baseline-stale',
    message: count === 1 ? matches('One entry', 'matches') : matches(`${count} entries`, 'match'),
    help: 'Remove them with `keyward baseline prune`.',
  };
}

function plain(
  findings: readonly StampedFinding[],
): readonly { finding: StampedFinding; silences: readonly string[]; severity: Severity }[] {
  return findings.map((finding) => ({ finding, silences: [], severity: finding.severity }));
}

function finished(
  { finding, silences, severity, also }: Folded,
  threshold: Threshold | undefined,
  accepted: ReadonlySet<StampedFinding>,
): Finding {
  const { identity: _, ...rest } = finding;
  const failsRun = threshold !== undefined && threshold !== 'never' && isAtLeast(severity, threshold);
  return { ...rest, severity, silences, also, baselined: accepted.has(finding), failsRun };
}

function ruleTable(findings: readonly Finding[], rulebook: Rulebook): Readonly<Record<string, ReportRule>> {
  const used = [...new Set(findings.flatMap(({ rule, silences }) => [rule, ...silences]))].sort();
  return Object.fromEntries(
    used.flatMap((id) => {
      const rule = rulebook.rules.get(id);
      return rule === undefined ? [] : [[id, reportRule(rule)] as const];
    }),
  );
}

function reportRule({ id, title, severity, service, why, fix, controls, references, tags }: Rule): ReportRule {
  return { id, title, severity, service, why, fix, controls, references, tags };
}

function countBySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, note: 0 };
  for (const severity of SEVERITIES) counts[severity] = findings.filter((finding) => finding.severity === severity).length;
  return counts;
}
