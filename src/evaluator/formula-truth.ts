import type { Formula } from '../model/index.js';
import { type Algebra, allOf, anyOf } from './algebra.js';

/** A condition of the source as truth; its tests are free, each the same wherever its id is the same. */
export function formulaTruth<T>(algebra: Algebra<T>, formula: Formula, free: (id: string, words: string) => T): T {
  switch (formula.op) {
    case 'constant':
      return formula.value ? algebra.always : algebra.never;
    case 'is':
      return free(
        `is:${formula.variable}=${JSON.stringify(formula.value)}`,
        `${formula.variable}, which may be ${JSON.stringify(formula.value)} or not`,
      );
    case 'free':
      return free(`free:${formula.id}`, formula.words);
    case 'not':
      return algebra.not(formulaTruth(algebra, formula.of, free));
    case 'named':
      return formulaTruth(algebra, formula.of, free);
    case 'and':
      return allOf(algebra, formula.of, (part) => formulaTruth(algebra, part, free));
    case 'or':
      return anyOf(algebra, formula.of, (part) => formulaTruth(algebra, part, free));
  }
}
