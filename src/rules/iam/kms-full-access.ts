import type { Value } from '../../model/index.js';
import { someCauseOf } from '../policy/cause.js';
import { statementProblems } from '../policy/grant.js';
import { judgePolicies } from '../policy/judge-policies.js';
import { entriesOf } from '../policy/statement.js';
import { patternCovers } from '../policy/text.js';
import { all, open, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';
import { coversEvery } from './every-resource.js';

/** `kms:*` on every key. */
export const check: Check = (resource, context) =>
  judgePolicies(resource, context, (closed) =>
    statementProblems(closed, (statement) =>
      entriesOf(statement, 'Action').map(({ value, path }) => ({
        truth: all([isAllOfKms(value), coversEvery(statement, 'kms', 'key/')]),
        path,
      })),
    ),
  );

function isAllOfKms(pattern: Value): Truth {
  if (typeof pattern === 'string') return /^kms:\*+$/i.test(pattern);
  return patternCovers(pattern, 'kms:*', 'any-case') === false ? false : open(someCauseOf(pattern));
}
