import { type Account, accountText, isOwn } from '../policy/account.js';
import { accountsAdmitted } from '../policy/caller.js';
import { statementProblems } from '../policy/grant.js';
import { judgePolicies } from '../policy/judge-policies.js';
import { principalsOf } from '../policy/principal.js';
import type { Problem } from '../policy/problem.js';
import type { Standpoint } from '../policy/standpoint.js';
import type { Statement } from '../policy/statement.js';
import { not, open, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** A key policy that trusts an account which is neither the own one nor on the list of trusted accounts. */
export const check: Check = (resource, context) => {
  const allowed = trusted(context.options.allowedAccounts);
  return judgePolicies(resource, context, (closed, here) => statementProblems(closed, (statement) => strangers(statement, here, allowed)));
};

function trusted(option: unknown): ReadonlySet<string> {
  return new Set(Array.isArray(option) ? option.map(String) : []);
}

function strangers(statement: Statement, here: Standpoint, allowed: ReadonlySet<string>): readonly Problem[] {
  const problem = (account: Account, path: Problem['path']): Problem => ({
    truth: isStranger(account, here, allowed),
    path,
    words: { account: accountText(account) },
  });
  return principalsOf(statement, here).flatMap((principal): readonly Problem[] => {
    switch (principal.kind) {
      case 'account':
      case 'identity':
        return [problem(principal.account, principal.path)];
      case 'everyone':
        return accountsAdmitted(statement).map(({ account, path }) => problem(account, path));
      case 'open':
        return [{ truth: open(principal.because), path: principal.path, words: { account: principal.text } }];
      default:
        return [];
    }
  });
}

function isStranger(account: Account, here: Standpoint, allowed: ReadonlySet<string>): Truth {
  if (account.kind === 'id' && allowed.has(account.id)) return false; // equivalent: the first half only narrows the type
  return not(isOwn(account, here));
}
