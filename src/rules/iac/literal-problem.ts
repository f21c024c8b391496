import { verdictsOf } from '../policy/problem.js';
import type { Check } from '../rule.js';
import { type Literal, secretLiteralsOf } from './literal.js';

/** A problem for each literal of a template in which `what` finds something: its words, "a private key". */
export function literalProblems(what: (literal: Literal, all: readonly Literal[]) => string | undefined): Check {
  return (template, context) => {
    const literals = secretLiteralsOf(template, context);
    return verdictsOf(
      literals.flatMap((literal) => {
        const words = what(literal, literals);
        return words === undefined
          ? []
          : [{ truth: true, path: literal.path, words: { what: words, place: literal.address }, secret: true }];
      }),
    );
  };
}
