import path from 'node:path';
import type { Report, Severity } from '../model/index.js';
import { DEFAULT_LIMITS, type ReadLimits } from '../readers/index.js';
import type { Rulebook, RuleSelection } from '../rules/index.js';
import { openAccess, realOrSame } from './access/file-access.js';
import type { Baseline, Matched } from './baseline/baseline.js';
import { readBaseline } from './baseline/read-baseline.js';
import type { Config, ConfigSuppression, Threshold } from './config/config.js';
import { workTree } from './config/config-source.js';
import { configuration } from './config/configuration.js';
import type { ConfigSource } from './config/read-config.js';
import { type Discovery, discover } from './discovery/discover.js';
import type { GivenText } from './discovery/inputs.js';
import { repositoryOf } from './discovery/roots.js';
import { type Executor, type ExecutorHooks, isLarge } from './executor/executor.js';
import { inPlace } from './executor/in-place.js';
import { standalone } from './link/included.js';
import { judgeLinked } from './link/link-units.js';
import { settle } from './settle/settle.js';
import { foldersAt } from './trust/folders-at-revision.js';
import { trustedSuppressions } from './trust/trusted-suppressions.js';
import { loadRules } from './unit/rulebook.js';
import { tasksOf } from './unit/tasks.js';
import type { JudgeSettings, StampedFinding, UnitTask } from './unit/unit.js';
import { UsageError } from './usage-error.js';

/** What to scan and how. Everything but `inputs` has a default; a given value goes before the configuration. */
export interface ScanOptions {
  /** Files, folders, patterns, or `-` for `given`. */
  readonly inputs: readonly string[];
  readonly workingFolder?: string;
  /** Standard input, for `-`. */
  readonly given?: GivenText;
  /** ISO date that age and expiry are judged by; today (UTC) where absent. */
  readonly asOf?: string;
  readonly failOn?: Threshold;
  readonly failOnUndecided?: Threshold;
  readonly minSeverity?: Severity;
  readonly rules?: Partial<RuleSelection>;
  readonly ruleFolders?: readonly string[];
  /** Lets rules of `ruleFolders` bring checks in code. */
  readonly allowRuleCode?: boolean;
  /** Template parameters by name, for every template. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** A configuration file, `none`, or absent to find it upward from the first input. */
  readonly config?: string;
  /** Takes configuration, baseline, rules of the repository and inline suppressions from this git revision. */
  readonly trustFrom?: string;
  /** A baseline file, or `none` to leave out that of the configuration. */
  readonly baseline?: string;
  readonly inlineSuppressions?: 'honoured' | 'ignored';
  /** Threads; absent: as many as there are processors for large jobs, none for small ones. */
  readonly jobs?: number;
  readonly limits?: Partial<ReadLimits>;
  readonly signal?: AbortSignal;
  /** Told as units get done. */
  readonly onProgress?: (done: number, of: number) => void;
}

export interface Scanned {
  readonly report: Report;
  /** Every finding before suppression and baseline, for `baseline create`. */
  readonly all: readonly StampedFinding[];
  /** What the baseline accepted, and what of it no finding answers. */
  readonly matched: Matched;
  readonly rulebook: Rulebook;
  readonly baseline: { readonly file: string; readonly content: Baseline } | undefined;
}

/**
 * Finds templates, judges them, and reports.
 * @throws UsageError for wrong use: an input that is not there or holds no template, a bad configuration, rule or baseline
 */
export async function scan(options: ScanOptions): Promise<Scanned> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const workingFolder = options.workingFolder ?? process.cwd();
  const discovery = discover({
    inputs: options.inputs,
    workingFolder,
    maxBytes: limits.templateBytes,
    ...(options.given === undefined ? {} : { given: options.given }),
  });
  const { config, source } = await configuration(options, discovery, workingFolder);
  const folders = foldersAt(repositoryOf(discovery.access.roots[0] ?? workingFolder), options.trustFrom);
  try {
    return await judgeAndSettle(options, discovery, config, source, judgeSettings(options, config, discovery, limits, folders.folder));
  } finally {
    folders.close();
  }
}

async function judgeAndSettle(
  options: ScanOptions,
  discovery: Discovery,
  config: Config,
  source: ConfigSource,
  settings: JudgeSettings,
): Promise<Scanned> {
  const workingFolder = options.workingFolder ?? process.cwd();
  const tasks = tasksOf(discovery, config, options.parameters ?? {});
  const rulebook = await loadRules(settings.rulebook);
  const judged = await judge(tasks, settings, rulebook, options, discovery);
  refuseNothing(options, discovery, judged.outcomes, judged.interrupted);
  const baseline = await baselineOf(options, config, source, workingFolder);
  const access = openAccess(settings.access);
  const textNow = (file: string): string | undefined => {
    const read = access.read(file);
    return read.ok ? read.text : undefined;
  };
  const { report, all, matched } = settle(
    {
      inputs: options.inputs,
      asOf: settings.asOf,
      failOn: options.failOn ?? config.failOn ?? 'high',
      failOnUndecided: options.failOnUndecided ?? config.failOnUndecided ?? 'never',
      minSeverity: options.minSeverity ?? config.minSeverity ?? 'note',
      suppressions: config.suppressions satisfies readonly ConfigSuppression[],
      ...(baseline === undefined ? {} : { baseline: { label: baseline.label, content: baseline.content } }),
      trusted: (inline) =>
        options.trustFrom === undefined ? () => true : trustedSuppressions(discovery.access.base, source, textNow, inline),
      interrupted: judged.interrupted,
    },
    discovery,
    tasks,
    judged.outcomes,
    rulebook,
  );
  return { report, all, matched, rulebook, baseline };
}

function judgeSettings(
  options: ScanOptions,
  config: Config,
  discovery: Discovery,
  limits: ReadLimits,
  trusted: (folder: string) => string,
): JudgeSettings {
  const { only = [], skip = [], severity = {}, options: ruleOptions = {} } = options.rules ?? {};
  return {
    access: discovery.access,
    rulebook: {
      folders: [
        ...config.ruleFolders.map((folder) => ({ path: trusted(folder), trust: 'data' as const })),
        ...(options.ruleFolders ?? []).map((folder) => ({
          path: trusted(path.resolve(options.workingFolder ?? '.', folder)),
          trust: options.allowRuleCode === true ? ('code' as const) : ('data' as const),
        })),
      ],
      selection: {
        // What the command line selects narrows; what it skips adds to the config's.
        only: only.length > 0 ? only : config.rules.only,
        skip: [...config.rules.skip, ...skip],
        severity: { ...config.rules.severity, ...severity },
        options: { ...config.rules.options, ...ruleOptions },
      },
    },
    asOf: options.asOf ?? new Date().toISOString().slice(0, 10),
    limits,
    inlineSuppressions: options.inlineSuppressions ?? 'honoured',
  };
}

async function judge(tasks: readonly UnitTask[], settings: JudgeSettings, rulebook: Rulebook, options: ScanOptions, discovery: Discovery) {
  let done = 0;
  const hooks: ExecutorHooks = {
    signal: options.signal,
    onDone: (units) => {
      done += units;
      options.onProgress?.(Math.min(done, tasks.length), tasks.length);
    },
  };
  const executor = await executorFor(tasks, settings, rulebook, options.jobs, discovery.bytes, hooks);
  try {
    const first = standalone(tasks, await executor.judge(tasks));
    const interrupted = options.signal?.aborted === true;
    return { outcomes: interrupted ? first : await judgeLinked(tasks, first, executor), interrupted };
  } finally {
    await executor.close();
  }
}

async function executorFor(
  tasks: readonly UnitTask[],
  settings: JudgeSettings,
  rulebook: Rulebook,
  jobs: number | undefined,
  bytes: number,
  hooks: ExecutorHooks,
): Promise<Executor> {
  const wanted = jobs ?? (isLarge(tasks.length, bytes) ? (await import('node:os')).availableParallelism() : 1);
  if (wanted <= 1 || tasks.length < 2) return inPlace(settings, rulebook, hooks);
  return (await import('./executor/threads.js')).threads(settings, wanted, hooks);
}

function refuseNothing(
  options: ScanOptions,
  discovery: Discovery,
  outcomes: readonly { readonly kind: string }[],
  interrupted: boolean,
): void {
  if (interrupted || discovery.diagnostics.length > 0 || outcomes.some(({ kind }) => kind !== 'skipped')) return;
  const where = options.inputs.join(', ');
  throw new UsageError(
    `No template was found in ${where}.`,
    'Name a template, a folder that holds templates, or a cloud assembly (cdk.out).',
  );
}

async function baselineOf(options: ScanOptions, config: Config, source: ConfigSource, workingFolder: string) {
  if (options.baseline === 'none') return undefined;
  const file = options.baseline === undefined ? config.baseline : realOrSame(path.resolve(workingFolder, options.baseline));
  if (file === undefined) return undefined;
  // What the user names may lie anywhere; what the configuration names has been checked.
  const reader = options.trustFrom === undefined ? workTree(path.dirname(realOrSame(file))) : source;
  const label = options.baseline ?? reader.label(file);
  const text = reader.read(file);
  if (text === undefined) throw new UsageError(`There is no baseline ${label}.`, 'Write it with `keyward baseline create`.');
  return { file, label, content: await readBaseline(text, label) };
}
