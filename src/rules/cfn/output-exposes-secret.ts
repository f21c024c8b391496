import { exposureOf } from '../credential/exposure.js';
import { verdictsOf } from '../policy/problem.js';
import type { Check } from '../rule.js';

/** An output that shows a secret to everyone who may describe the stack. */
export const check: Check = ({ properties }, context) => {
  const { truth, what } = exposureOf(String(properties.Name), properties.Value ?? null, context);
  return verdictsOf([{ truth, path: ['Value'], words: { what }, secret: true }]);
};
