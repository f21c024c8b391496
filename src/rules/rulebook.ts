import { builtChecks, builtRules } from './built-rules.js';
import { closedValidators } from './closed-validators.js';
import { makeRule } from './make-rule.js';
import { builtinPatterns } from './pattern.js';
import type { Check, Rule, Rulebook, RuleSelection } from './rule.js';
import type { RuleData } from './rule-data.js';
import { ALL_RULES, selectRules } from './selection.js';

export interface RulebookOptions {
  /** Folders of rules that the user wrote: declarative only, unless `allowRuleCode`. */
  readonly userRuleFolders?: readonly string[];
  readonly allowRuleCode?: boolean;
  /** Folders of rules that bring no code, whatever `allowRuleCode` says: those a scanned tree names. */
  readonly dataRuleFolders?: readonly string[];
  readonly selection?: RuleSelection;
}

/**
 * The rules that ship and the user's, selected and ready to judge. Throws a RuleError for rule files that can't be used, and a
 * SelectionError for a selection that names what is not there.
 */
export async function loadRulebook(options: RulebookOptions = {}): Promise<Rulebook> {
  const { userRuleFolders = [], allowRuleCode = false, dataRuleFolders = [], selection = ALL_RULES } = options;
  const folders = [
    ...dataRuleFolders.map((path) => ({ path, code: 'refused' as const })),
    ...userRuleFolders.map((path) => ({ path, code: allowRuleCode ? ('allowed' as const) : ('refused' as const) })),
  ];
  const built = await builtRules();
  const user = folders.length === 0 ? undefined : await (await import('./user-rules.js')).readUserRules(folders, built.rules);
  const selected = selectRules([...built.rules, ...(user?.rules ?? [])], selection);
  if (Object.keys(selection.options).length > 0) await (await import('./option-values.js')).checkOptionValues(selected, selection);
  const checks = await builtChecks(selected.flatMap(({ check, user: own }) => (check === undefined || own !== undefined ? [] : [check])));
  const rules = selected.map((data) => {
    const check = data.check === undefined ? undefined : data.user === undefined ? checks.get(data.check) : user?.checks.get(data.id);
    return makeRule(data, selection, {
      patterns: data.user === undefined ? builtinPatterns : (user?.patterns ?? builtinPatterns),
      validators: closedValidators(data, selection),
      ...(check === undefined ? {} : { check: requireCheck(data, check) }),
    });
  });
  return rulebookOf(rules, built.relations, built.cataloguedTypes);
}

function requireCheck(data: RuleData, check: Check | undefined): Check {
  if (check === undefined) throw new Error(`The check ${data.check} of the rule ${data.id} is not there.`);
  return check;
}

function rulebookOf(rules: readonly Rule[], relations: Rulebook['relations'], cataloguedTypes: readonly string[]): Rulebook {
  const sorted = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  const byType = new Map<string, Rule[]>();
  for (const rule of sorted) {
    for (const type of rule.resource) {
      const known = byType.get(type);
      if (known === undefined) byType.set(type, [rule]);
      else known.push(rule);
    }
  }
  return {
    rules: new Map(sorted.map((rule) => [rule.id, rule])),
    relations,
    forType: (type) => byType.get(type) ?? [],
    cataloguedTypes: new Set(cataloguedTypes),
  };
}
