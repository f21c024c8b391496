import type { Check } from '../rule.js';
import { givenOnEvery } from './given-on-every.js';

/** Decryption with every key; ReEncryptFrom decrypts as well. */
export const check: Check = givenOnEvery({
  service: 'kms',
  kind: 'key/',
  actions: ['kms:Decrypt', 'kms:ReEncryptFrom'],
  narrowedBy: [/^kms:viaservice$/, /^kms:(resourcealiases|requestalias)$/, /^aws:resourcetag\//, /^kms:encryptioncontext/],
});
