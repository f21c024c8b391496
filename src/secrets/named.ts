import { looksRandom } from './entropy.js';
import { findSecrets } from './find.js';
import { isHarmless } from './harmless.js';
import type { SecretHit } from './hit.js';
import { hitOfName, RANDOM_VALUE } from './hit-of-name.js';
import { meaningOfName } from './name.js';

/**
 * Whether a value that stands under a name (environment variable, parameter, property) is a secret. The value's own form decides
 * first, then the name, then randomness where the name hints. Undefined for references to where a secret is kept, for switches and
 * placeholders. Call it with literals only; the name may be a path such as `/prod/db/password`.
 */
export function looksLikeSecret(name: string, value: string): SecretHit | undefined {
  const found = findSecrets(value);
  const byFormat = found.find((hit) => hit.confidence === 'format');
  if (byFormat !== undefined) return byFormat;
  // In JSON the password beside the user name is the secret, not the whole.
  const inner = /^\s*[{[]/.test(value) ? found.find((hit) => hit.confidence === 'name') : undefined;
  if (inner !== undefined) return inner;
  const meaning = meaningOfName(name);
  const whole = { start: 0, end: value.length };
  if (meaning.kind === 'credential' && !isHarmless(value, meaning.noun)) return hitOfName(name, meaning.noun, value, whole);
  if (found[0] !== undefined) return found[0];
  if (meaning.kind === 'hint' && !isHarmless(value, 'hint') && looksRandom(value)) return { ...whole, ...RANDOM_VALUE };
  return undefined;
}
