import type { Value } from '../../model/index.js';
import { isPlaceholder, looksLikeSecret } from '../../secrets/index.js';
import { verdictsOf } from '../policy/problem.js';
import type { Check } from '../rule.js';
import { secretReason } from './parameter.js';

/** A parameter that takes a secret and shows it to everyone who may describe the stack. */
export const check: Check = ({ properties }, context) => {
  const reason = secretReason(properties, context);
  if (reason === undefined) return verdictsOf([], 'not-applicable');
  const takesReference = reason === 'name' && saysReference(String(properties.Name), properties.Default ?? '');
  return verdictsOf([{ truth: properties.NoEcho !== true && !takesReference, path: [], words: { reason: WORDS[reason] }, secret: true }]);
};

/** A default that reads as a name or an ARN says that the parameter takes such, and no secret; a placeholder says nothing. */
function saysReference(name: string, usual: Value): boolean {
  return typeof usual === 'string' && usual !== '' && !isPlaceholder(usual) && looksLikeSecret(name, usual) === undefined;
}

const WORDS = { name: 'by its name', use: 'by the property it is given to' } as const;
