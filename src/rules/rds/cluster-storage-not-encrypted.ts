import { isOpen, NOT_APPLICABLE, PASS, Reference, type Value, type Verdict } from '../../model/index.js';
import { judgeSwitch } from '../encryption/switch.js';
import { eachWorld } from '../index.js';
import { someCauseOf } from '../policy/cause.js';
import type { Check } from '../rule.js';

/** From this day on every new Aurora cluster is encrypted, asked or not [Aurora guide: Encrypting Amazon Aurora resources]. */
const AURORA_ENCRYPTS = '2026-02-18';

/** Storage of an Aurora or Multi-AZ cluster. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    const { Engine, EngineMode, GlobalClusterIdentifier } = closed.properties;
    // Aurora Serverless v1 is always encrypted.
    if (EngineMode === 'serverless') return [PASS];
    // The global database is judged itself, and its members follow it.
    if (GlobalClusterIdentifier instanceof Reference) return [NOT_APPLICABLE];
    const verdict = judgeSwitch(closed, {
      path: ['StorageEncrypted'],
      from: {
        SnapshotIdentifier: 'the snapshot that it is restored from',
        SourceDBClusterIdentifier: 'the cluster that it is made from',
        ReplicationSourceIdentifier: 'the database that it replicates',
        GlobalClusterIdentifier: 'the global database that it belongs to',
      },
    });
    if (verdict.kind !== 'fail' || context.asOf < AURORA_ENCRYPTS) return [verdict];
    return [sinceAuroraEncrypts(Engine) ?? verdict];
  });

function sinceAuroraEncrypts(engine: Value | undefined): Verdict | undefined {
  const spot = { path: ['StorageEncrypted'] };
  if (isOpen(engine)) return { kind: 'undecided', spot, because: someCauseOf(engine) };
  if (!String(engine).startsWith('aurora')) return undefined;
  const words = 'whether the cluster was made before 18 February 2026, when Aurora began to encrypt every new cluster';
  return { kind: 'undecided', spot, because: [{ words, settle: 'set StorageEncrypted to true, or scan the account', kind: 'inherited' }] };
}
