import { PASS } from '../../model/index.js';
import { encryptsByDefault } from '../ebs/region-default.js';
import { eachWorld } from '../index.js';
import { verdictsOf } from '../policy/problem.js';
import type { Check } from '../rule.js';
import { unencryptedDevices } from './block-devices.js';

/** Volumes that a launch configuration launches instances with. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    if (encryptsByDefault(context)) return [PASS]; // equivalent: no template can say it, an account can
    return verdictsOf(unencryptedDevices(closed.properties.BlockDeviceMappings, ['BlockDeviceMappings']), 'not-applicable');
  });
