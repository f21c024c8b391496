import { isOpen } from '../../model/index.js';
import { eachWorld } from '../each-world.js';
import { someCauseOf } from '../policy/cause.js';
import { verdictsOf } from '../policy/problem.js';
import { open } from '../policy/truth.js';
import type { Check } from '../rule.js';
import { policyFault } from './parameter-policy.js';

/** Parameter policies that Parameter Store refuses or that have run out. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    const policies = closed.properties.Policies;
    if (policies === undefined) return verdictsOf([], 'not-applicable');
    if (isOpen(policies))
      return verdictsOf([{ truth: open(someCauseOf(policies)), path: ['Policies'], words: { fault: 'they are not known' } }]);
    const fault = policyFault(String(policies), context.asOf);
    return verdictsOf([{ truth: fault !== undefined, path: ['Policies'], words: { fault: fault ?? '' } }]);
  });
