import { open, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';
import { records } from './selector.js';
import { leavesOut } from './selector-problem.js';

/** A trail without read events: Decrypt, GetParameter and GetSecretValue are such. */
export const check: Check = leavesOut({ source: 'ssm.amazonaws.com', access: 'read' }, recordsChanges);

/** A trail without any management event is for data events; whether another trail of the account has the rest is not in the template. */
function recordsChanges(trail: Parameters<typeof records>[0]): Truth {
  const truth = records(trail, { source: 'ssm.amazonaws.com', access: 'write' });
  return truth === false ? open([{ words: 'the other trails of the account, which may record management events', kind: 'gap' }]) : truth;
}
