import { statementProblems } from '../policy/grant.js';
import { boundsGrants } from '../policy/grant-bound.js';
import { judgePolicies } from '../policy/judge-policies.js';
import { isOwnAccount, principalsOf } from '../policy/principal.js';
import type { Standpoint } from '../policy/standpoint.js';
import { coversAction, type Statement } from '../policy/statement.js';
import { all, any, not, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** CreateGrant without a bound: whoever has it can give himself, or anyone, every use of the key. */
export const check: Check = (resource, context) =>
  judgePolicies(resource, context, (closed, here) =>
    statementProblems(closed, (statement) => [
      {
        truth: all([coversAction(statement, 'kms:CreateGrant'), isForSomebody(statement, here), not(boundsGrants(statement))]),
        path: [...statement.path, statement.body.Action === undefined ? 'NotAction' : 'Action'],
      },
    ]),
  );

/** An identity policy speaks for its holder; a key policy that names the own account leaves it to such policies. */
function isForSomebody(statement: Statement, here: Standpoint): Truth {
  if (statement.body.Principal === undefined) return true;
  return any(principalsOf(statement, here).map((principal) => (principal.kind === 'service' ? false : not(isOwnAccount(principal, here)))));
}
