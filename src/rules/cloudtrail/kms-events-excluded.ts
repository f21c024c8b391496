import type { Check } from '../rule.js';
import { records } from './selector.js';
import { leavesOut } from './selector-problem.js';

/** A trail that records management events of other services, but not those of KMS. */
export const check: Check = leavesOut({ source: 'kms.amazonaws.com', access: 'write' }, (trail) =>
  records(trail, { source: 'iam.amazonaws.com', access: 'write' }),
);
