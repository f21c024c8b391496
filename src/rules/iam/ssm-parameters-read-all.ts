import type { Check } from '../rule.js';
import { givenOnEvery } from './given-on-every.js';

/** The value of every parameter, SecureStrings under the AWS managed key included. */
export const check: Check = givenOnEvery({
  service: 'ssm',
  kind: 'parameter/',
  actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath', 'ssm:GetParameterHistory'],
  narrowedBy: [/^(aws|ssm):resourcetag\//],
});
