import { NOT_APPLICABLE, PASS } from '../../model/index.js';
import { encryptsByDefault } from '../ebs/region-default.js';
import { inherited } from '../encryption/switch.js';
import { eachWorld } from '../index.js';
import { verdictsOf } from '../policy/problem.js';
import type { Check } from '../rule.js';
import { unencryptedDevices } from './block-devices.js';

/** Volumes that an instance is launched with. Without a mapping the image's volumes decide. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    if (encryptsByDefault(context)) return [PASS]; // equivalent: no template can say it, an account can
    const { BlockDeviceMappings, LaunchTemplate } = closed.properties;
    if (BlockDeviceMappings !== undefined) return verdictsOf(unencryptedDevices(BlockDeviceMappings, ['BlockDeviceMappings']));
    // The launch template is judged itself.
    if (LaunchTemplate !== undefined) return [NOT_APPLICABLE];
    return [{ kind: 'undecided', spot: { path: ['BlockDeviceMappings'] }, because: [inherited('the root volume of the image')] }];
  });
