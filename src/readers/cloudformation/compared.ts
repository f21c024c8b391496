import { Choice, type Formula, isList, isMap, type Value } from '../../model/index.js';
import type { Reading } from './reading.js';
import type { ResourceDraft } from './resource-draft.js';

/** The CDK asks in each of its templates whether the Region is one of thirty, for a resource that is none. */
const NOT_A_RESOURCE = 'AWS::CDK::Metadata';

/**
 * Settles which literals the cases of a pseudo parameter are: those that a resource rests on. All that a template's conditions
 * name would be too many cases to tell apart.
 */
export function settleCompared(drafts: readonly ResourceDraft[], reading: Reading): void {
  const open = [...reading.variables.values()].filter((variable) => (variable.met?.size ?? 0) > 0);
  if (open.length === 0) return;
  const seen = new Set<Formula>();
  const literals = (formula: Formula): void => {
    if (seen.has(formula)) return;
    seen.add(formula);
    if (formula.op === 'is') {
      const variable = reading.variables.get(formula.variable);
      if (variable?.met !== undefined) variable.compared.add(formula.value);
    } else if (formula.op === 'not' || formula.op === 'named') literals(formula.of);
    else if (formula.op === 'and' || formula.op === 'or') for (const part of formula.of) literals(part);
  };
  for (const { type, exists, properties, attributes } of drafts) {
    if (type === NOT_A_RESOURCE) continue;
    literals(exists);
    eachFormula(properties, literals);
    eachFormula(attributes, literals);
  }
}

function eachFormula(value: Value, visit: (formula: Formula) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Choice) {
    visit(value.when);
    eachFormula(value.then, visit);
    eachFormula(value.otherwise, visit);
  } else if (isList(value)) for (const item of value) eachFormula(item, visit);
  else if (isMap(value)) for (const item of Object.values(value)) eachFormula(item, visit);
}
