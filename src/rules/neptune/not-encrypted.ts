import { judgeSwitch } from '../encryption/switch.js';
import { eachWorld } from '../index.js';
import type { Check } from '../rule.js';

/** Storage of a Neptune cluster; one that is restored has the encryption of what it is restored from. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => [
    judgeSwitch(closed, {
      path: ['StorageEncrypted'],
      from: {
        SnapshotIdentifier: 'the snapshot that it is restored from',
        SourceDBClusterIdentifier: 'the cluster that it is restored from',
      },
    }),
  ]);
