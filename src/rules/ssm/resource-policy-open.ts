import { isOwn } from '../policy/account.js';
import { isOpenToAnyone } from '../policy/anyone.js';
import { restrictsCaller } from '../policy/caller.js';
import { type Grant, grantProblems } from '../policy/grant.js';
import { judgePolicies } from '../policy/judge-policies.js';
import type { Standpoint } from '../policy/standpoint.js';
import { coversAction } from '../policy/statement.js';
import { all, any, not, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';

const READ = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParameterHistory', 'ssm:GetParametersByPath'];

/** A parameter that everyone, or a foreign account without a condition, may read. */
export const check: Check = (resource, context) =>
  judgePolicies(resource, context, (closed, here) =>
    grantProblems(closed, here, (grant) =>
      all([any(READ.map((action) => coversAction(grant.statement, action))), any([isOpenToAnyone(grant), isForeign(grant, here)])]),
    ),
  );

function isForeign({ statement, principal }: Grant, here: Standpoint): Truth {
  if (principal.kind !== 'account' && principal.kind !== 'identity') return false;
  return all([not(isOwn(principal.account, here)), not(restrictsCaller(statement))]);
}
