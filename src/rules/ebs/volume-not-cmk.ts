import { type Cause, NOT_APPLICABLE, PASS } from '../../model/index.js';
import { eachWorld, keyManager } from '../index.js';
import type { Check } from '../rule.js';

const REGION_KEY: Cause = {
  words: 'the default EBS key of the Region, which may be a customer key',
  settle: 'name the key in KmsKeyId, or scan the account',
  kind: 'inherited',
};

/** The key of an encrypted volume. Without one the Region's default key counts, which no template shows. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    const { Encrypted, KmsKeyId, SnapshotId } = closed.properties;
    if (Encrypted !== true) return [NOT_APPLICABLE];
    const spot = { path: ['KmsKeyId'] };
    const named = KmsKeyId ?? '';
    if (named === '') {
      const key = SnapshotId === undefined ? REGION_KEY : { ...REGION_KEY, words: 'the key of the snapshot, which the volume keeps' };
      return [{ kind: 'undecided', spot, because: [key] }];
    }
    const managed = keyManager(named, context);
    if ('because' in managed) return [{ kind: 'undecided', spot, because: managed.because }];
    return [managed.manager === 'customer' ? PASS : { kind: 'fail', spot }];
  });
