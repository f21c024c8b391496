import type { Resource, Verdict } from '../model/index.js';
import type { Rule } from './rule.js';

/** The rule's sentence about one verdict: placeholders filled from the resource and from the verdict's words. */
export function messageOf(
  rule: Rule,
  resource: Pick<Resource, 'name' | 'type' | 'address'>,
  verdict: Extract<Verdict, { kind: 'fail' | 'undecided' }>,
): string {
  const words: Readonly<Record<string, string>> = { name: resource.name, type: resource.type, address: resource.address, ...verdict.words };
  return rule.message.replace(/\{(\w+)\}/g, (placeholder, word: string) =>
    Object.hasOwn(words, word) ? (words[word] ?? placeholder) : placeholder,
  );
}
