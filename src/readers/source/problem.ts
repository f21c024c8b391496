import type { Position } from '../../model/index.js';
import type { SourceNode } from './node.js';

/** What is wrong with a text, at one place of it. An `error` means that no tree could be made. */
export interface Problem {
  readonly level: 'error' | 'warning';
  /** A stable name: `yaml-syntax`, `json-syntax`, `duplicate-key`, `too-deep`. */
  readonly code: string;
  readonly message: string;
  /** What to do, in the imperative. */
  readonly help: string;
  readonly at: Position;
}

/** What reading a text gave: a tree, problems, or both. There is no tree exactly when one of the problems is an error. */
export interface Parsed {
  readonly node?: SourceNode;
  readonly problems: readonly Problem[];
}
