import type { Check } from '../rule.js';
import { givenOnEvery } from './given-on-every.js';

/** The value of every secret. */
export const check: Check = givenOnEvery({
  service: 'secretsmanager',
  kind: 'secret:',
  actions: ['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue'],
  narrowedBy: [/^secretsmanager:(resourcetag\/|secretid$|name$)/, /^aws:resourcetag\//],
});
