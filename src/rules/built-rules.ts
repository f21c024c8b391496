import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Catalogue, readCatalogue } from './catalogue.js';
import type { Check, Relation } from './rule.js';
import type { RuleData } from './rule-data.js';

/** The rulebook as the build leaves it in `index.json` beside this module. */
export interface BuiltRules {
  readonly rules: readonly RuleData[];
  readonly relations: readonly Relation[];
  readonly cataloguedTypes: readonly string[];
}

const INDEX = new URL('./index.json', import.meta.url);

/** The rules that ship: the built index where there is one, else (in the source tree) the rule files themselves. */
export async function builtRules(): Promise<BuiltRules> {
  if (existsSync(INDEX)) return JSON.parse(readFileSync(INDEX, 'utf8')) as BuiltRules; // written by scripts/build-rules.mjs
  return rulesFromSource(fileURLToPath(new URL('../../rules', import.meta.url)));
}

/** The same, read from rule files; what the build writes to the index. */
export async function rulesFromSource(folder: string): Promise<BuiltRules> {
  const { readRules } = await import('./read-rules.js');
  const rules = await readRules({ path: folder, name: 'rules', kind: 'built-in' });
  const catalogue: Catalogue = await readCatalogue(folder);
  const cataloguedTypes = [...new Set(catalogue.concepts.flatMap(({ types }) => types))].sort();
  return { rules, relations: catalogue.relations, cataloguedTypes };
}

/** The checks of the rules by `service/name`; a built rulebook has them in one module. */
export async function builtChecks(names: readonly string[]): Promise<ReadonlyMap<string, Check>> {
  if (names.length === 0) return new Map();
  if (existsSync(INDEX)) {
    const { CHECKS } = (await import(new URL('./checks.js', import.meta.url).href)) as { CHECKS: ReadonlyMap<string, Check> }; // written by the build
    return CHECKS;
  }
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const modules = await Promise.all(
    names.map(async (name) => {
      const module = (await import(new URL(`./${name}.${extension}`, import.meta.url).href)) as { check?: Check }; // checked below
      if (typeof module.check !== 'function') throw new Error(`src/rules/${name}.ts exports no function "check".`);
      return [name, module.check] as const;
    }),
  );
  return new Map(modules);
}
