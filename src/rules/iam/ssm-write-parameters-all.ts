import type { Check } from '../rule.js';
import { givenOnEvery } from './given-on-every.js';

/** Changing or removing every parameter. */
export const check: Check = givenOnEvery({
  service: 'ssm',
  kind: 'parameter/',
  actions: ['ssm:PutParameter', 'ssm:DeleteParameter', 'ssm:DeleteParameters', 'ssm:LabelParameterVersion'],
  narrowedBy: [/^(aws|ssm):resourcetag\//],
});
