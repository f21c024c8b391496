import { statementProblems } from '../policy/grant.js';
import { judgePolicies } from '../policy/judge-policies.js';
import { isOwnAccount, principalsOf } from '../policy/principal.js';
import { any, not } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** Allow with NotAction, to somebody else than the own account: all actions but those listed, also those still to come. */
export const check: Check = (resource, context) =>
  judgePolicies(resource, context, (closed, here) =>
    statementProblems(closed, (statement) => {
      if (statement.body.NotAction === undefined) return [];
      const others = principalsOf(statement, here).map((principal) => not(isOwnAccount(principal, here)));
      return [{ truth: any(others), path: [...statement.path, 'NotAction'] }];
    }),
  );
