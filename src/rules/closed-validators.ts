import type { ClosedValidators } from './declared-judge.js';
import type { RuleSelection } from './rule.js';
import type { RuleData } from './rule-data.js';

/** The build's validators of a rule; none outside a build, for options off their defaults and for keywords of ours. */
export function closedValidators(_data: RuleData, _selection: RuleSelection): () => ClosedValidators | undefined {
  return () => undefined;
}
