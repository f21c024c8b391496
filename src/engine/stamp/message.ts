import type { Resource } from '../../model/index.js';
import { findSecrets, mask } from '../../secrets/index.js';
import { escapeText } from './escape-text.js';

/** The rule's message with its `{placeholders}` filled: `name`, `address`, `type` of the resource, then the verdict's own words. */
export function messageOf(template: string, resource: Resource, words: Readonly<Record<string, string>> = {}): string {
  const known: Readonly<Record<string, string>> = { name: resource.name, address: resource.address, type: resource.type, ...words };
  return template.replace(/\{(\w+)\}/g, (placeholder, word: string) => {
    const filled = known[word];
    return filled === undefined ? placeholder : printable(filled);
  });
}

/** Words from a scanned file as they may be printed: no secret, no control characters. */
export function printable(text: string): string {
  return escapeText(masked(text));
}

/** The text without the secrets that its own words give away. */
export function masked(text: string): string {
  return mask(text, findSecrets(text));
}
