import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { AccessRequest, Caller, Decision, DecisionName } from '../../src/model/index.js';
import { ACCOUNTS, type BuiltModel, buildModel, type ShortModel, type ShortPolicy } from './case-model.js';

const FOLDER = join(import.meta.dirname, '../../fixtures/evaluator');

export interface ShortRequest {
  readonly caller?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** Whether a key that is not in the context is absent (true, where it is not said) or unknown. */
  readonly complete?: boolean;
  readonly session?: ShortPolicy;
}

export type Expected =
  | Exclude<DecisionName, 'conditional' | 'undecided'>
  /** Conditional: each way in words. */
  | { readonly when: readonly (readonly string[])[] }
  /** Undecided: a part of the words of a cause. */
  | { readonly undecided: string };

export interface AccessCase {
  readonly id: string;
  readonly rule: string;
  readonly says: string;
  readonly page: string;
  readonly model: ShortModel;
  readonly request: ShortRequest;
  readonly expect: Expected;
  /** Codes of the problems the parser must find. */
  readonly malformed: readonly string[];
  /** For a flipped case: the id of the one it is the smallest change of. */
  readonly flips?: string;
}

type Raw = Readonly<Record<string, unknown>>;

const CASE_KEYS = new Set(['id', 'rule', 'says', 'page', 'model', 'with', 'request', 'expect', 'malformed', 'but']);
const FLIP_KEYS = new Set(['says', 'with', 'request', 'expect', 'malformed', 'page']);
const REQUEST_KEYS = new Set(['caller', 'action', 'resource', 'context', 'complete', 'session']);

/** Every case of every file, flips included, each with its model and request put together. */
export function allCases(): readonly AccessCase[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml') && file !== 'rules.yaml')
    .sort()
    .flatMap((file) => casesOf(file, parse(readFileSync(join(FOLDER, file), 'utf8'), { merge: true }) as Raw));
}

export interface RuleEntry {
  readonly says: string;
  /** Why no decision can show it. */
  readonly untestable?: string;
}

export function allRules(): Readonly<Record<string, RuleEntry>> {
  return parse(readFileSync(join(FOLDER, 'rules.yaml'), 'utf8')) as Record<string, RuleEntry>;
}

function casesOf(file: string, body: Raw): AccessCase[] {
  const models = body.models as Readonly<Record<string, Raw>>;
  return (body.cases as readonly Raw[]).flatMap((raw): AccessCase[] => {
    only(raw, CASE_KEYS, `${file} ${String(raw.id)}`);
    const base = models[String(raw.model)];
    if (base === undefined) throw new Error(`${file} ${String(raw.id)}: no model ${String(raw.model)}`);
    const { request: usual = {}, ...world } = base;
    const model = merged(world, raw.with);
    const request = merged(usual, raw.request);
    const first: AccessCase = {
      id: String(raw.id),
      rule: String(raw.rule),
      says: String(raw.says),
      page: String(raw.page),
      model: model as ShortModel,
      request: asRequest(request, `${file} ${String(raw.id)}`),
      expect: raw.expect as Expected,
      malformed: codes(raw.malformed),
    };
    const flips = (raw.but ?? []) as readonly Raw[];
    return [
      first,
      ...flips.map((flip, index): AccessCase => {
        only(flip, FLIP_KEYS, `${file} ${first.id} but ${index + 1}`);
        return {
          ...first,
          id: `${first.id}/${index + 2}`,
          says: String(flip.says),
          page: String(flip.page ?? raw.page),
          model: merged(model, flip.with) as ShortModel,
          request: asRequest(merged(request, flip.request), `${file} ${first.id} but ${index + 1}`),
          expect: flip.expect as Expected,
          malformed: codes(flip.malformed),
          flips: first.id,
        };
      }),
    ];
  });
}

function codes(written: unknown): readonly string[] {
  return written === undefined ? [] : Array.isArray(written) ? written.map(String) : [String(written)];
}

function asRequest(raw: unknown, where: string): ShortRequest {
  only(raw as Raw, REQUEST_KEYS, where);
  return raw as ShortRequest;
}

function only(raw: Raw, keys: ReadonlySet<string>, where: string): void {
  for (const key of Object.keys(raw)) if (!keys.has(key)) throw new Error(`${where}: unknown field ${key}`);
}

/** Objects are merged, `null` removes, anything else replaces. */
function merged(base: unknown, change: unknown): unknown {
  if (change === undefined) return base;
  if (typeof change !== 'object' || change === null || Array.isArray(change)) return change;
  const result: Record<string, unknown> = typeof base === 'object' && base !== null && !Array.isArray(base) ? { ...base } : {};
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value);
  }
  return result;
}

export function buildRequest(built: BuiltModel, short: ShortRequest): AccessRequest {
  return {
    caller: callerOf(built.fill(short.caller ?? ''), short.caller ?? ''),
    action: short.action ?? '',
    resource: built.fill(short.resource ?? ''),
    context: built.fill(short.context ?? {}),
    contextComplete: short.complete ?? true,
    sessionPolicies: short.session === undefined ? [] : [built.policy('session', 'session policy', short.session)],
  };
}

/** `App`, `App as ann`, `root of A`, `service x.amazonaws.com`, `provider x`, `stranger of B`, `stranger arn:…`, `anonymous`. */
function callerOf(text: string, written: string): Caller {
  const [word, rest = ''] = [text.split(' ')[0], text.slice(text.indexOf(' ') + 1)];
  switch (word) {
    case 'root':
      return { kind: 'root', account: ACCOUNTS[rest.replace('of ', '')] ?? rest };
    case 'service':
      return { kind: 'service', service: rest };
    case 'provider':
      return { kind: 'federated', provider: rest };
    case 'stranger':
      if (!rest.startsWith('of ')) return { kind: 'outsider', arn: rest, account: rest.split(':')[4] ?? '' };
      return { kind: 'outsider', account: ACCOUNTS[rest.slice(3)] ?? rest };
    case 'anonymous':
      return { kind: 'anonymous' };
    default: {
      const [id = '', session] = written.split(' as ');
      return { kind: 'principal', id, ...(session === undefined ? {} : { session }) };
    }
  }
}

export { buildModel };

/** A decision in the words of the case files. */
export function inWords(decision: Decision): Expected {
  switch (decision.decision) {
    case 'conditional':
      return { when: decision.conditions.map((product) => product.map(({ words }) => words)) };
    case 'undecided':
      return { undecided: decision.because.map(({ words }) => words).join('; ') };
    default:
      return decision.decision;
  }
}
