import type { Cause } from '../../model/index.js';
import type { Elementary } from './elementary.js';

/** Values that fit some of the tests, or, negated, none of them. */
export interface ValueSet {
  readonly tests: readonly Elementary[];
  readonly negated: boolean;
}

/**
 * What the evaluator asks of a request's context, answered in one algebra: true or false for a closed request, a decision
 * diagram for an open one. Keys are lower-cased.
 */
export interface ContextTruth<T> {
  /** The key is in the request. */
  present(key: string): T;
  /** Some value of the key is in the set; false where the key is missing or empty. */
  some(key: string, values: ValueSet): T;
  /** Every value of the key is in the set; true where the key is missing or empty. */
  every(key: string, values: ValueSet): T;
  /** The key can hold several values. */
  multivalued(key: string): boolean;
  /** The value of a single-valued key where it is certain: a text, `absent`, or `unknown`. */
  value(key: string): string | 'absent' | Unsure;
  /** A fact of the snapshot, or a rule of AWS nobody has written down, that can't be decided: free, the same for equal ids. */
  free(id: string, cause: Cause): T;
}

/** The values of a key (by its canonical name) where they are certain, empty where it is certainly absent; undefined where it is open. */
export type KnownKeys = (key: string) => readonly string[] | undefined;

export const UNSURE: unique symbol = Symbol('unsure');
export type Unsure = typeof UNSURE;
