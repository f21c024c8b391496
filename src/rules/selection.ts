import type { Severity } from '../model/index.js';
import { perhaps } from './nearest.js';
import type { RuleSelection } from './rule.js';
import type { RuleData } from './rule-data.js';

/** A selection that names rules or options which are not there. */
export class SelectionError extends Error {
  override readonly name = 'SelectionError';
}

export const ALL_RULES: RuleSelection = { only: [], skip: [], severity: {}, options: {} };

/** The rules that `only` and `skip` leave; each of their entries is a glob over ids or a tag, and has to match something. */
export function selectRules(rules: readonly RuleData[], selection: RuleSelection): readonly RuleData[] {
  for (const pattern of [...selection.only, ...selection.skip, ...Object.keys(selection.severity), ...Object.keys(selection.options)]) {
    if (!rules.some((rule) => isMeant(rule, pattern))) {
      const known = rules.flatMap(({ id, tags }) => [id, ...tags]);
      throw new SelectionError(`No rule has the id or tag "${pattern}"${perhaps(pattern, new Set(known))}. "keyward rules" lists them.`);
    }
  }
  return rules.filter(
    (rule) =>
      (selection.only.length === 0 || selection.only.some((pattern) => isMeant(rule, pattern))) &&
      !selection.skip.some((pattern) => isMeant(rule, pattern)),
  );
}

function isMeant(rule: RuleData, pattern: string): boolean {
  return matchesGlob(rule.id, pattern) || rule.tags.includes(pattern);
}

/** `*` stands for any part of an id. */
export function matchesGlob(id: string, glob: string): boolean {
  const parts = glob.split('*');
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return id === glob;
  const last = rest.pop() ?? '';
  if (!id.startsWith(first) || !id.endsWith(last) || id.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = id.indexOf(part, at);
    if (found < 0 || found + part.length > id.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

/** The severity that the selection gives the rule, else its own; the last matching entry counts. */
export function severityOf(rule: RuleData, selection: RuleSelection): Severity {
  let severity = rule.severity;
  for (const [pattern, chosen] of Object.entries(selection.severity)) if (isMeant(rule, pattern)) severity = chosen;
  return severity;
}

/** The rule's options with the selection's over its defaults; throws for an option that it does not have. */
export function optionsOf(rule: RuleData, selection: RuleSelection): Readonly<Record<string, unknown>> {
  const options: Record<string, unknown> = {};
  for (const [name, { default: value }] of Object.entries(rule.options)) options[name] = value;
  for (const [pattern, chosen] of Object.entries(selection.options)) {
    if (!isMeant(rule, pattern)) continue;
    for (const [name, value] of Object.entries(chosen)) {
      if (Object.hasOwn(rule.options, name)) options[name] = value;
      else if (pattern === rule.id)
        throw new SelectionError(`The rule ${rule.id} has no option "${name}"${perhaps(name, Object.keys(rule.options))}.`);
    }
  }
  return options;
}
