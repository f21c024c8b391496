import type { Diagnostic, Finding, Gap, Severity } from '../../model/index.js';
import type { ReadLimits, ScopeSeed } from '../../readers/index.js';
import type { AccessScope } from '../access/file-access.js';
import type { Json, JsonMap } from '../codec/value-codec.js';
import type { Identity } from '../stamp/fingerprint.js';
import type { UsedSuppression } from '../suppression/apply.js';

/** What every unit of a run is judged with; a worker gets it once. Plain data. */
export interface JudgeSettings {
  readonly access: AccessScope;
  readonly rulebook: RulebookRequest;
  readonly asOf: string;
  readonly limits: ReadLimits;
  /** `ignored`: comments and `Metadata` in scanned files suppress nothing. */
  readonly inlineSuppressions: 'honoured' | 'ignored';
}

/** Which rules a run has. */
export interface RulebookRequest {
  /** Folders the user named on the command line: `code` where their checks may run. */
  readonly folders: readonly { readonly path: string; readonly trust: 'data' | 'code' }[];
  readonly selection: {
    readonly only: readonly string[];
    readonly skip: readonly string[];
    readonly severity: Readonly<Record<string, Severity>>;
    readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
}

/** One scope to judge. Plain data: it crosses threads. */
export interface UnitTask {
  /** Its place in the run's order. */
  readonly unit: number;
  readonly seed: ScopeSeed;
  readonly parameters: readonly (readonly [string, string])[];
  readonly account?: string;
  readonly region?: string;
  readonly imports: readonly (readonly [string, Json])[];
  readonly foreign: readonly JsonMap[];
}

/** A finding before the run as a whole has had its say. */
export interface StampedFinding extends Omit<Finding, 'baselined' | 'silences' | 'failsRun' | 'also'> {
  readonly identity: Identity;
}

/** What one unit came to. Plain data, and all that is kept of a scope. */
export type UnitOutcome =
  | JudgedUnit
  /** `read`: files opened on the way, with their bytes. */
  | { readonly kind: 'skipped'; readonly unit: number; readonly reason: string; readonly read: readonly FileSize[] }
  | { readonly kind: 'failed'; readonly unit: number; readonly diagnostics: readonly Diagnostic[]; readonly read: readonly FileSize[] };

export type FileSize = readonly [file: string, bytes: number];

export interface JudgedUnit {
  readonly kind: 'judged';
  readonly unit: number;
  readonly read: readonly FileSize[];
  readonly findings: readonly StampedFinding[];
  readonly suppressions: readonly UsedSuppression[];
  readonly diagnostics: readonly Diagnostic[];
  readonly gaps: readonly Gap[];
  /** Known names of exports, and of imports. */
  readonly exports: readonly string[];
  readonly imports: readonly string[];
  readonly included: readonly string[];
  /** Resources by type. */
  readonly types: Readonly<Record<string, number>>;
  readonly verdicts: { readonly pass: number; readonly fail: number; readonly undecided: number; readonly notApplicable: number };
  readonly account?: string;
  readonly region?: string;
}

/** Inline suppressions of a unit, with what became of them. */
export type UsedSuppressions = readonly UsedSuppression[];

/** What a scope offers to others under export names, with the resources the values refer to. */
export interface UnitLinks {
  readonly unit: number;
  readonly exports: readonly (readonly [string, Json])[];
  readonly resources: readonly JsonMap[];
}
