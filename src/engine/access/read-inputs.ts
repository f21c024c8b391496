import type { Diagnostic, Gap, Scope } from '../../model/index.js';
import { DEFAULT_LIMITS, type PolicyFile, readPolicyFile } from '../../readers/index.js';
import type { Config } from '../config/config.js';
import { configuration } from '../config/configuration.js';
import { discover } from '../discovery/discover.js';
import type { GivenText } from '../discovery/inputs.js';
import type { Executor } from '../executor/executor.js';
import { standalone } from '../link/included.js';
import { judgeLinked } from '../link/link-units.js';
import { linksOf } from '../unit/links.js';
import { readScope } from '../unit/read-scope.js';
import { tasksOf } from '../unit/tasks.js';
import type { JudgeSettings, UnitOutcome, UnitTask } from '../unit/unit.js';
import { UsageError } from '../usage-error.js';
import { openAccess } from './file-access.js';

/** What a question about access is asked of. */
export interface AccessInputs {
  /** Files, folders, patterns, or `-` for `given`: templates, cloud assemblies, policies, saved account data. */
  readonly inputs: readonly string[];
  readonly workingFolder: string;
  readonly given?: GivenText;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly config?: string;
}

export interface ReadInputs {
  readonly scopes: readonly Scope[];
  readonly policies: readonly PolicyFile[];
  readonly config: Config;
  readonly diagnostics: readonly Diagnostic[];
  readonly gaps: readonly Gap[];
}

/** Saved account data are larger than templates: an account of 5,000 roles has some 100 MB. */
const MOST_BYTES = 400_000_000;

/** Reads every template and every policy file below the inputs. @throws UsageError where there is nothing to read */
export async function readInputs(request: AccessInputs): Promise<ReadInputs> {
  const limits = { ...DEFAULT_LIMITS };
  const discovery = discover({
    inputs: request.inputs,
    workingFolder: request.workingFolder,
    maxBytes: MOST_BYTES,
    ...(request.given === undefined ? {} : { given: request.given }),
  });
  const { config } = await configuration(request, discovery, request.workingFolder);
  const files = openAccess(discovery.access);
  const policies: PolicyFile[] = [];
  const diagnostics: Diagnostic[] = [...discovery.diagnostics];
  const seeds = discovery.seeds.filter((seed) => {
    const found = files.read(seed.file);
    if (!found.ok) return true;
    const read = readPolicyFile(found.file, found.text, limits.depth);
    if (read.kind === 'policy') policies.push(read.policy);
    else if (read.kind === 'failed') diagnostics.push(...read.diagnostics);
    return read.kind === 'other';
  });
  const settings: JudgeSettings = {
    access: discovery.access,
    rulebook: { folders: [], selection: { only: [], skip: [], severity: {}, options: {} } },
    asOf: '',
    limits,
    inlineSuppressions: 'ignored',
  };
  const read = await readTemplates(tasksOf({ seeds }, config, request.parameters ?? {}), settings);
  diagnostics.push(...read.diagnostics);
  if (read.scopes.length === 0 && policies.length === 0 && !diagnostics.some(({ level }) => level === 'error')) {
    throw new UsageError(
      `No template, policy or saved account data were found in ${request.inputs.join(', ')}.`,
      'Name templates, a cloud assembly, policy JSON, or the output of `aws iam get-account-authorization-details`.',
    );
  }
  return { scopes: read.scopes, policies, config, diagnostics, gaps: read.scopes.flatMap(({ gaps }) => gaps) };
}

/** The scopes of the tasks, linked by their exports; a template that another nests is read there. */
async function readTemplates(tasks: readonly UnitTask[], settings: JudgeSettings): Promise<Pick<ReadInputs, 'scopes' | 'diagnostics'>> {
  const scopes = new Map<number, Scope>();
  const diagnostics = new Map<number, readonly Diagnostic[]>();
  const readOne = (task: UnitTask): UnitOutcome => {
    const { result, read } = readScope(task, settings);
    if (result.kind === 'skipped') return { kind: 'skipped', unit: task.unit, reason: result.reason, read };
    diagnostics.set(task.unit, result.diagnostics);
    if (result.kind === 'failed') return { kind: 'failed', unit: task.unit, diagnostics: result.diagnostics, read };
    scopes.set(task.unit, result.scope);
    return readOutcome(task, result.scope, read);
  };
  const executor: Executor = {
    judge: async (some) => some.map(readOne),
    links: async (some) => some.map((task) => linksOf(task, settings)),
    close: async () => {},
  };
  const outcomes = await judgeLinked(tasks, standalone(tasks, await executor.judge(tasks)), executor);
  const units = outcomes.map(({ unit }) => unit);
  return {
    scopes: units.flatMap((unit) => scopes.get(unit) ?? []),
    diagnostics: units.flatMap((unit) => diagnostics.get(unit) ?? []),
  };
}

/** A scope read for its access alone: no rule has judged it. */
function readOutcome(task: UnitTask, scope: Scope, read: readonly (readonly [string, number])[]): UnitOutcome {
  return {
    kind: 'judged',
    unit: task.unit,
    read,
    findings: [],
    suppressions: [],
    diagnostics: [],
    gaps: scope.gaps,
    exports: scope.exports.flatMap(({ name }) => (typeof name === 'string' ? [name] : [])),
    imports: scope.imports,
    included: scope.included,
    types: {},
    verdicts: { pass: 0, fail: 0, undecided: 0, notApplicable: 0 },
    ...(scope.account === undefined ? {} : { account: scope.account }),
    ...(scope.region === undefined ? {} : { region: scope.region }),
  };
}
