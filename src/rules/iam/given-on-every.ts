import { statementProblems } from '../policy/grant.js';
import { judgePolicies } from '../policy/judge-policies.js';
import type { Problem } from '../policy/problem.js';
import { coversAction, type Statement } from '../policy/statement.js';
import { all, any, not, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';
import { coversEvery, isNarrowedBy, resourcePath } from './every-resource.js';
import { managedProblems } from './managed-policies.js';

/** Actions that an identity should not have on every resource of a kind. */
export interface TooWide {
  readonly service: string;
  /** What stands before the resource's name in its ARN: `key/`, `secret:`. */
  readonly kind: string;
  readonly actions: readonly string[];
  /** Condition keys, in small letters, that narrow the permission enough. */
  readonly narrowedBy?: readonly RegExp[];
  /** What else bounds a single action. */
  readonly boundedBy?: (statement: Statement, action: string) => Truth;
}

/** A problem for each statement, and each attached policy of AWS, that allows one of the actions on every resource of the kind. */
export function givenOnEvery(tooWide: TooWide): Check {
  return (resource, context) =>
    judgePolicies(
      resource,
      context,
      (closed) => {
        const problemsOf = (statement: Statement) => [problemOf(statement, tooWide)];
        return [...statementProblems(closed, problemsOf), ...managedProblems(closed, problemsOf)];
      },
      ['ManagedPolicyArns'],
    );
}

function problemOf(statement: Statement, { service, kind, actions, narrowedBy = [], boundedBy = () => false }: TooWide): Problem {
  const allowed = actions.map((action) => all([coversAction(statement, action), not(boundedBy(statement, action))]));
  const named = actions.filter((_, index) => allowed[index] !== false);
  return {
    truth: all([any(allowed), coversEvery(statement, service, kind), not(isNarrowedBy(statement, narrowedBy))]),
    path: resourcePath(statement),
    words: { actions: named.join(', ') },
  };
}
