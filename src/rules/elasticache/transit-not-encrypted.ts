import { isOpen, NOT_APPLICABLE, type Verdict } from '../../model/index.js';
import { judgeSwitch } from '../encryption/switch.js';
import { eachWorld, type ResourceInWorld } from '../index.js';
import { someCauseOf } from '../policy/cause.js';
import type { Check } from '../rule.js';

/** Memcached has TLS from this version on, and no other engine has versions before it [ElastiCache guide: In-transit encryption]. */
const MEMCACHED_WITH_TLS = [1, 6, 12];

/** Connections of clients and between nodes. Secondaries of a global datastore follow the primary. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    const { EngineVersion, GlobalReplicationGroupId } = closed.properties;
    if (GlobalReplicationGroupId !== undefined) return [NOT_APPLICABLE];
    if (isBefore(String(EngineVersion), MEMCACHED_WITH_TLS)) return [NOT_APPLICABLE];
    const verdict = judgeSwitch(closed, { path: ['TransitEncryptionEnabled'], from: {} });
    return [verdict.kind === 'fail' ? (silentValkey(closed) ?? verdict) : verdict];
  });

/** Valkey refuses a group that says nothing, and its references name both on and off as the default. */
function silentValkey({ properties }: Pick<ResourceInWorld, 'properties'>): Verdict | undefined {
  const { Engine, TransitEncryptionEnabled } = properties;
  if (TransitEncryptionEnabled !== undefined) return undefined;
  const spot = { path: ['TransitEncryptionEnabled'] };
  if (isOpen(Engine)) return { kind: 'undecided', spot, because: someCauseOf(Engine) };
  if (Engine !== 'valkey') return undefined;
  const words = 'what Valkey does without TransitEncryptionEnabled: AWS documents both on and off';
  return { kind: 'undecided', spot, because: [{ words, settle: 'set TransitEncryptionEnabled to true', kind: 'default' }] };
}

function isBefore(version: string, wanted: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, least] of wanted.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}
