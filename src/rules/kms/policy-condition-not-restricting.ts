import { isOpenToAnyone } from '../policy/anyone.js';
import { isConditional } from '../policy/condition.js';
import { statementProblems } from '../policy/grant.js';
import { judgePolicies } from '../policy/judge-policies.js';
import { principalsOf } from '../policy/principal.js';
import { any } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** A key open to everyone under a condition that looks like a bound and is none. */
export const check: Check = (resource, context) =>
  judgePolicies(resource, context, (closed, here) =>
    statementProblems(closed, (statement) => {
      if (!isConditional(statement)) return [];
      const opened = principalsOf(statement, here).map((principal) => isOpenToAnyone({ statement, principal }));
      return [{ truth: any(opened), path: [...statement.path, 'Condition'] }];
    }),
  );
