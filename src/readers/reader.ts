import type { Diagnostic, Resource, ResourceId, Scope, Value } from '../model/index.js';

/** How a reader gets at files. The engine supplies it; it alone opens paths, and only inside the scan roots. */
export interface FileAccess {
  /** `path` as found in a source, resolved against the folder of `from` (a path from the scan root). */
  read(path: string, from?: string): FileRead;
}

export type FileRead =
  | { readonly ok: true; readonly file: string; readonly text: string }
  | {
      readonly ok: false;
      readonly reason: 'missing' | 'outside-scan' | 'too-large' | 'not-text' | 'unreadable';
      readonly diagnostic: Diagnostic;
    };

/** What one scope is read from: a template, alone or as a stack of a cloud assembly. Plain data: it crosses threads. */
export interface ScopeSeed {
  readonly kind: 'cloudformation';
  /** The main file, from the scan root. */
  readonly file: string;
  readonly account?: string;
  readonly region?: string;
  /** For a stack of a cloud assembly: nested templates by the logical id or asset path that names them. */
  readonly nested?: Readonly<Record<string, string>>;
  /** The user named the file, so it must be a template; else it was met on a walk and may be something else. */
  readonly named: boolean;
}

export interface ReadLimits {
  readonly templateBytes: number;
  readonly depth: number;
  readonly instances: number;
}
export const DEFAULT_LIMITS: ReadLimits = { templateBytes: 20_000_000, depth: 200, instances: 10_000 };

export interface ReadOptions {
  /** Parameter values for the template of this scope, by name; CloudFormation CLI semantics. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly account?: string;
  readonly region?: string;
  /** Values of exports that exactly one other scope of the scan makes, by export name. */
  readonly imports: ReadonlyMap<string, Value>;
  /** Resources of other scopes that the imported values refer to. */
  readonly foreign: ReadonlyMap<ResourceId, Resource>;
  readonly limits: ReadLimits;
}

export type ReadResult =
  | { readonly kind: 'scope'; readonly scope: Scope; readonly diagnostics: readonly Diagnostic[] }
  /** Not a template at all: `reason` for the list of skipped files. */
  | { readonly kind: 'skipped'; readonly reason: string }
  /** A template that can't be judged. */
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] };
