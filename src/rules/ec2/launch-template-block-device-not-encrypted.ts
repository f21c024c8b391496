import { isList, isMap, PASS, valueAt } from '../../model/index.js';
import { encryptsByDefault } from '../ebs/region-default.js';
import { eachWorld } from '../index.js';
import { verdictsOf } from '../policy/problem.js';
import type { Check } from '../rule.js';
import { unencryptedDevices } from './block-devices.js';

/** Volumes that a launch template, or a spot fleet with specifications of its own, launches instances with. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    if (encryptsByDefault(context)) return [PASS]; // equivalent: no template can say it, an account can
    const template = ['LaunchTemplateData', 'BlockDeviceMappings'];
    const fleet = ['SpotFleetRequestConfigData', 'LaunchSpecifications'];
    const specifications = valueAt(closed.properties, fleet);
    const devices = [
      ...unencryptedDevices(valueAt(closed.properties, template), template),
      ...(isList(specifications) ? specifications : []).flatMap((specification, index) =>
        isMap(specification) ? unencryptedDevices(specification.BlockDeviceMappings, [...fleet, index, 'BlockDeviceMappings']) : [],
      ),
    ];
    return verdictsOf(devices, 'not-applicable');
  });
