import type { FileOrigin, Position, Span } from './place.js';
import type { Resource, ResourceId, SourceKind } from './resource.js';
import type { Value, ValueMap } from './value.js';
import type { Variable, VariableId } from './variable.js';

/** Something that should have been read and was not, and what that leaves open. */
export interface Gap {
  readonly where: string;
  /** One sentence: "The nested template at s3://… is outside the scan." */
  readonly why: string;
  /** What it leaves undecided: "resources of the nested stack Network are not judged". */
  readonly leavesOpen: string;
  readonly settle?: string;
  readonly origin?: FileOrigin;
}

/** A word to the user about an input. An `error` means the input (or a part of it) was not judged. */
export interface Diagnostic {
  readonly level: 'error' | 'warning' | 'note';
  /** A stable name: `yaml-syntax`, `duplicate-key`, `file-too-large`, `cyclic-reference`. */
  readonly code: string;
  readonly message: string;
  /** What to do, in the imperative. */
  readonly help?: string;
  readonly file?: string;
  /** Where in the file; a diagnostic on the whole file has none. */
  readonly at?: Position;
}

/** The text a scope was read from, kept so that findings can show lines of it. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** Stretches no output may show: values marked NoEcho or sensitive. The secret detector adds its own. */
  readonly masked: readonly Span[];
}

/** A name under which a stack offers a value to others in the account and Region. */
export interface Export {
  readonly name: Value;
  readonly value: Value;
  readonly origin: FileOrigin;
}

/**
 * What belongs together: a template with its nested stacks, a Terraform root module with its modules, a snapshot's account.
 * Resources of one scope see each other; another scope's only by an export or an account that the config names.
 */
export interface Scope {
  /** The path of its main file or folder from the scan root. */
  readonly id: string;
  readonly source: SourceKind;
  /** From the config's account mapping, a cloud assembly or a live account; absent where unknown. */
  readonly account?: string;
  readonly region?: string;
  readonly resources: readonly Resource[];
  readonly variables: ReadonlyMap<VariableId, Variable>;
  readonly exports: readonly Export[];
  /** Names of exports that it imports, where they are known. */
  readonly imports: readonly string[];
  /** Resources of other scopes that this one refers to (through imports). */
  readonly foreign: ReadonlyMap<ResourceId, Resource>;
  readonly gaps: readonly Gap[];
  readonly sources: readonly SourceText[];
  /** Files other than the main one that were read into it (nested templates), from the scan root. */
  readonly included: readonly string[];
  /** `Metadata` of the templates themselves, where they have any, with the place of its `keyward` entry. */
  readonly templateMetadata?: readonly { readonly file: string; readonly at: Position; readonly metadata: ValueMap }[];
}

/** Everything one run looks at. */
export interface Snapshot {
  readonly scopes: readonly Scope[];
}
