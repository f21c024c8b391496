import {
  ABSENT,
  Choice,
  type Domain,
  DynamicReference,
  type Formula,
  type Open,
  OpenValue,
  Reference,
  Text,
  type TextPart,
  Unknown,
  type UnknownReason,
  type Value,
  type ValueMap,
  type VariableId,
} from '../../model/index.js';

/** JSON as it crosses threads. An object with the key `$` stands for an open value or a map that itself has such a key. */
export type Json = null | boolean | number | string | readonly Json[] | JsonMap;
export interface JsonMap {
  readonly [key: string]: Json;
}

/** How variables and free tests are called on the other side: what one scope knows by a name, another may know as something else. */
export type Rename = (id: VariableId) => VariableId;
const keepName: Rename = (id) => id;

/** A value as plain JSON; `decodeValue` gives an equal value back. */
export function encodeValue(value: Value, rename: Rename = keepName): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof OpenValue) return encodeOpen(value as Open, rename);
  if (Array.isArray(value)) return value.map((item: Value) => encodeValue(item, rename));
  const entries = Object.entries(value as ValueMap).map(([key, item]): [string, Json] => [key, encodeValue(item, rename)]);
  return Object.hasOwn(value, '$') ? { $: 'map', entries } : Object.fromEntries(entries);
}

function encodeOpen(open: Open, rename: Rename): Json {
  switch (open.kind) {
    case 'unknown':
      return {
        $: 'unknown',
        // Reasons are strings only.
        reason: { ...open.reason } as JsonMap,
        domain: encodeDomain(open.domain, rename),
        ...(open.variable === undefined ? {} : { variable: rename(open.variable) }),
      };
    case 'reference':
      return { $: 'reference', target: open.target, attribute: open.attribute };
    case 'text':
      return { $: 'text', parts: open.parts.map((part) => encodeValue(part, rename)) };
    case 'choice':
      return {
        $: 'choice',
        when: encodeFormula(open.when, rename),
        yes: encodeValue(open.then, rename),
        no: encodeValue(open.otherwise, rename),
      };
    case 'dynamic-reference':
      return {
        $: 'dynamic-reference',
        service: open.service,
        key: open.key,
        text: open.text,
        ...(open.parts === undefined ? {} : { parts: open.parts.map((part) => encodeValue(part, rename)) }),
      };
    case 'absent':
      return { $: 'absent' };
  }
}

function encodeDomain(domain: Domain, rename: Rename): JsonMap {
  const { values, excludes, ...plain } = domain;
  return {
    // What is left of a domain is scalars.
    ...(plain as JsonMap),
    ...(values === undefined ? {} : { values: values.map((value) => encodeValue(value, rename)) }),
    ...(excludes === undefined ? {} : { excludes: excludes.map((value) => encodeValue(value, rename)) }),
  };
}

/** A formula as plain JSON, its variables and free tests renamed. */
export function encodeFormula(formula: Formula, rename: Rename = keepName): JsonMap {
  switch (formula.op) {
    case 'constant':
      return { ...formula };
    case 'is':
      return { op: 'is', variable: rename(formula.variable), value: formula.value };
    case 'free':
      return { op: 'free', id: rename(formula.id), words: formula.words };
    case 'not':
      return { op: 'not', of: encodeFormula(formula.of, rename) };
    case 'named':
      return { op: 'named', name: formula.name, of: encodeFormula(formula.of, rename) };
    case 'and':
    case 'or':
      return { op: formula.op, of: formula.of.map((part) => encodeFormula(part, rename)) };
  }
}

/** The value that `encodeValue` wrote. */
export function decodeValue(json: Json): Value {
  if (typeof json !== 'object' || json === null) return json;
  if (isJsonList(json)) return json.map(decodeValue);
  if (!Object.hasOwn(json, '$')) return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, decodeValue(item)]));
  switch (json.$) {
    case 'map':
      // Written by encodeValue above, as a list of pairs.
      return Object.fromEntries((json.entries as readonly [string, Json][]).map(([key, item]) => [key, decodeValue(item)]));
    case 'unknown':
      return new Unknown(
        json.reason as unknown as UnknownReason, // written by encodeOpen
        decodeDomain(json.domain as JsonMap), // written by encodeDomain
        json.variable as VariableId | undefined, // written by encodeOpen
      );
    case 'reference':
      return new Reference(String(json.target), String(json.attribute));
    case 'text':
      // A text's parts decode to what they were encoded from.
      return new Text((json.parts as readonly Json[]).map((part) => decodeValue(part) as TextPart));
    case 'choice':
      // A formula is plain JSON already.
      return new Choice(json.when as unknown as Formula, decodeValue(json.yes as Json), decodeValue(json.no as Json));
    case 'dynamic-reference':
      return new DynamicReference(
        json.service as DynamicReference['service'], // written by encodeOpen
        String(json.key),
        String(json.text),
        json.parts === undefined ? undefined : (json.parts as readonly Json[]).map((part) => decodeValue(part) as TextPart), // as they were encoded
      );
    case 'absent':
      return ABSENT;
    default:
      throw new Error(`Not an encoded value: ${String(json.$)}`);
  }
}

function decodeDomain(json: JsonMap): Domain {
  const { values, excludes, ...plain } = json;
  return {
    ...(plain as Domain), // scalars, as encodeDomain left them
    ...(values === undefined ? {} : { values: (values as readonly Json[]).map(decodeValue) }),
    ...(excludes === undefined ? {} : { excludes: (excludes as readonly Json[]).map(decodeValue) }),
  };
}

/** Tells a list from a map; `Array.isArray` alone loses the element type of readonly arrays. */
function isJsonList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}
