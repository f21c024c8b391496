import { isOpenToAnyone } from '../policy/anyone.js';
import { grantProblems } from '../policy/grant.js';
import { judgePolicies } from '../policy/judge-policies.js';
import type { Check } from '../rule.js';

/** A secret that every account on AWS may read or change. */
export const check: Check = (resource, context) =>
  judgePolicies(resource, context, (closed, here) => grantProblems(closed, here, isOpenToAnyone));
