import { looksLikeSecret } from '../../secrets/index.js';
import { verdictsOf } from '../policy/problem.js';
import { partsOf } from '../policy/text.js';
import type { Check } from '../rule.js';
import { parameterName } from './parameter-name.js';

/** A secret that the template itself writes into a parameter. */
export const check: Check = (resource) => {
  const value = resource.properties.Value ?? '';
  const parts = typeof value === 'number' ? [String(value)] : partsOf(value);
  // What is put in at deployment reads as a placeholder, so that only what is written out counts.
  const text = (parts ?? []).map((part) => (typeof part === 'string' ? part : `\${open}`)).join('');
  const hit = looksLikeSecret(parameterName(resource), text);
  return verdictsOf([{ truth: hit !== undefined, path: ['Value'], words: { what: hit?.words ?? '' }, secret: true }]);
};
