import { PASS } from '../../model/index.js';
import { judgeSwitch } from '../encryption/switch.js';
import { eachWorld } from '../index.js';
import type { Check } from '../rule.js';
import { ASSUMED_OFF, encryptsByDefault } from './region-default.js';

/** A volume of its own; one made from a snapshot follows the snapshot. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    if (encryptsByDefault(context)) return [PASS]; // equivalent: no template can say it, an account can
    const verdict = judgeSwitch(closed, {
      path: ['Encrypted'],
      from: { SnapshotId: 'the snapshot that it is made from', SourceVolumeId: 'the volume that it is copied from' },
    });
    return [verdict.kind === 'fail' ? { ...verdict, steps: [ASSUMED_OFF] } : verdict];
  });
