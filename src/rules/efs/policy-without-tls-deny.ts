import { eachWorld } from '../index.js';
import { verdictOf } from '../policy/refusal.js';
import { readPolicy } from '../policy/statement.js';
import { asksForTls, refusalOf } from '../policy/tls-deny.js';
import type { Check } from '../rule.js';

const PROPERTY = 'FileSystemPolicy';

/** A file system whose policy does not refuse mounts without TLS. The policy protects its own file system, whatever `Resource` says. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    const policy = readPolicy(closed.properties[PROPERTY], [PROPERTY]);
    const targets = [{ words: 'the file system', covers: () => true }];
    return [verdictOf(refusalOf(policy, { action: 'elasticfilesystem:ClientMount', targets, holds: asksForTls }), [PROPERTY])];
  });
