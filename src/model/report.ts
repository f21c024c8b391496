import type { Finding } from './finding.js';
import type { SourceKind } from './resource.js';
import type { Severity } from './severity.js';
import type { Diagnostic, Gap } from './snapshot.js';

/** What a report says about a rule, once for all its findings. */
export interface ReportRule {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly service: string;
  readonly why: string;
  readonly fix: RuleFix;
  readonly controls: readonly string[];
  readonly references: readonly { readonly title: string; readonly url: string }[];
  readonly tags: readonly string[];
}

/** How a finding is mended. `patch` texts are ready to print (YAML for CloudFormation, HCL for Terraform). */
export interface RuleFix {
  readonly text: string;
  readonly cloudformation?: string;
  readonly terraform?: string;
  /** What turning it on takes; `manual` where no general patch exists. */
  readonly migration: 'none' | 'in-place' | 'snapshot-restore' | 'replace' | 'manual';
}

/** What was looked at and what was not. */
export interface Coverage {
  readonly filesRead: number;
  readonly bytesRead: number;
  readonly scopes: number;
  /** Path and reason of what was met and not read, sorted by path. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** Files met whose name no input of ours has; they were not opened and are not listed. */
  readonly otherFiles?: number;
  readonly resources: {
    readonly all: number;
    /** Of a type that at least one selected rule serves. */
    readonly judged: number;
    /** Of a type the catalogue names, whether a rule of it is written or not. */
    readonly catalogued: number;
  };
  /** Resource types met that no selected rule serves, with their number, most first. */
  readonly typesNotJudged: readonly { readonly type: string; readonly count: number }[];
  readonly rulesApplied: number;
  /** Verdicts by kind, over every rule and resource it applied to. */
  readonly verdicts: { readonly pass: number; readonly fail: number; readonly undecided: number; readonly notApplicable: number };
}

/** Everything a run found out; the only thing a reporter sees, and what `--format json` prints. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'keyward'; readonly version: string; readonly homepage: string };
  /** The day that age and expiry are judged by: ISO date. */
  readonly asOf: string;
  /** What was scanned, as the user named it. */
  readonly inputs: readonly string[];
  readonly sources: readonly SourceKind[];
  readonly thresholds: {
    readonly failOn: Severity | 'never';
    readonly failOnUndecided: Severity | 'never';
    readonly minSeverity: Severity;
  };
  readonly rules: Readonly<Record<string, ReportRule>>;
  /** Active findings of kind `fail`, worst first, then by file, line and rule. */
  readonly findings: readonly Finding[];
  readonly undecided: readonly Finding[];
  /** Suppressed or baselined, of either kind. */
  readonly suppressed: readonly Finding[];
  readonly diagnostics: readonly Diagnostic[];
  readonly gaps: readonly Gap[];
  readonly coverage: Coverage;
  readonly summary: {
    readonly bySeverity: Readonly<Record<Severity, number>>;
    readonly undecidedBySeverity: Readonly<Record<Severity, number>>;
    readonly suppressed: number;
    readonly baselined: number;
    /** Findings hidden by `--min-severity`, so that nothing vanishes without a word. */
    readonly hidden: number;
    readonly exitCode: 0 | 1 | 2 | 3 | 4 | 130;
  };
}
