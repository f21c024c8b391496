import { isMap, isOpen, type Path, type Value, type ValueMap, valueAt } from '../../model/index.js';
import type { ResourceInWorld } from '../index.js';

export const RULES: Path = ['BucketEncryption', 'ServerSideEncryptionConfiguration'];
export const DEFAULT: Path = [...RULES, 0, 'ServerSideEncryptionByDefault'];

/** What a bucket encrypts new objects with; S3 takes one rule only. */
export function defaultEncryption(bucket: Pick<ResourceInWorld, 'properties'>): ValueMap | undefined {
  const value = valueAt(bucket.properties, DEFAULT);
  return isMap(value) ? value : undefined;
}

/** Whether an algorithm is SSE-KMS, in either form; undefined where it is open. */
export function isKms(algorithm: Value | undefined): boolean | undefined {
  if (algorithm === undefined) return false;
  return typeof algorithm === 'string' ? algorithm.startsWith('aws:kms') : undefined;
}

/** The first value on the way to the default encryption that is not known yet, with its place. */
export function openOnTheWay(bucket: Pick<ResourceInWorld, 'properties'>): { readonly path: Path; readonly value: Value } | undefined {
  for (let length = 1; length <= DEFAULT.length; length++) {
    const path = DEFAULT.slice(0, length);
    const value = valueAt(bucket.properties, path);
    if (value !== undefined && isOpen(value)) return { path, value };
  }
  return undefined;
}
