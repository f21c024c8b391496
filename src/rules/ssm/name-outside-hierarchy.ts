import type { Value } from '../../model/index.js';
import { eachWorld } from '../each-world.js';
import { someCauseOf } from '../policy/cause.js';
import { verdictsOf } from '../policy/problem.js';
import { partsOf } from '../policy/text.js';
import { open, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';
import { isSecretByName } from './parameter-name.js';

/** A secret parameter whose name has no path that IAM policies could be written for. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    if (closed.properties.Type !== 'SecureString' && !isSecretByName(closed)) return verdictsOf([], 'not-applicable');
    const name = closed.properties.Name;
    return verdictsOf([{ truth: name === undefined ? true : isOutside(name), path: name === undefined ? [] : ['Name'] }]);
  });

/** `/orders/production/db-password`: at least one path step before the last, at most fifteen in all, and not below a reserved one. */
function isOutside(name: Value): Truth {
  const parts = partsOf(name) ?? [];
  const text = parts.map((part) => (typeof part === 'string' ? part : '\0')).join('');
  if (text.startsWith('\0')) return open(someCauseOf(name));
  const steps = text.split('/').slice(1);
  return !text.startsWith('/') || steps.length < 2 || steps.length > 15 || /^(aws|ssm)/i.test(steps[0] ?? '');
}
