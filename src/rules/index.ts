export { type BuiltRules, rulesFromSource } from './built-rules.js';
export { type Catalogue, type Concept, readCatalogue } from './catalogue.js';
export { eachWorld, type ResourceInWorld, type WorldOptions } from './each-world.js';
export { keyManager, type ManagedBy } from './key-manager.js';
export * from './rule.js';
export type { FixData, RuleData } from './rule-data.js';
export { RuleError, type RuleProblem } from './rule-error.js';
export { loadRulebook, type RulebookOptions } from './rulebook.js';
export { ALL_RULES, matchesGlob, SelectionError } from './selection.js';
