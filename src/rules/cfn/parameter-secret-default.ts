import { looksLikeSecret } from '../../secrets/index.js';
import { verdictsOf } from '../policy/problem.js';
import type { Check } from '../rule.js';
import { secretReason } from './parameter.js';

/** A secret's default value: a password that is in the template and that nobody changes. */
export const check: Check = ({ properties }) => {
  const reason = secretReason(properties);
  if (reason === undefined) return verdictsOf([], 'not-applicable');
  const usual = properties.Default;
  // The property tells what the value is where the parameter's name does not.
  const name = reason === 'use' ? 'Password' : String(properties.Name);
  const isSecret = (typeof usual === 'string' || typeof usual === 'number') && looksLikeSecret(name, String(usual)) !== undefined;
  return verdictsOf([{ truth: isSecret, path: ['Default'], secret: true }]);
};
