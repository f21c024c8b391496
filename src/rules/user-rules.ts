import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { linearPatterns } from './linear-patterns.js';
import type { PatternEngine } from './pattern.js';
import { readRules } from './read-rules.js';
import type { Check } from './rule.js';
import type { RuleData } from './rule-data.js';
import { RuleError } from './rule-error.js';

export interface UserRules {
  readonly rules: readonly RuleData[];
  readonly patterns: PatternEngine;
  /** By rule id. */
  readonly checks: ReadonlyMap<string, Check>;
}

/** Rules that users wrote. Code is loaded only where it is allowed; a rule that asks for it elsewhere is an error. */
export async function readUserRules(
  folders: readonly { readonly path: string; readonly code: 'allowed' | 'refused' }[],
  known: readonly RuleData[],
): Promise<UserRules> {
  const patterns = await linearPatterns();
  const rules: RuleData[] = [];
  const checks = new Map<string, Check>();
  const ids = new Set(known.map(({ id }) => id));
  for (const { path: folder, code } of folders) {
    if (!existsSync(folder)) throw new RuleError([{ file: folder, line: 1, message: 'The rule folder is not there.' }]);
    for (const rule of await readRules({ path: folder, name: folder, kind: 'user' }, patterns)) {
      const file = rule.user?.file ?? folder;
      if (ids.has(rule.id))
        throw new RuleError([{ file, line: 1, message: `The id ${rule.id} is taken by another rule; choose another.` }]);
      ids.add(rule.id);
      rules.push(rule);
      if (rule.check !== undefined) checks.set(rule.id, await userCheck(rule.check, file, code));
    }
  }
  return { rules, patterns, checks };
}

async function userCheck(name: string, file: string, code: 'allowed' | 'refused'): Promise<Check> {
  const path = join(dirname(file), `${basename(name)}.mjs`);
  if (code === 'refused')
    throw new RuleError([{ file, line: 1, message: `The rule runs code (${basename(path)}), which needs --allow-rule-code.` }]);
  if (!existsSync(path)) throw new RuleError([{ file, line: 1, message: `The check ${basename(path)} is not beside the rule.` }]);
  const module = await loadModule(path);
  if (typeof module.check !== 'function')
    throw new RuleError([{ file: path, line: 1, message: 'The module exports no function "check".' }]);
  return module.check as Check; // a function; that it keeps the contract is its author's care
}

async function loadModule(path: string): Promise<{ check?: unknown }> {
  try {
    return (await import(pathToFileURL(path).href)) as { check?: unknown }; // a module is an object; the caller checks what it exports
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    throw new RuleError([{ file: path, line: 1, message: `The module can’t be loaded (${name}). Run it with node to see why.` }]);
  }
}
