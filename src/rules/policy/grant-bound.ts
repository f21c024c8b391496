import { someCauseOf } from './cause.js';
import { matchingOf, someTest, type Test } from './condition.js';
import type { Statement } from './statement.js';
import { open, type Truth } from './truth.js';

/** Whether the condition bounds to whom, or for what, a grant can be made [KMS guide: Using policy conditions with grants]. */
export function boundsGrants(statement: Statement): Truth {
  return someTest(statement, boundsGrant);
}

/** Keys that every CreateGrant request carries, so that `IfExists` and `ForAllValues` take nothing from them. */
const OF_EVERY_GRANT = new Set(['kms:granteeprincipal', 'kms:grantoperations']);
/** Keys that only some carry. */
const OF_SOME = new Set(['kms:grantconstrainttype', 'kms:viaservice']);

function boundsGrant(test: Test): Truth {
  if (matchingOf(test) === undefined) return false;
  if (test.key === 'kms:grantisforawsresource') {
    const value = test.values[0]?.value;
    if (test.ifExists || value === undefined) return false;
    return typeof value === 'object' && value !== null ? open(someCauseOf(value)) : String(value) === 'true';
  }
  if (!OF_EVERY_GRANT.has(test.key) && !(OF_SOME.has(test.key) && !test.ifExists)) return false;
  return !test.values.some(({ value }) => value === '*');
}
