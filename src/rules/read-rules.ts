import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Path } from '../model/index.js';
import { expandFamily, type WrittenRule } from './family.js';
import { cloudformationText, terraformText } from './fix-text.js';
import { builtinPatterns, type PatternEngine } from './pattern.js';
import { type FixData, type RuleData, ruleData } from './rule-data.js';
import { RuleError, type RuleProblem } from './rule-error.js';
import { pathProblems } from './rule-paths.js';
import { shapeProblems } from './rule-shape.js';
import { parseRuleText, type RuleText } from './rule-text.js';
import { type Json, type JsonMap, optionsUsed } from './schema.js';

/** A folder of rule files. `name` is how messages call it. */
export interface RuleFolder {
  readonly path: string;
  readonly name: string;
  /** `built-in`: the file's folder is its service and its name its id. `user`: any layout. */
  readonly kind: 'built-in' | 'user';
}

/** Every rule below a folder, checked; throws a RuleError that lists all problems. */
export async function readRules(folder: RuleFolder, patterns: PatternEngine = builtinPatterns): Promise<readonly RuleData[]> {
  const problems: RuleProblem[] = [];
  const rules: RuleData[] = [];
  const seen = new Map<string, RuleProblem>();
  for (const file of ruleFiles(folder.path)) {
    const name = `${folder.name}/${file}`;
    const text = await parseRuleText(name, readFileSync(join(folder.path, file), 'utf8'));
    if (!('data' in text)) {
      problems.push(...text);
      continue;
    }
    const written = writtenRules(text);
    problems.push(...written.problems);
    for (const rule of written.rules) {
      const read = await readRule(rule, file, folder, patterns);
      problems.push(...read.problems);
      if (read.rule === undefined) continue;
      const here = { file: name, line: rule.lineOf(['id']), message: '' };
      const other = seen.get(read.rule.id);
      if (other !== undefined) problems.push({ ...here, message: `The rule ${read.rule.id} is also in ${other.file}:${other.line}.` });
      seen.set(read.rule.id, here);
      rules.push(read.rule);
    }
  }
  if (problems.length > 0) throw new RuleError(problems);
  return rules.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function ruleFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.ya?ml$/.test(file) && file !== 'catalogue.yaml')
    .sort();
}

function writtenRules(text: RuleText): { readonly rules: readonly WrittenRule[]; readonly problems: readonly RuleProblem[] } {
  const { data } = text;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return { rules: [], problems: [{ file: text.file, line: 1, message: 'A rule file is a map of fields; see docs/rule-format.md.' }] };
  }
  if ('family' in data) return expandFamily(text);
  return { rules: [{ file: text.file, data: data as JsonMap, lineOf: text.lineOf }], problems: [] };
}

async function readRule(
  written: WrittenRule,
  file: string,
  folder: RuleFolder,
  patterns: PatternEngine,
): Promise<{ readonly rule?: RuleData; readonly problems: readonly RuleProblem[] }> {
  const at = (path: Path, message: string): RuleProblem => ({ file: written.file, line: written.lineOf(path), message });
  const shape = await shapeProblems(written.data);
  if (shape.length > 0) return { problems: shape.map(({ path, message }) => at(path, message)) };
  const service = written.family === undefined && file.includes('/') ? file.split('/').at(-2) : undefined;
  const plain = ruleData(written.data, service);
  const rule: RuleData = {
    ...plain,
    fix: await printed(plain.fix),
    ...(written.family === undefined ? {} : { family: written.family }),
    ...(folder.kind === 'user' ? { user: { file: join(folder.path, file) } } : {}),
  };
  const problems = [
    ...pathProblems(rule).map(({ path, message }) => at(path, message)),
    ...patternProblems(rule, patterns).map(({ path, message }) => at(path, message)),
    ...wordProblems(rule).map(({ path, message }) => at(path, message)),
  ];
  if (folder.kind === 'built-in' && written.family === undefined && !file.endsWith(`/${rule.id}.yaml`)) {
    problems.push(at(['id'], `The file of the rule ${rule.id} is called ${rule.id}.yaml.`));
  }
  return { rule, problems };
}

async function printed(fix: FixData): Promise<FixData> {
  return {
    ...fix,
    ...(fix.cloudformation === undefined ? {} : { cloudformationText: await cloudformationText(fix.cloudformation) }),
    ...(fix.terraform === undefined ? {} : { terraformText: terraformText(fix.terraform) }),
  };
}

function patternProblems(rule: RuleData, patterns: PatternEngine): readonly { path: Path; message: string }[] {
  const problems: { path: Path; message: string }[] = [];
  const visit = (value: Json, path: Path): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      if (key === 'pattern' && typeof item === 'string') {
        try {
          patterns(item);
        } catch (error) {
          problems.push({
            path: [...path, key],
            message: `The pattern can't be used: ${error instanceof Error ? error.message : String(error)}`,
          });
        }
      }
      visit(item as Json, [...path, Array.isArray(value) ? Number(key) : key]); // entries of JSON are JSON
    }
  };
  visit(rule.when ?? true, ['when']);
  visit(rule.must ?? true, ['must']);
  return problems;
}

/** Options that are used exist, a message names only words it will get, and a secret is never shown. */
function wordProblems(rule: RuleData): readonly { path: Path; message: string }[] {
  const problems: { path: Path; message: string }[] = [];
  for (const field of ['when', 'must'] as const) {
    for (const option of optionsUsed(rule[field] ?? true)) {
      if (!Object.hasOwn(rule.options, option))
        problems.push({ path: [field], message: `The option "${option}" is not declared under "options".` });
    }
  }
  const words = [...rule.message.matchAll(/\{(\w+)\}/g)].map(([, word]) => word ?? '');
  const known = new Set(['name', 'type', 'address', 'value', ...Object.keys(rule.options)]);
  for (const word of words) {
    if (rule.check === undefined && !known.has(word))
      problems.push({
        path: ['message'],
        message: `The message's placeholder {${word}} is not known; there are ${[...known].join(', ')}.`,
      });
    if (rule.secret && word === 'value') problems.push({ path: ['message'], message: 'A rule about secrets must not show {value}.' });
  }
  if (!rule.secret && JSON.stringify([rule.when, rule.must]).includes('"notLiteralSecret"')) {
    problems.push({ path: ['must'], message: 'A rule with notLiteralSecret points at secrets: add "secret: true".' });
  }
  return problems;
}
