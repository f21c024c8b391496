import type { Formula, Span, UnknownReason, Value } from '../../model/index.js';
import type { MapNode, SourceNode } from '../source/node.js';
import type { Reading, SourceFile } from './reading.js';

/** A key and its value after loops and includes are written out, with where it stands. */
export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: SourceNode;
  readonly env: Env;
  /** Present where the entry exists only in some worlds (a loop over a parameter's default). */
  readonly exists?: Formula;
}

/** A resource as the template declares it; `value` is undefined where it is not well-formed and can't be judged. */
export interface Declared {
  readonly entry: Entry;
  readonly logicalId: string;
  readonly type: string;
  readonly node: MapNode;
  /** The resource's own keys (`Type`, `Properties`, …), loops and includes written out. */
  readonly members: ReadonlyMap<string, Entry>;
  /** Set where a macro that can't be run may change the resource. */
  readonly macro: UnknownReason | undefined;
  /** Certainly there, perhaps there; what is certainly not there is not declared. */
  readonly exists: Formula;
  readonly wellFormed: boolean;
}

/** A template being evaluated: the main one of a scope or a nested one. */
export interface Stack {
  readonly reading: Reading;
  /** `''`, or `Network/` for a nested stack: what its addresses begin with. */
  readonly path: string;
  readonly file: SourceFile;
  readonly root: MapNode;
  readonly parameters: ReadonlyMap<string, Value>;
  readonly mappings: ReadonlyMap<string, Entry>;
  readonly resources: ReadonlyMap<string, Declared>;
  /** Logical ids whose condition is certainly false. */
  readonly dropped: ReadonlyMap<string, string>;
  evaluate(node: SourceNode, env: Env): Value;
  /** When the condition that `node` names (or spells out) holds. */
  conditionOf(node: SourceNode, env: Env): Formula;
  /** An output of a nested stack of this one. */
  nestedOutput(logicalId: string, output: string, node: SourceNode, env: Env): Value;
  /** Puts down that the resource at the cursor refers to `logicalId`. */
  link(logicalId: string): void;
}

/** What a piece of template is evaluated in. */
export interface Env {
  readonly stack: Stack;
  /** The file the piece was read from (an include's own). */
  readonly file: SourceFile;
  /** Loop identifiers of `Fn::ForEach`. */
  readonly bindings: ReadonlyMap<string, string>;
  /** The files that include each other down to here, outermost first. */
  readonly including: readonly string[];
  /** `look` while places are looked up: nothing is reported twice. */
  readonly purpose: 'evaluate' | 'look';
}

/** The id of a resource of the scope. */
export function resourceId(stack: Stack, logicalId: string): string {
  return `${stack.reading.scopeId}#${stack.path}${logicalId}`;
}

/** What a function of the template language is: it gets its argument evaluated. */
export type Intrinsic = (argument: Value, env: Env, node: SourceNode) => Value;
