import {
  type Choice,
  collectFormula,
  collectOpen,
  isList,
  isMap,
  type Open,
  type Openness,
  OpenValue,
  type Value,
} from '../model/index.js';
import { presence } from './kleene.js';
import type { Schema, SchemaObject } from './schema.js';

/** Adds to `found` the variables and tests of those open parts of a value that the schema looks at. */
export function collectLookedAt(schema: Schema, value: Value, found: Openness): void {
  if (typeof schema === 'boolean' || typeof value !== 'object' || value === null) return;
  if (value instanceof OpenValue) {
    collectOpenLookedAt(schema, value as Open, found);
    return;
  }
  if (schema.const !== undefined || schema.enum !== undefined) collectOpen(value, found);
  for (const part of [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) collectLookedAt(part, value, found);
  for (const part of [schema.not, schema.if, schema.then, schema.else]) if (part !== undefined) collectLookedAt(part, value, found);
  if (isList(value)) collectFromList(schema, value, found);
  else if (isMap(value)) {
    for (const name of schema.required ?? []) if (Object.hasOwn(value, name)) collectPresence(value[name], found);
    for (const name of schema.stated ?? []) if (Object.hasOwn(value, name)) collectBranches(value[name], found);
    for (const [name, item] of Object.entries(value)) {
      const part = Object.hasOwn(schema.properties ?? {}, name) ? schema.properties?.[name] : schema.additionalProperties;
      if (part !== undefined) collectLookedAt(part, item, found);
      if (schema.propertyNames !== undefined) collectPresence(item, found);
    }
  }
}

function collectFromList(schema: SchemaObject, list: readonly Value[], found: Openness): void {
  const counts = schema.contains !== undefined || schema.minItems !== undefined || schema.maxItems !== undefined;
  for (const item of list) {
    if (counts) collectPresence(item, found);
    if (schema.items !== undefined) collectLookedAt(schema.items, item, found);
    if (schema.contains !== undefined) collectLookedAt(schema.contains, item, found);
  }
}

function collectOpenLookedAt(schema: SchemaObject, open: Open, found: Openness): void {
  if (open.kind === 'choice') {
    collectFormula(open.when, found);
    collectLookedAt(schema, open.then, found);
    collectLookedAt(schema, open.otherwise, found);
    return;
  }
  // A credential is judged by the parameter that feeds it, so the parameter has to stay visible.
  if (Object.keys(schema).some((keyword) => keyword !== 'notLiteralSecret')) collectOpen(open, found);
}

/** What decides whether something stands there at all. */
function collectPresence(value: Value | undefined, found: Openness): void {
  if (!(value instanceof OpenValue) || presence(value) !== undefined) return;
  const open = value as Open;
  if (open.kind === 'unknown') collectOpen(open, found);
  else if (open.kind === 'choice') {
    collectFormula((open as Choice).when, found);
    collectPresence(open.then, found);
    collectPresence(open.otherwise, found);
  }
}

/** Which branch is taken decides whether the source says the value or a default does. */
function collectBranches(value: Value | undefined, found: Openness): void {
  collectPresence(value, found);
  if (!(value instanceof OpenValue) || (value as Open).kind !== 'choice') return;
  const choice = value as Choice; // its kind says so
  collectFormula(choice.when, found);
  collectBranches(choice.then, found);
  collectBranches(choice.otherwise, found);
}
