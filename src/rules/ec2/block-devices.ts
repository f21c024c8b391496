import { isList, isMap, isOpen, type Path, type Value, type ValueMap } from '../../model/index.js';
import { ASSUMED_OFF } from '../ebs/region-default.js';
import { inherited } from '../encryption/switch.js';
import { someCauseOf } from '../policy/cause.js';
import type { Problem } from '../policy/problem.js';
import { open } from '../policy/truth.js';

/**
 * The block devices of a mapping that are, or may be, unencrypted EBS volumes. Devices that are taken away, instance store
 * (encrypted by its hardware) and entries that only name a device are none.
 */
export function unencryptedDevices(mappings: Value | undefined, path: Path): readonly Problem[] {
  if (mappings === undefined) return [];
  if (!isList(mappings)) return isOpen(mappings) ? [{ truth: open(someCauseOf(mappings)), path }] : [];
  return mappings.flatMap((mapping, index) => {
    if (isOpen(mapping)) return [{ truth: open(someCauseOf(mapping)), path: [...path, index] }];
    return isMap(mapping) ? unencrypted(mapping, [...path, index]) : [];
  });
}

const ASSUMED_PLAIN =
  'Taken for granted: where the mapping changes a volume of the image, the image holds it unencrypted, as all public images do.';

function unencrypted(mapping: ValueMap, path: Path): readonly Problem[] {
  if (mapping.NoDevice !== undefined || mapping.VirtualName !== undefined || mapping.Ebs === undefined) return [];
  const at = [...path, 'Ebs'];
  if (!isMap(mapping.Ebs)) return isOpen(mapping.Ebs) ? [{ truth: open(someCauseOf(mapping.Ebs)), path: at }] : [];
  const { Encrypted, SnapshotId, VolumeSize, VolumeType } = mapping.Ebs;
  const encrypted = [...at, 'Encrypted'];
  if (Encrypted === true) return [{ truth: false, path: encrypted }];
  if (Encrypted !== undefined && isOpen(Encrypted)) return [{ truth: open(someCauseOf(Encrypted)), path: encrypted }];
  if (SnapshotId !== undefined) return [{ truth: open([inherited('the snapshot of the volume')]), path: [...at, 'SnapshotId'] }];
  // An entry that gives neither size nor type changes something else about a volume of the image.
  if (Encrypted === undefined && VolumeSize === undefined && VolumeType === undefined)
    return [{ truth: open([inherited('the volume of the image')]), path: at }];
  return [{ truth: true, path: encrypted, steps: [ASSUMED_OFF, ASSUMED_PLAIN] }];
}
