import { grantProblems } from '../policy/grant.js';
import { judgePolicies } from '../policy/judge-policies.js';
import type { Check } from '../rule.js';

/** A unique id where a user or role was: what AWS shows once that one is deleted. */
export const check: Check = (resource, context) =>
  judgePolicies(resource, context, (closed, here) => grantProblems(closed, here, ({ principal }) => principal.kind === 'unique-id'));
