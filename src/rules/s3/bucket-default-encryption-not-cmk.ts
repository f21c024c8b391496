import { NOT_APPLICABLE, PASS, type Verdict } from '../../model/index.js';
import { eachWorld, keyManager, type ResourceInWorld } from '../index.js';
import { someCauseOf } from '../policy/cause.js';
import type { Check, RuleContext } from '../rule.js';
import { DEFAULT, defaultEncryption, isKms, openOnTheWay } from './default-encryption.js';
import { takesAccessLogs, takesServiceLogs } from './log-target.js';

/** The key of new objects. Buckets that take access logs or logs of balancers and CloudFront need SSE-S3 and are left alone. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    if (takesAccessLogs(closed, context) || takesServiceLogs(closed, context)) return [NOT_APPLICABLE];
    return [judge(closed, context)];
  });

function judge(bucket: ResourceInWorld, context: RuleContext): Verdict {
  const encryption = defaultEncryption(bucket);
  if (encryption === undefined) {
    const open = openOnTheWay(bucket);
    if (open !== undefined) return { kind: 'undecided', spot: { path: open.path }, because: someCauseOf(open.value) };
    return { kind: 'fail', spot: { path: ['BucketEncryption'] } };
  }
  const algorithm = [...DEFAULT, 'SSEAlgorithm'];
  const kms = isKms(encryption.SSEAlgorithm);
  if (kms === undefined) return { kind: 'undecided', spot: { path: algorithm }, because: someCauseOf(encryption.SSEAlgorithm ?? null) };
  if (!kms) return { kind: 'fail', spot: { path: algorithm } };
  const spot = { path: [...DEFAULT, 'KMSMasterKeyID'] };
  const key = encryption.KMSMasterKeyID;
  if (key === undefined) return { kind: 'fail', spot };
  const managed = keyManager(key, context);
  if ('because' in managed) return { kind: 'undecided', spot, because: managed.because };
  return managed.manager === 'customer' ? PASS : { kind: 'fail', spot };
}
