import { type Formula, isList, Unknown, type Value } from '../../../model/index.js';
import type { MapNode, SourceNode } from '../../source/node.js';
import { choose, overChoices } from '../choice.js';
import { computed, identityOf } from '../computed.js';
import { equality } from '../equality.js';
import { hasFree, or } from '../formula.js';
import { report } from '../reading.js';
import type { Env } from '../stack.js';
import { scalarText } from '../text.js';
import { variableOf } from '../variable.js';
import { malformed } from './reference.js';

/** A look-up with more distinct results than this becomes an Unknown over them. */
const MAX_RESULTS = 8;

/**
 * `Fn::FindInMap: [Map, TopKey, SecondKey, {DefaultValue}]`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-findinmap.html
 */
export function findInMap(argument: Value, env: Env, node: SourceNode): Value {
  if (!isList(argument) || argument.length < 3 || argument.length > 4) {
    return malformed('Fn::FindInMap', '[MapName, TopLevelKey, SecondLevelKey]', env, node);
  }
  const [name, top, second, options] = argument;
  const fallback = defaultValue(options);
  return overChoices([name ?? null, top ?? null, second ?? null], ([map, first, last]) => {
    if (typeof map !== 'string') return computed('Fn::FindInMap', argument);
    const entry = env.stack.mappings.get(map);
    if (entry === undefined || entry.value.kind !== 'map') return missing(`mapping ${JSON.stringify(map)}`, fallback, env, node);
    return lookUp(entry.value, first ?? null, fallback, env, node, (row) =>
      row.kind === 'map' ? lookUp(row, last ?? null, fallback, env, node, literal) : missing(`a map under ${map}`, fallback, env, node),
    );
  });
}

function defaultValue(options: Value | undefined): Value | undefined {
  return typeof options === 'object' && options !== null && 'DefaultValue' in options ? (options.DefaultValue as Value) : undefined; // own key of a plain map
}

function lookUp(
  table: MapNode,
  key: Value,
  fallback: Value | undefined,
  env: Env,
  node: SourceNode,
  found: (row: SourceNode) => Value,
): Value {
  if (typeof key !== 'object' || key === null) {
    const row = table.byKey.get(scalarText(key))?.value;
    return row === undefined ? missing(`key ${JSON.stringify(scalarText(key))}`, fallback, env, node) : found(row);
  }
  const rows = table.entries.filter((row) => admits(key, row.key));
  const results = group(rows.map((row): [string, Value] => [row.key, found(row.value)]));
  const only = results[0];
  if (only === undefined) return missing('a fitting key', fallback, env, node);
  // CloudFormation refuses a key that is not in the mapping, so one result for all of them is certain.
  if (results.length === 1 && fallback === undefined) return only.value;
  const cases = results.length > MAX_RESULTS ? undefined : casesFor(results, key, env);
  if (cases === undefined) return oneOf(key, results, fallback);
  const closed = isClosedOver(key, table, env);
  return cases.reduceRight<Value>(
    (rest, { when, value }, index) => (closed && index === cases.length - 1 ? value : choose(when, value, rest)),
    fallback ?? oneOf(key, results, fallback),
  );
}

/** False where the key's domain excludes the candidate; registers nothing. */
function admits(key: Value, candidate: string): boolean {
  const values = key instanceof Unknown ? key.domain.values : undefined;
  return values === undefined || values.includes(candidate);
}

function isClosedOver(key: Value, table: MapNode, env: Env): boolean {
  const values = variableOf(key, env.stack.reading)?.values;
  return values?.every((value) => table.byKey.has(String(value))) ?? false;
}

interface Result {
  readonly keys: readonly string[];
  readonly value: Value;
}

/** Rows with the same result together, in the mapping's order. */
function group(rows: readonly (readonly [string, Value])[]): readonly Result[] {
  const byIdentity = new Map<string, { keys: string[]; value: Value }>();
  for (const [key, value] of rows) {
    const identity = identityOf(value) ?? `row ${key}`;
    const known = byIdentity.get(identity);
    if (known === undefined) byIdentity.set(identity, { keys: [key], value });
    else known.keys.push(key);
  }
  return [...byIdentity.values()];
}

/** When each result is taken; undefined where comparing the key with the map's keys tells nothing. */
function casesFor(results: readonly Result[], key: Value, env: Env): readonly { when: Formula; value: Value }[] | undefined {
  const cases: { when: Formula; value: Value }[] = [];
  for (const { keys, value } of results) {
    const when = or(keys.map((candidate) => equality(key, candidate, env.stack.reading)));
    if (hasFree(when)) return undefined;
    cases.push({ when, value });
  }
  return cases;
}

function oneOf(key: Value, results: readonly Result[], fallback: Value | undefined): Unknown {
  const values = [...results.map((result) => result.value), ...(fallback === undefined ? [] : [fallback])];
  const open = values.some((value) => value instanceof Unknown);
  const { reason, variable } = computed('Fn::FindInMap', [key, values]);
  return new Unknown(reason, open ? {} : { values }, variable);
}

/** Mappings hold literals: strings, numbers, lists of them. */
function literal(node: SourceNode): Value {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(literal);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, literal(value)]));
  }
}

function missing(what: string, fallback: Value | undefined, env: Env, node: SourceNode): Value {
  if (fallback !== undefined) return fallback;
  if (env.purpose === 'evaluate' && env.stack.reading.cursor.choices === 0) {
    report(env.stack.reading, env.file, node, {
      level: 'error',
      code: 'unresolved-reference',
      message: `Fn::FindInMap looks for ${what}, which is not in the template's mappings.`,
      help: 'Correct the name, or add the row to the mapping.',
    });
  }
  return new Unknown({ kind: 'unresolved', words: `a look-up of ${what}, which no mapping has` });
}
