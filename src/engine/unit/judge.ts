import type { Diagnostic, Resource, Scope, Verdict } from '../../model/index.js';
import type { Rule, Rulebook } from '../../rules/index.js';
import type { RecordingAccess } from '../access/file-access.js';
import { stampFindings } from '../stamp/stamp.js';
import { suppressor } from '../suppression/apply.js';
import { commentSuppressions } from '../suppression/comments.js';
import { metadataSuppressions } from '../suppression/metadata.js';
import { readScope } from './read-scope.js';
import { ruleContexts } from './rule-context.js';
import type { JudgedUnit, JudgeSettings, UnitOutcome, UnitTask } from './unit.js';

/** What a rule said of a resource, before it is stamped. */
export interface Judgement {
  readonly rule: Rule;
  readonly resource: Resource;
  readonly verdict: Extract<Verdict, { kind: 'fail' | 'undecided' }>;
}

/** Reads one scope and judges every resource of it by every rule that serves its type. Pure but for the files it reads. */
export function judgeUnit(task: UnitTask, settings: JudgeSettings, rulebook: Rulebook, access?: RecordingAccess): UnitOutcome {
  const { result, read } = readScope(task, settings, access);
  switch (result.kind) {
    case 'skipped':
      return { kind: 'skipped', unit: task.unit, reason: result.reason, read };
    case 'failed':
      return { kind: 'failed', unit: task.unit, diagnostics: result.diagnostics, read };
    case 'scope':
      return { ...judgeScope(result.scope, settings, rulebook, result.diagnostics), unit: task.unit, read };
  }
}

function judgeScope(
  scope: Scope,
  settings: JudgeSettings,
  rulebook: Rulebook,
  fromReader: readonly Diagnostic[],
): Omit<JudgedUnit, 'unit' | 'read'> {
  const { judgements, verdicts, crashes } = applyRules(scope, settings, rulebook);
  const written = settings.inlineSuppressions === 'ignored' ? [] : [...scope.sources.map(commentSuppressions), metadataSuppressions(scope)];
  const suppressions = suppressor(
    written.flatMap((found) => found.suppressions),
    settings.asOf,
  );
  return {
    kind: 'judged',
    findings: stampFindings(scope, judgements, suppressions),
    suppressions: suppressions.outcome(),
    diagnostics: [...fromReader, ...crashes, ...written.flatMap((found) => found.diagnostics)],
    gaps: scope.gaps,
    exports: scope.exports.flatMap(({ name }) => (typeof name === 'string' ? [name] : [])),
    imports: scope.imports,
    included: scope.included,
    types: countTypes(scope.resources),
    verdicts,
    ...(scope.account === undefined ? {} : { account: scope.account }),
    ...(scope.region === undefined ? {} : { region: scope.region }),
  };
}

interface Applied {
  readonly judgements: readonly Judgement[];
  readonly verdicts: JudgedUnit['verdicts'];
  readonly crashes: readonly Diagnostic[];
}

function applyRules(scope: Scope, settings: JudgeSettings, rulebook: Rulebook): Applied {
  const contextFor = ruleContexts(scope, settings.asOf, settings.rulebook.selection.options);
  const judgements: Judgement[] = [];
  const verdicts = { pass: 0, fail: 0, undecided: 0, notApplicable: 0 };
  const crashes: Diagnostic[] = [];
  for (const resource of scope.resources) {
    for (const rule of rulebook.forType(resource.type)) {
      if (!rule.sources.includes(scope.source)) continue;
      try {
        for (const verdict of rule.judge(resource, contextFor(rule.id))) {
          verdicts[verdict.kind === 'not-applicable' ? 'notApplicable' : verdict.kind] += 1;
          if (verdict.kind === 'fail' || verdict.kind === 'undecided') judgements.push({ rule, resource, verdict });
        }
      } catch (error) {
        crashes.push(crashOf(rule, resource, error));
      }
    }
  }
  return { judgements, verdicts, crashes };
}

/** A rule that throws is a bug of the rule; the other rules' answers still stand. The error's own text may hold scanned values. */
function crashOf(rule: Rule, resource: Resource, error: unknown): Diagnostic {
  const name = error instanceof Error ? error.name : 'an error';
  const where = resource.origin.kind === 'file' ? { file: resource.origin.file, at: resource.origin.range.start } : {};
  const message = `The rule ${rule.id} broke off with ${name} on a resource of type ${resource.type}; it was not judged by this rule.`;
  return {
    level: 'error',
    code: 'rule-crashed',
    message,
    help: 'Report it with the resource’s shape; --skip-rule leaves the rule out.',
    ...where,
  };
}

function countTypes(resources: readonly Resource[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = Object.create(null);
  for (const { type } of resources) counts[type] = (counts[type] ?? 0) + 1;
  return { ...counts };
}
