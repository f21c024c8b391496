import { refusalCheck } from '../policy/refusal.js';
import { asksForTls12 } from '../policy/tls-deny.js';
import type { Check } from '../rule.js';
import { BUCKET_POLICY } from './attachment.js';

/** A bucket policy that admits TLS below 1.2. */
export const check: Check = refusalCheck({
  attachment: BUCKET_POLICY,
  action: 's3:*',
  parts: [
    { words: 'the bucket itself', suffix: '' },
    { words: 'the objects of the bucket', suffix: '/*' },
  ],
  holds: asksForTls12,
});
