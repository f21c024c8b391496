import { isOpenToAnyone } from '../policy/anyone.js';
import { grantProblems } from '../policy/grant.js';
import { judgePolicies } from '../policy/judge-policies.js';
import type { Check } from '../rule.js';

/** A key policy that anyone on AWS may use, with no condition or with one that bounds nobody. */
export const check: Check = (resource, context) =>
  judgePolicies(resource, context, (closed, here) => grantProblems(closed, here, isOpenToAnyone));
