import { isOwn } from '../policy/account.js';
import { documentsOf } from '../policy/document.js';
import { judgePolicies } from '../policy/judge-policies.js';
import { type Principal, principalsOf } from '../policy/principal.js';
import type { Standpoint } from '../policy/standpoint.js';
import { coversAction, hasEffect, namesResource, type PolicyDocument, type Statement } from '../policy/statement.js';
import { all, any, not, open, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** A key policy under which nobody may call PutKeyPolicy, so that it can never be mended. */
export const check: Check = (resource, context) =>
  judgePolicies(resource, context, (closed, here) =>
    documentsOf(closed).map((document) => ({ truth: not(canBeChanged(document, here)), path: document.path })),
  );

const CHANGE = 'kms:PutKeyPolicy';

function canBeChanged(document: PolicyDocument, here: Standpoint): Truth {
  const statements = document.statements.filter(namesResource);
  const allowed = any([
    ...statements.map((statement) => concerns(statement, 'Allow', isOfOwnAccount, here)),
    document.unread.length > 0 ? open(document.unread) : false,
  ]);
  // A Deny on the account hits everyone in it [IAM guide: Principal]; one with a condition leaves a way.
  const denied = statements
    .filter(({ body }) => body.Condition === undefined)
    .map((statement) => concerns(statement, 'Deny', isWholeAccount, here));
  return all([allowed, not(any(denied))]);
}

function concerns(statement: Statement, effect: 'Allow' | 'Deny', whom: typeof isWholeAccount, here: Standpoint): Truth {
  const named = any(principalsOf(statement, here).map((principal) => whom(principal, here)));
  return all([hasEffect(statement, effect), coversAction(statement, CHANGE), named]);
}

/** Outsiders can't change a key policy, whatever it says [KMS guide: Allowing users in other accounts to use a KMS key]. */
function isOfOwnAccount(principal: Principal, here: Standpoint): Truth {
  switch (principal.kind) {
    case 'everyone':
      return true;
    case 'account':
    case 'identity':
      return isOwn(principal.account, here);
    case 'open':
      return open(principal.because);
    default:
      return false;
  }
}

function isWholeAccount(principal: Principal, here: Standpoint): Truth {
  return principal.kind === 'everyone' || (principal.kind === 'account' ? isOwn(principal.account, here) : false);
}
