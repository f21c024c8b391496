import { isOpen } from '../../model/index.js';
import { eachWorld, type ResourceInWorld } from '../each-world.js';
import { someCauseOf } from '../policy/cause.js';
import { verdictsOf } from '../policy/problem.js';
import { open, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';
import { isSecretByName } from './parameter-name.js';
import { readPolicies } from './parameter-policy.js';

/** A secret in the tier that could expire it or tell of its age, and is not asked to. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    const tier = closed.properties.Tier;
    if (tier === undefined || tier === 'Standard' || !(closed.properties.Type === 'SecureString' || isSecretByName(closed))) {
      return verdictsOf([], 'not-applicable');
    }
    const isAdvanced: Truth = isOpen(tier) ? open(someCauseOf(tier)) : true;
    return verdictsOf([{ truth: lacksPolicies(closed) === true ? isAdvanced : lacksPolicies(closed), path: [] }]);
  });

function lacksPolicies({ properties }: ResourceInWorld): Truth {
  const policies = properties.Policies;
  if (policies === undefined) return true;
  if (typeof policies !== 'string') return open(someCauseOf(policies));
  const read = readPolicies(policies);
  return !read?.some(({ Type }) => Type === 'Expiration' || Type === 'ExpirationNotification' || Type === 'NoChangeNotification');
}
