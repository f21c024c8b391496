import { isOpen, type Value } from '../../model/index.js';
import { eachWorld } from '../each-world.js';
import { someCauseOf } from '../policy/cause.js';
import { verdictsOf } from '../policy/problem.js';
import { partsOf } from '../policy/text.js';
import { open, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** A value that its tier refuses for its length. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, ({ properties }) => {
    const { Value: value = '', Tier: tier = 'Standard' } = properties;
    return verdictsOf([{ truth: exceeds(leastLength(value), tier), path: ['Value'] }]);
  });

/** In characters [Systems Manager guide: Managing parameter tiers]. */
const STANDARD = 4096;
const ADVANCED = 8192;

function exceeds(length: number, tier: Value): Truth {
  if (isOpen(tier)) return length > STANDARD && (length > ADVANCED || open(someCauseOf(tier)));
  return length > (tier === 'Standard' ? STANDARD : ADVANCED);
}

/** What is put in at deployment is a name, an address or a parameter, none of which comes near the limit. */
function leastLength(value: Value): number {
  const parts = partsOf(value) ?? [String(value)];
  return parts.reduce((length, part) => length + (typeof part === 'string' ? part.length : 0), 0);
}
