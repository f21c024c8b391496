import type { Resource } from '../../model/index.js';
import { documentsOf } from './document.js';
import { type Principal, principalsOf } from './principal.js';
import type { Problem } from './problem.js';
import type { Standpoint } from './standpoint.js';
import { hasEffect, namesResource, type Statement } from './statement.js';
import { all, open, type Truth } from './truth.js';

/** A statement of a resource policy that allows something, with one of those it names. */
export interface Grant {
  readonly statement: Statement;
  readonly principal: Principal;
}

/**
 * A problem wherever `isWrong` holds for a principal of a statement that allows something; one more, open, where a part of
 * the policy can't be read.
 */
export function grantProblems(
  resource: Pick<Resource, 'type' | 'properties'>,
  here: Standpoint,
  isWrong: (grant: Grant) => Truth,
): readonly Problem[] {
  return statementProblems(resource, (statement) =>
    principalsOf(statement, here).map((principal) => ({
      truth: isWrong({ statement, principal }),
      path: principal.path,
      words: { principal: principal.text },
    })),
  );
}

/** A problem wherever `problemsOf` finds one in a statement that allows something. */
export function statementProblems(
  resource: Pick<Resource, 'type' | 'properties'>,
  problemsOf: (statement: Statement) => readonly Problem[],
): readonly Problem[] {
  return documentsOf(resource).flatMap((document): readonly Problem[] => {
    const found = document.statements
      .filter(namesResource)
      .flatMap((statement) =>
        problemsOf(statement).map((problem) => ({ ...problem, truth: all([hasEffect(statement, 'Allow'), problem.truth]) })),
      );
    return document.unread.length === 0 ? found : [...found, { truth: open(document.unread), path: document.path, words: UNREAD }];
  });
}

const UNREAD = { principal: 'somebody', action: 'some action', actions: 'some actions', account: 'some account', service: 'some service' };
