import type { Path } from '../model/index.js';
import { perhaps } from './nearest.js';
import type { RuleProblem } from './rule-error.js';
import type { RuleText } from './rule-text.js';
import type { Json, JsonMap } from './schema.js';

/** A rule as written, alone in its file or as a row of a family. */
export interface WrittenRule {
  readonly file: string;
  readonly data: JsonMap;
  readonly family?: string;
  lineOf(path: Path): number;
}

const RULE_FIELDS = new Set([
  'id',
  'title',
  'severity',
  'resource',
  'sources',
  'on',
  'when',
  'must',
  'check',
  'message',
  'secret',
  'why',
  'fix',
  'options',
  'controls',
  'references',
  'tags',
  'covers',
  'undecided',
  'service',
]);
/** Placeholders of messages, filled when a finding is reported. */
const MESSAGE_WORDS = new Set(['name', 'type', 'address', 'value']);

/** The rules of a family file: each row over the shared fields, with placeholders put in. */
export function expandFamily(text: RuleText): { readonly rules: readonly WrittenRule[]; readonly problems: readonly RuleProblem[] } {
  const problem = (path: Path, message: string): RuleProblem => ({ file: text.file, line: text.lineOf(path), message });
  const family = asMap(text.data);
  const shared = asMap(family?.shared);
  const rows = family?.rows;
  const name = family?.family;
  if (shared === undefined || !Array.isArray(rows) || typeof name !== 'string') {
    return {
      rules: [],
      problems: [problem([], 'A family needs "family" (its name), "shared" (a rule with placeholders) and "rows" (a list).')],
    };
  }
  const rules: WrittenRule[] = [];
  const problems: RuleProblem[] = [];
  for (const [index, row] of (rows as readonly Json[]).entries()) {
    const fields = asMap(row);
    if (fields === undefined) {
      problems.push(problem(['rows', index], 'A row of a family is a map of fields.'));
      continue;
    }
    const used = new Set<string>();
    const missing = new Set<string>();
    const merged = { ...shared, ...Object.fromEntries(Object.entries(fields).filter(([field]) => RULE_FIELDS.has(field))) };
    const { message, ...others } = merged;
    // A message also has placeholders for options and for words of a check, which are looked at with the whole rule.
    const said = message === undefined ? {} : { message: fill(message, fields, used, new Set()) };
    const data = { ...(fill(others, fields, used, missing) as JsonMap), ...said }; // a map stays a map
    for (const field of missing)
      problems.push(problem(['rows', index], `The row has no field for the placeholder {${field}}${perhaps(field, Object.keys(fields))}.`));
    for (const field of Object.keys(fields)) {
      if (!RULE_FIELDS.has(field) && !used.has(field)) {
        problems.push(
          problem(
            ['rows', index, field],
            `"${field}" is neither a field of a rule nor a placeholder that the family uses${perhaps(field, RULE_FIELDS)}.`,
          ),
        );
      }
    }
    const lineOf = (path: Path): number => {
      const [field] = path;
      return typeof field === 'string' && Object.hasOwn(fields, field)
        ? text.lineOf(['rows', index, ...path])
        : field === undefined
          ? text.lineOf(['rows', index])
          : text.lineOf(['shared', ...path]);
    };
    rules.push({ file: text.file, data, family: name, lineOf });
  }
  return { rules, problems };
}

/** Puts a row's fields in for placeholders, in keys and values; a value that is one placeholder takes the field as it is. */
function fill(value: Json, fields: JsonMap, used: Set<string>, missing: Set<string>): Json {
  if (typeof value === 'string') return fillText(value, fields, used, missing);
  if (Array.isArray(value)) return value.map((item: Json) => fill(item, fields, used, missing));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonMap).map(([key, item]) => [
      String(fillText(key, fields, used, missing)),
      fill(item, fields, used, missing),
    ]),
  );
}

function fillText(text: string, fields: JsonMap, used: Set<string>, missing: Set<string>): Json {
  const alone = /^\{([a-zA-Z]\w*)\}$/.exec(text)?.[1];
  if (alone !== undefined && Object.hasOwn(fields, alone)) {
    used.add(alone);
    return fill(fields[alone] ?? null, omit(fields, alone), used, missing);
  }
  return text.replace(/\{([a-zA-Z]\w*)\}/g, (placeholder, name: string) => {
    if (Object.hasOwn(fields, name)) {
      used.add(name);
      const value = fields[name];
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    }
    if (!MESSAGE_WORDS.has(name)) missing.add(name);
    return placeholder;
  });
}

/** A field may use others, but not itself. */
function omit(fields: JsonMap, name: string): JsonMap {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name));
}

function asMap(value: Json | undefined): JsonMap | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonMap) : undefined;
}
