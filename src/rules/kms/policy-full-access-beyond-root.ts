import { matchingOf, someTest, type Test } from '../policy/condition.js';
import { grantProblems } from '../policy/grant.js';
import { judgePolicies } from '../policy/judge-policies.js';
import { isOwnAccount } from '../policy/principal.js';
import { all, not } from '../policy/truth.js';
import type { Check } from '../rule.js';
import { coversAllOfKms } from './full-access.js';

/** All of KMS given to somebody else than the own account as a whole. */
export const check: Check = (resource, context) =>
  judgePolicies(resource, context, (closed, here) =>
    grantProblems(closed, here, ({ statement, principal }) =>
      all([coversAllOfKms(statement), not(isOwnAccount(principal, here)), not(someTest(statement, isViaService))]),
    ),
  );

/** Services use a key for data only: nothing that manages it comes through them [KMS guide: kms:ViaService]. */
function isViaService(test: Test): boolean {
  return test.key === 'kms:viaservice' && matchingOf(test) !== undefined && !test.ifExists;
}
