import { type ParseError, parseTree, printParseErrorCode, type Node as TreeNode } from 'jsonc-parser';
import type { Value } from '../../model/index.js';

export type ReadDocument =
  | { readonly kind: 'document'; readonly value: Value }
  | { readonly kind: 'syntax' | 'duplicate'; readonly message: string };

const DEEPEST = 64;

/**
 * A policy written as JSON text, URL-encoded or not (the IAM API answers with RFC 3986 encoded documents). IAM refuses a
 * document with two members of one name, which JSON.parse would take.
 */
export function jsonDocument(text: string): ReadDocument {
  const plain = /^\s*%7B/i.test(text) ? decoded(text) : text;
  const errors: ParseError[] = [];
  const depth = deepest(plain);
  if (depth > DEEPEST) return { kind: 'syntax', message: `the policy nests ${depth} levels deep` };
  const tree = parseTree(plain, errors, { disallowComments: true });
  const error = errors[0];
  if (error !== undefined || tree === undefined) {
    const what = error === undefined ? 'no value' : printParseErrorCode(error.error);
    return { kind: 'syntax', message: `the policy is no JSON: ${what} at character ${(error?.offset ?? 0) + 1}` };
  }
  const twice = duplicate(tree);
  if (twice !== undefined) return { kind: 'duplicate', message: `the policy has two members "${twice}" in one object` };
  // JSON text gives JSON values, and those are Values.
  return { kind: 'document', value: JSON.parse(plain) as Value };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  for (const char of text) {
    if (char === '{' || char === '[') most = Math.max(most, ++depth);
    else if (char === '}' || char === ']') depth -= 1;
  }
  return most;
}

function duplicate(node: TreeNode): string | undefined {
  if (node.type === 'object') {
    const seen = new Set<string>();
    for (const property of node.children ?? []) {
      const name = String(property.children?.[0]?.value);
      if (seen.has(name)) return name;
      seen.add(name);
    }
  }
  for (const child of node.children ?? []) {
    const found = duplicate(child);
    if (found !== undefined) return found;
  }
  return undefined;
}
