import { isOpen, NOT_APPLICABLE, PASS, type Value, type Verdict } from '../../model/index.js';
import { eachWorld } from '../index.js';
import { someCauseOf } from '../policy/cause.js';
import type { Check } from '../rule.js';
import { DEFAULT_POLICY, tlsFloor } from './security-policies.js';

/** A TLS listener whose policy, stated or by default, admits TLS below 1.2. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    const { Protocol, SslPolicy } = closed.properties;
    if (Protocol === undefined || (typeof Protocol === 'string' && !['HTTPS', 'TLS'].includes(Protocol))) return [NOT_APPLICABLE];
    const verdict = judge(SslPolicy ?? DEFAULT_POLICY);
    // Without knowing the protocol, only a good policy settles it.
    if (isOpen(Protocol) && verdict.kind === 'fail') return [{ kind: 'undecided', spot: verdict.spot, because: someCauseOf(Protocol) }];
    return [verdict];
  });

function judge(policy: Value): Verdict {
  const spot = { path: ['SslPolicy'] };
  if (isOpen(policy)) return { kind: 'undecided', spot, because: someCauseOf(policy) }; // equivalent: the words differ, the verdict does not
  const floor = tlsFloor(String(policy));
  if (floor === undefined) {
    const words = `the security policy ${String(policy)}, which is newer than this table of policies or does not exist`;
    return { kind: 'undecided', spot, because: [{ words, settle: 'use a policy that the AWS pages list', kind: 'unknown-name' }] };
  }
  return floor >= '1.2' ? PASS : { kind: 'fail', spot, words: { policy: String(policy), floor } };
}
