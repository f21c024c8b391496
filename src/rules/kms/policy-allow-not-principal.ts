import { statementProblems } from '../policy/grant.js';
import { judgePolicies } from '../policy/judge-policies.js';
import type { Check } from '../rule.js';

/** Allow with NotPrincipal: everyone but those listed, and people of other accounts are never listed. */
export const check: Check = (resource, context) =>
  judgePolicies(resource, context, (closed) =>
    statementProblems(closed, (statement) => [
      { truth: statement.body.NotPrincipal !== undefined, path: [...statement.path, 'NotPrincipal'] },
    ]),
  );
