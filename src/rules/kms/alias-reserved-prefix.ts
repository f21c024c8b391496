import { type TextPart, Unknown } from '../../model/index.js';
import { eachWorld } from '../index.js';
import { someCauseOf } from '../policy/cause.js';
import { verdictsOf } from '../policy/problem.js';
import { partsOf, written } from '../policy/text.js';
import { open, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** A name that KMS refuses: one that does not begin with `alias/`, or that begins with `alias/aws/`. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, ({ properties: { AliasName } }) => {
    const parts = partsOf(AliasName ?? null);
    if (parts === undefined) return verdictsOf([], 'not-applicable');
    return verdictsOf([{ truth: isRefused(parts), path: ['AliasName'], words: { alias: written(AliasName ?? '') } }]);
  });

function isRefused(parts: readonly TextPart[]): Truth {
  const unknown = parts.findIndex((part) => typeof part !== 'string' && !isWord(part));
  const known = (unknown < 0 ? parts : parts.slice(0, unknown)).map((part) => (typeof part === 'string' ? part : WORD)).join('');
  if (known.startsWith('alias/aws/')) return true;
  const part = parts[unknown];
  // What begins the name may still become, or already is, something else than the two.
  if (part !== undefined && 'alias/aws/'.startsWith(known)) return open(someCauseOf(part));
  return !known.startsWith('alias/');
}

/** The names of stacks and Regions and the numbers of accounts have no slash, and nobody calls a stack `aws`. */
const WORD = 'name';

function isWord(part: Exclude<TextPart, string>): boolean {
  return part instanceof Unknown && part.reason.kind === 'pseudo-parameter';
}
