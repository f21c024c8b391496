import type { BuiltRules, RuleData } from '../src/rules/index.js';
import type * as schemas from '../src/rules/schema.js';

export function buildRules(): Promise<void>;
export function builtIndex(built: BuiltRules, compiled: ReadonlySet<string>): string;
export function validatorModules(
  rules: readonly RuleData[],
  room: Pick<typeof schemas, 'usesOwnKeyword' | 'writeOut'>,
): { readonly modules: ReadonlyMap<string, string>; readonly compiled: ReadonlySet<string> };
