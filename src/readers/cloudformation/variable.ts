import { type Scalar, Text, textOf, Unknown, type Value } from '../../model/index.js';
import { choose, overChoices } from './choice.js';
import type { DraftVariable, Reading } from './reading.js';
import { partsOf } from './text.js';

/** More cases than this are not told apart. */
const MAX_CASES = 16;

export function variableOf(value: Value, reading: Reading): DraftVariable | undefined {
  return value instanceof Unknown && value.variable !== undefined ? reading.variables.get(value.variable) : undefined;
}

/** The values of a variable that are worth telling apart; `closed` where there are no others. */
function casesOfVariable(variable: DraftVariable): { readonly cases: readonly Scalar[]; readonly closed: boolean } {
  const scalars = (values: readonly Value[]): Scalar[] =>
    values.filter((value): value is Scalar => typeof value !== 'object' || value === null);
  if (variable.values !== undefined) return { cases: scalars(variable.values), closed: true };
  const known = variable.default === undefined ? [] : scalars([variable.default]);
  return { cases: [...new Set([...known, ...variable.compared])], closed: false };
}

/** Adds a literal to those that the variable is compared with; does nothing for what is no variable of the scope. */
export function compareWith(reading: Reading, variable: string, literal: Scalar): void {
  const draft = reading.variables.get(variable);
  (draft?.met ?? draft?.compared)?.add(literal);
}

/**
 * A variable as a choice over its cases, `otherwise` for the rest: for functions that need to see the value.
 * What has no cases stays as it is.
 */
export function splitCases(value: Value, reading: Reading): Value {
  if (value instanceof Text) {
    if (!value.parts.some((part) => variableOf(part, reading) !== undefined)) return value;
    return overChoices(
      value.parts.map((part) => splitCases(part, reading)),
      (parts) => textOf(parts.flatMap((part) => partsOf(part) ?? [])),
    );
  }
  const variable = variableOf(value, reading);
  if (variable === undefined || variable.type === 'array') return value;
  const { cases, closed } = casesOfVariable(variable);
  if (cases.length === 0 || cases.length > MAX_CASES) return value;
  return cases.reduceRight<Value>((rest, literal, index) => {
    if (closed && index === cases.length - 1) return literal;
    return choose({ op: 'is', variable: variable.id, value: literal }, literal, rest);
  }, value);
}
