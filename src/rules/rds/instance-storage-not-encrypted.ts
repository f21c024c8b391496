import { NOT_APPLICABLE, Reference } from '../../model/index.js';
import { judgeSwitch } from '../encryption/switch.js';
import { eachWorld } from '../index.js';
import type { Check } from '../rule.js';

/** Storage of an instance of its own; a cluster keeps the storage of its members, and a replica follows its source. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    const { DBClusterIdentifier, Engine, SourceDBInstanceIdentifier } = closed.properties;
    if (DBClusterIdentifier !== undefined) return [NOT_APPLICABLE];
    if (typeof Engine === 'string' && Engine.startsWith('aurora')) return [NOT_APPLICABLE];
    // A replica in the Region of its source has the encryption of its source, which is judged itself.
    if (SourceDBInstanceIdentifier instanceof Reference) return [NOT_APPLICABLE];
    return [
      judgeSwitch(closed, {
        path: ['StorageEncrypted'],
        from: {
          SourceDBInstanceIdentifier: 'the instance that it is a replica of',
          SourceDBClusterIdentifier: 'the cluster that it is a replica of',
          SourceDbiResourceId: 'the instance that it is restored from',
          SourceDBInstanceAutomatedBackupsArn: 'the backup that it is restored from',
          DBSnapshotIdentifier: 'the snapshot that it is restored from',
          DBClusterSnapshotIdentifier: 'the snapshot that it is restored from',
        },
      }),
    ];
  });
