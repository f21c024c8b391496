import { type Bdd, FALSE, type Node, TRUE } from './bdd.js';

/**
 * Truth as the evaluator needs it. The evaluator is written once over this interface: with Booleans it decides a closed
 * request, with BDD nodes it decides all contexts at once, so the two can't drift apart.
 */
export interface Algebra<T> {
  readonly always: T;
  readonly never: T;
  and(a: T, b: T): T;
  or(a: T, b: T): T;
  not(a: T): T;
  /** Short cuts: certain whatever the context. */
  isAlways(a: T): boolean;
  isNever(a: T): boolean;
}

export const booleans: Algebra<boolean> = {
  always: true,
  never: false,
  and: (a, b) => a && b,
  or: (a, b) => a || b,
  not: (a) => !a,
  isAlways: (a) => a,
  isNever: (a) => !a,
};

export function diagrams(bdd: Bdd): Algebra<Node> {
  return {
    always: TRUE,
    never: FALSE,
    and: (a, b) => bdd.and(a, b),
    or: (a, b) => bdd.or(a, b),
    not: (a) => bdd.not(a),
    isAlways: (a) => a === TRUE,
    isNever: (a) => a === FALSE,
  };
}

/** True where some of `items` satisfies `test`; stops at the first certain one. */
export function anyOf<T, I>(algebra: Algebra<T>, items: Iterable<I>, test: (item: I) => T): T {
  let result = algebra.never;
  for (const item of items) {
    result = algebra.or(result, test(item));
    if (algebra.isAlways(result)) return result;
  }
  return result;
}

/** True where every one of `items` satisfies `test`; stops at the first certain exception. */
export function allOf<T, I>(algebra: Algebra<T>, items: Iterable<I>, test: (item: I) => T): T {
  let result = algebra.always;
  for (const item of items) {
    result = algebra.and(result, test(item));
    if (algebra.isNever(result)) return result;
  }
  return result;
}
