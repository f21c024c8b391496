import { refusalCheck } from '../policy/refusal.js';
import { asksForTls } from '../policy/tls-deny.js';
import type { Check } from '../rule.js';
import { BUCKET_POLICY } from './attachment.js';

/** A bucket whose policy does not refuse plain HTTP for everything in it, or that has none. */
export const check: Check = refusalCheck({
  attachment: BUCKET_POLICY,
  action: 's3:*',
  parts: [
    { words: 'the bucket itself', suffix: '' },
    { words: 'the objects of the bucket', suffix: '/*' },
  ],
  holds: asksForTls,
});
