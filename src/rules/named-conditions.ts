import { type Formula, isList, isMap, type Open, OpenValue, type Value } from '../model/index.js';

/** The named conditions behind the choices of the values and in the formulas, each once. */
export function namedConditions(values: readonly Value[], formulas: readonly Formula[]): readonly (Formula & { readonly op: 'named' })[] {
  const found = new Map<string, Formula & { readonly op: 'named' }>();
  for (const value of values) fromValue(value, found);
  for (const formula of formulas) fromFormula(formula, found);
  return [...found.values()];
}

type Found = Map<string, Formula & { readonly op: 'named' }>;

function fromValue(value: Value, found: Found): void {
  if (value instanceof OpenValue) {
    const open = value as Open;
    if (open.kind !== 'choice') return;
    fromFormula(open.when, found);
    fromValue(open.then, found);
    fromValue(open.otherwise, found);
  } else if (isList(value)) for (const item of value) fromValue(item, found);
  else if (isMap(value)) for (const item of Object.values(value)) fromValue(item, found);
}

function fromFormula(formula: Formula, found: Found): void {
  switch (formula.op) {
    case 'named':
      found.set(formula.name, formula);
      fromFormula(formula.of, found);
      return;
    case 'not':
      fromFormula(formula.of, found);
      return;
    case 'and':
    case 'or':
      for (const part of formula.of) fromFormula(part, found);
      return;
    default:
      return;
  }
}
