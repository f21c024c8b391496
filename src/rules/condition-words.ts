import type { Formula, Scalar } from '../model/index.js';

/** A condition in words: "condition IsProd is true", "parameter Env is prod". */
export function formulaWords(formula: Formula, negated = false): string {
  switch (formula.op) {
    case 'constant':
      return formula.value === negated ? 'never' : 'always';
    case 'named':
      return `condition ${formula.name} is ${negated ? 'false' : 'true'}`;
    case 'is':
      return `${formula.variable} is ${negated ? 'not ' : ''}${scalarWords(formula.value)}`;
    case 'free':
      return negated ? `not (${formula.words})` : formula.words;
    case 'not':
      return formulaWords(formula.of, !negated);
    case 'and':
    case 'or':
      return formula.of.map((part) => formulaWords(part, negated)).join((formula.op === 'and') === negated ? ' or ' : ' and ');
  }
}

/** A scalar as it stands in a sentence; the empty text needs its quotes. */
export function scalarWords(value: Scalar): string {
  return value === '' ? '""' : String(value);
}
