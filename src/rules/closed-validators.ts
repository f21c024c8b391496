import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { ClosedValidators } from './declared-judge.js';
import type { RuleSelection } from './rule.js';
import type { RuleData } from './rule-data.js';
import { optionsOf } from './selection.js';

type Validate = (value: unknown) => boolean;
type TypeValidators = Readonly<Record<string, Validate | undefined>>;

const folder = fileURLToPath(new URL('./validators/', import.meta.url));
const loaded = new Map<string, TypeValidators>();
const asked = new Map<string, number>();

/**
 * Loading a type's validators takes about 0.8 ms, and one answer of them is about 2 µs faster than the interpreter's, whose answers
 * are the same (test/rules/kleene.test.ts): worth it only in scans that judge a type this often.
 */
const WORTH_LOADING = 500;

/**
 * The validators that the build compiled for a rule and a type, loaded once the type has been judged often. There are none for rule
 * files (of a user, or in the source tree), for options off their defaults, and for schemas with a keyword of ours.
 */
export function closedValidators(data: RuleData, selection: RuleSelection): (type: string) => ClosedValidators | undefined {
  if (data.compiled !== true || !hasDefaultOptions(data, selection)) return () => undefined;
  const known = new Map<string, ClosedValidators>();
  return (type) => {
    const found = known.get(type);
    if (found !== undefined) return found;
    const ofType = validatorsOf(type);
    if (ofType === undefined) return undefined;
    const when = ofType[`${data.id}/when`];
    const must = ofType[`${data.id}/must`];
    const validators = { ...(when === undefined ? {} : { when }), ...(must === undefined ? {} : { must }) };
    known.set(type, validators);
    return validators;
  };
}

function hasDefaultOptions(data: RuleData, selection: RuleSelection): boolean {
  return Object.entries(optionsOf(data, selection)).every(([name, value]) => value === data.options[name]?.default);
}

function validatorsOf(type: string): TypeValidators | undefined {
  const known = loaded.get(type);
  if (known !== undefined) return known;
  const times = (asked.get(type) ?? 0) + 1;
  asked.set(type, times);
  if (times < WORTH_LOADING) return undefined;
  const file = `${folder}${type.replaceAll('::', '-')}.cjs`;
  const validators = existsSync(file) ? (createRequire(import.meta.url)(file) as TypeValidators) : {}; // written by scripts/build-rules.mjs
  loaded.set(type, validators);
  return validators;
}
