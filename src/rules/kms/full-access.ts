import type { Value } from '../../model/index.js';
import { someCauseOf } from '../policy/cause.js';
import { entriesOf, type Statement } from '../policy/statement.js';
import { patternCovers } from '../policy/text.js';
import { any, open, type Truth } from '../policy/truth.js';

/** Whether one entry of `Action` alone covers all that can be done with a key: `kms:*` or `*`. */
export function coversAllOfKms(statement: Statement): Truth {
  return any(entriesOf(statement, 'Action').map(({ value }) => isEverything(value)));
}

function isEverything(pattern: Value): Truth {
  if (typeof pattern === 'string') return /^(kms:)?\*+$/i.test(pattern);
  return patternCovers(pattern, 'kms:*', 'any-case') === false ? false : open(someCauseOf(pattern));
}
