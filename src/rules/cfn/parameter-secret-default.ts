import { looksLikeSecret } from '../../secrets/index.js';
import { verdictsOf } from '../policy/problem.js';
import type { Check } from '../rule.js';
import { secretReason } from './parameter.js';

/** A secret's default value: a password that is in the template and that nobody changes. */
export const check: Check = ({ properties }, context) => {
  // The property that it feeds tells what the value is where the parameter's name does not.
  const name = secretReason(properties, context) === 'use' ? 'Password' : String(properties.Name);
  const isSecret = looksLikeSecret(name, String(properties.Default ?? '')) !== undefined;
  return verdictsOf([{ truth: isSecret, path: ['Default'], secret: true }]);
};
