import { createHash } from 'node:crypto';
import type { SourceNode } from '../../source/index.js';
import { intrinsicCall } from './intrinsic.js';

/** SAM's suffix for an id that depends on a value: ten hex digits of its SHA-1, nothing for an empty text. */
export function hashSuffix(value: SourceNode | string): string {
  const text =
    typeof value === 'string'
      ? value
      : value.kind === 'scalar' && value.tag === undefined
        ? value.source
        : JSON.stringify(canonical(value));
  return text === '' ? '' : createHash('sha1').update(text).digest('hex').slice(0, 10);
}

/** `prefix` and the part that tells apart: as it is where it has letters and digits only, hashed otherwise. */
export function idWith(prefix: string, part: string): string {
  return prefix + (/^[\p{L}\p{N}]+$/u.test(part) ? part : hashSuffix(part));
}

/** Keys sorted, short forms written long: what SAM hashes. */
function canonical(node: SourceNode): unknown {
  const call = intrinsicCall(node);
  if (call !== undefined && node.tag !== undefined) {
    const dotted = call.name === 'Fn::GetAtt' && call.argument.kind === 'scalar';
    return { [call.name]: dotted && call.argument.kind === 'scalar' ? splitOnce(call.argument.source) : canonical(call.argument) };
  }
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(canonical);
  const sorted = [...node.entries].sort((a, b) => (a.key < b.key ? -1 : 1));
  return Object.fromEntries(sorted.map((entry) => [entry.key, canonical(entry.value)]));
}

function splitOnce(dotted: string): readonly string[] {
  const dot = dotted.indexOf('.');
  return dot === -1 ? [dotted] : [dotted.slice(0, dot), dotted.slice(dot + 1)];
}
