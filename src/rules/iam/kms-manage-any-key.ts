import { boundsGrants } from '../policy/grant-bound.js';
import type { Check } from '../rule.js';
import { givenOnEvery } from './given-on-every.js';

/** Taking over or destroying every key. */
export const check: Check = givenOnEvery({
  service: 'kms',
  kind: 'key/',
  actions: [
    'kms:PutKeyPolicy',
    'kms:ScheduleKeyDeletion',
    'kms:DisableKey',
    'kms:DisableKeyRotation',
    'kms:DeleteImportedKeyMaterial',
    'kms:UpdateAlias',
    'kms:CreateGrant',
  ],
  narrowedBy: [/^kms:(resourcealiases|requestalias)$/, /^aws:resourcetag\//],
  boundedBy: (statement, action) => action === 'kms:CreateGrant' && boundsGrants(statement),
});
