import type { Check } from '../rule.js';
import { leavesOut } from './selector-problem.js';

/** A trail without read events: Decrypt, GetParameter and GetSecretValue are such. */
export const check: Check = leavesOut({ source: 'ssm.amazonaws.com', access: 'read' });
