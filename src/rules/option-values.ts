import { Ajv } from 'ajv';
import type { RuleSelection } from './rule.js';
import type { RuleData } from './rule-data.js';
import { optionsOf, SelectionError } from './selection.js';

/** Checks the options that the selection sets against the schemas that the rules declare. */
export function checkOptionValues(rules: readonly RuleData[], selection: RuleSelection): void {
  const ajv = new Ajv({ strict: false });
  for (const rule of rules) {
    for (const [name, value] of Object.entries(optionsOf(rule, selection))) {
      const schema = rule.options[name]?.schema;
      if (schema === undefined || ajv.validate(schema, value)) continue;
      throw new SelectionError(`The option "${name}" of the rule ${rule.id} ${ajv.errorsText(ajv.errors, { dataVar: 'value' })}.`);
    }
  }
}
