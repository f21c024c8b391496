import { restrictsCaller } from './caller.js';
import type { Grant } from './grant.js';
import { all, not, open, type Truth } from './truth.js';

/** Whether a grant is made to every account on AWS: to everyone, and no condition that fixes the caller. */
export function isOpenToAnyone({ statement, principal }: Grant): Truth {
  if (principal.kind === 'open') return all([open(principal.because), not(restrictsCaller(statement))]);
  return principal.kind === 'everyone' ? not(restrictsCaller(statement)) : false;
}
