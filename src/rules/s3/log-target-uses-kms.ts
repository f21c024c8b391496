import { NOT_APPLICABLE, PASS } from '../../model/index.js';
import { eachWorld } from '../index.js';
import { someCauseOf } from '../policy/cause.js';
import type { Check } from '../rule.js';
import { DEFAULT, defaultEncryption, isKms } from './default-encryption.js';
import { takesAccessLogs } from './log-target.js';

/** A bucket that takes server access logs: S3 delivers them only where SSE-S3 is the default. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    if (!takesAccessLogs(closed, context)) return [NOT_APPLICABLE];
    const algorithm = defaultEncryption(closed)?.SSEAlgorithm;
    const spot = { path: [...DEFAULT, 'SSEAlgorithm'] };
    const kms = isKms(algorithm);
    if (kms === undefined) return [{ kind: 'undecided', spot, because: someCauseOf(algorithm ?? null) }];
    return [kms ? { kind: 'fail', spot } : PASS];
  });
