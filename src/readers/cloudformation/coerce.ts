import {
  Choice,
  isList,
  isMap,
  isOpen,
  type Scalar,
  Text,
  type TextPart,
  textOf,
  Unknown,
  type Value,
  type ValueMap,
} from '../../model/index.js';
import type { PropertyShape } from '../../model/schema/index.js';
import { choose, mapLeaves } from './choice.js';
import { withDynamicReferences } from './dynamic-reference.js';
import type { Reading } from './reading.js';
import { scalarText } from './text.js';
import { splitCases, variableOf } from './variable.js';

/**
 * An evaluated value in the form its schema asks for: scalars in the schema's type, policies written as text as objects,
 * dynamic references told from text. Runs when a scope is evaluated, as only then every case of a variable is known.
 */
export function coerce(value: Value, shape: PropertyShape | undefined, reading: Reading): Value {
  if (typeof value === 'string') return coerceText(value, shape);
  if (typeof value !== 'object' || value === null) return coerceScalar(value, shape);
  if (isOpen(value)) return coerceOpen(value, shape, reading);
  if (isList(value)) return coerceList(value, shape, reading);
  return coerceMap(value as ValueMap, shape, reading); // neither open nor a list
}

function coerceText(value: string, shape: PropertyShape | undefined): Value {
  if (value.includes('{{resolve:')) return withDynamicReferences(value);
  if (shape?.type === 'json') return parsed([value]) ?? value;
  return coerceScalar(value, shape);
}

function coerceScalar(value: Scalar, shape: PropertyShape | undefined): Scalar {
  if (value === null) return value;
  switch (shape?.type) {
    case 'boolean':
      if (typeof value !== 'string') return value;
      return /^true$/i.test(value) ? true : /^false$/i.test(value) ? false : value;
    case 'number':
      return typeof value === 'string' && /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value) ? Number(value) : value;
    case 'string':
      return scalarText(value);
    default:
      return value;
  }
}

function coerceOpen(value: Value, shape: PropertyShape | undefined, reading: Reading): Value {
  if (value instanceof Choice) {
    const then = coerce(value.then, shape, reading);
    const otherwise = coerce(value.otherwise, shape, reading);
    return then === value.then && otherwise === value.otherwise ? value : choose(value.when, then, otherwise);
  }
  if (value instanceof Text) {
    const text = withDynamicReferences(value);
    return text instanceof Text && shape?.type === 'json' ? (parsed(text.parts) ?? text) : text;
  }
  if (value instanceof Unknown && (shape?.type === 'boolean' || shape?.type === 'number')) return coerceUnknown(value, shape.type, reading);
  return value;
}

/** A parameter is a string until it meets the schema: each of its cases is coerced, the rest is open in the schema's type. */
function coerceUnknown(value: Unknown, type: 'boolean' | 'number', reading: Reading): Value {
  if (value.domain.type !== 'string') return value;
  const variable = variableOf(value, reading);
  const cases = variable === undefined ? value : splitCases(value, reading);
  const values = value.domain.values?.map((admitted) => coerce(admitted, { type }, reading));
  const rest = new Unknown(
    value.reason,
    { type, ...(values === undefined ? {} : { values }) },
    cases === value ? value.variable : undefined,
  );
  return mapLeaves(cases, (leaf) => (leaf === value ? rest : coerce(leaf, { type }, reading)));
}

function coerceList(list: readonly Value[], shape: PropertyShape | undefined, reading: Reading): Value {
  const items = shape?.type === 'array' ? shape.items : undefined;
  let changed: Value[] | undefined;
  for (const [index, item] of list.entries()) {
    const next = coerce(item, items, reading);
    if (next === item) continue;
    changed ??= [...list];
    changed[index] = next;
  }
  return changed ?? list;
}

function coerceMap(map: ValueMap, shape: PropertyShape | undefined, reading: Reading): Value {
  const properties = shape?.type === 'object' ? shape.properties : undefined;
  const values = shape?.type === 'object' ? shape.values : undefined;
  let changed: [string, Value][] | undefined;
  const entries = Object.entries(map);
  for (const [index, [key, item]] of entries.entries()) {
    const own = properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : values;
    const next = coerce(item, own, reading);
    if (next === item) continue;
    changed ??= [...entries];
    changed[index] = [key, next];
  }
  return changed === undefined ? map : Object.fromEntries(changed);
}

/** Stands for an open part while the JSON around it is read: private-use characters that no template holds. */
const MARK = /\uF8F0(\d+)\uF8F1/;

/** JSON text as the object or list it says; undefined where it is none. */
function parsed(parts: readonly TextPart[]): Value | undefined {
  const first = parts[0];
  if (typeof first !== 'string' || !/^\s*[{[]/.test(first)) return undefined;
  if (parts.some((part) => typeof part === 'string' && part.includes('\uF8F0'))) return undefined;
  const text = parts.map((part, index) => (typeof part === 'string' ? part : `\uF8F0${index}\uF8F1`)).join('');
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? restored(value as Value, parts) : undefined; // JSON.parse gives plain JSON
  } catch {
    return undefined;
  }
}

function restored(value: Value, parts: readonly TextPart[]): Value {
  if (parts.length === 1) return value;
  if (typeof value === 'string') {
    const pieces = value.split(MARK);
    return pieces.length === 1 ? value : textOf(pieces.map((piece, index) => (index % 2 === 0 ? piece : (parts[Number(piece)] ?? ''))));
  }
  if (isList(value)) return value.map((item) => restored(item, parts));
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restored(item, parts)]));
  return value;
}
