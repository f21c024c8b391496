import { createHash } from 'node:crypto';
import {
  EMPTY_WORLD,
  inWorld,
  isMap,
  type Open,
  OpenValue,
  type Path,
  type Resource,
  type Spot,
  type Value,
  valueAt,
} from '../../model/index.js';
import { findSecrets, looksLikeSecret } from '../../secrets/index.js';

/** What makes a finding the same finding after lines have moved, without the file it stands in. */
export interface Identity {
  readonly rule: string;
  readonly address: string;
  /** The property path with `*` for list positions, which move when a neighbour is added. */
  readonly path: string;
  /** Of the deciding statement or value; empty where absence decides or a secret does. */
  readonly digest: string;
  /** Tells equal ones of one resource apart: 1 for the first in source order. */
  readonly occurrence: number;
}

/** Hex, 32 digits. */
export function fingerprintOf(identity: Identity, file: string): string {
  const { rule, address, path, digest, occurrence } = identity;
  return shortHash(JSON.stringify(['keyward/v1', rule, file, address, path, digest, occurrence]), 32);
}

/** The path as a fingerprint has it: `KeyPolicy.Statement.*.Principal`. */
export function stablePath(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? '*' : step.replace(/[\\.*]/g, '\\$&'))).join('.');
}

/**
 * A digest of what decided: the innermost list item on the way (the statement, the rule, the container), else the value itself
 * where it is written. Secrets do not enter, not even as a part of a larger value.
 */
export function digestOf(resource: Resource, spot: Spot, exact: boolean): string {
  const top = spot.section === 'attributes' ? resource.attributes : resource.properties;
  const value = inWorld(top, spot.world ?? EMPTY_WORLD);
  const item = spot.path.findLastIndex((step) => typeof step === 'number');
  if (item < 0 && (!exact || spot.path.length === 0)) return '';
  const decided = valueAt(value, item < 0 ? spot.path : spot.path.slice(0, item + 1));
  return decided === undefined ? '' : shortHash(JSON.stringify(canonical(decided, '')), 16);
}

function shortHash(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}

/** The value with keys sorted, secrets and wordings left out: what must not change a fingerprint does not enter it. */
function canonical(value: Value, name: string): unknown {
  if (typeof value === 'string') return isSecret(name, value) ? '(secret)' : value;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof OpenValue) return canonicalOpen(value as Open);
  if (Array.isArray(value)) return value.map((item: Value) => canonical(item, name));
  if (!isMap(value)) return null;
  const named = typeof value.Name === 'string' ? value.Name : undefined;
  return Object.keys(value)
    .sort()
    .map((key) => [key, canonical(value[key] ?? null, key === 'Value' && named !== undefined ? named : key)]);
}

function canonicalOpen(open: Open): unknown {
  switch (open.kind) {
    case 'unknown':
      return ['unknown', open.variable ?? open.reason.kind];
    case 'reference':
      // The scope's own name stays out: a renamed file is still the same finding.
      return ['reference', open.target.slice(open.target.indexOf('#') + 1), open.attribute];
    case 'text':
      return ['text', ...open.parts.map((part) => canonical(part, ''))];
    case 'choice':
      return ['choice', open.when, canonical(open.then, ''), canonical(open.otherwise, '')];
    case 'dynamic-reference':
      return ['dynamic-reference', open.text];
    case 'absent':
      return ['absent'];
  }
}

function isSecret(name: string, value: string): boolean {
  return Boolean(looksLikeSecret(name, value)) || findSecrets(value).length > 0;
}
