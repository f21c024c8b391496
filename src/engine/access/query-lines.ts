import type { Value } from '../../model/index.js';
import type { CanQuestion } from './questions.js';

/** A line of a file of questions, or what is wrong with it. */
export type QueryLine =
  | { readonly kind: 'question'; readonly line: number; readonly id: Value; readonly question: CanQuestion }
  | { readonly kind: 'bad'; readonly line: number; readonly id: Value; readonly why: string };

/** One JSON object a line; empty lines are skipped. `principal` is not asked for where `whom` is `everyone`. */
export function queryLines(text: string, whom: 'principal' | 'everyone'): readonly QueryLine[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line, index): QueryLine[] => (line.trim() === '' ? [] : [readLine(line, index + 1, whom)]));
}

function readLine(text: string, line: number, whom: 'principal' | 'everyone'): QueryLine {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { kind: 'bad', line, id: null, why: 'the line is no JSON' };
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { kind: 'bad', line, id: null, why: 'the line is no JSON object' };
  const query = body as Readonly<Record<string, Value | undefined>>; // members of parsed JSON
  const id = query.id ?? null;
  const bad = (why: string): QueryLine => ({ kind: 'bad', line, id, why });
  for (const name of whom === 'principal' ? (['principal', 'action', 'resource'] as const) : (['action', 'resource'] as const)) {
    if (typeof query[name] !== 'string' || query[name] === '') return bad(`"${name}" is missing or no text`);
  }
  const context = contextOf(query.context ?? {});
  if (context === undefined) return bad('"context" must be an object whose values are texts or lists of texts');
  const { contextComplete = false, sessionPolicies = [], encryptedBy } = query;
  if (typeof contextComplete !== 'boolean') return bad('"contextComplete" must be true or false');
  if (!Array.isArray(sessionPolicies)) return bad('"sessionPolicies" must be a list of policy documents');
  if (encryptedBy !== undefined && typeof encryptedBy !== 'string') return bad('"encryptedBy" must be a text');
  return {
    kind: 'question',
    line,
    id,
    question: {
      principal: String(query.principal ?? ''),
      action: String(query.action),
      resource: String(query.resource),
      context,
      contextComplete,
      sessionPolicies,
      ...(encryptedBy === undefined ? {} : { encryptedBy }),
    },
  };
}

function contextOf(value: Value): CanQuestion['context'] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries: [string, string | readonly string[]][] = [];
  for (const [key, item] of Object.entries(value as Readonly<Record<string, Value>>)) {
    if (Array.isArray(item) && item.every(isScalar)) entries.push([key, item.map(String)]);
    else if (isScalar(item)) entries.push([key, String(item)]);
    else return undefined;
  }
  return Object.fromEntries(entries);
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
