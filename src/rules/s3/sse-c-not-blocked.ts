import { isList, isMap, isOpen, NOT_APPLICABLE, PASS, type Resource, type Value, type Verdict, valueAt } from '../../model/index.js';
import { eachWorld, type ResourceInWorld } from '../index.js';
import { existsIn, mayBeAttached, protectedBy } from '../policy/attached.js';
import { someCauseOf } from '../policy/cause.js';
import type { Test } from '../policy/condition.js';
import { demandFor } from '../policy/refusal.js';
import { readPolicy } from '../policy/statement.js';
import { refusalOf } from '../policy/tls-deny.js';
import { any, isOpenTruth, open, type Truth } from '../policy/truth.js';
import type { Check, RuleContext } from '../rule.js';
import { BUCKET_POLICY } from './attachment.js';
import { RULES } from './default-encryption.js';

/** From this day on a new bucket blocks SSE-C where nothing else is said [S3 guide: Default SSE-C setting for new buckets FAQ]. */
const BLOCKED_BY_DEFAULT = '2026-05-01';

/** Uploads under keys that the uploader brings, which only the uploader can read. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => [judge(closed, context)], { also: mayBeAttached(resource, BUCKET_POLICY, context) });

function judge(bucket: ResourceInWorld, context: RuleContext): Verdict {
  const rules = valueAt(bucket.properties, RULES);
  const lists = (isList(rules) ? rules : []).map((rule) =>
    isMap(rule) ? valueAt(rule, ['BlockedEncryptionTypes', 'EncryptionType']) : rule,
  );
  const path = [...RULES, 0, 'BlockedEncryptionTypes', 'EncryptionType'];
  const blocked = any(lists.map(blocksSseC));
  if (blocked === true || deniesSseC(bucket, context) === true) return PASS;
  if (isOpenTruth(blocked)) return { kind: 'undecided', spot: { path }, because: blocked.because };
  const stated = lists.some((list) => list !== undefined);
  if (!stated && context.asOf >= BLOCKED_BY_DEFAULT) return NOT_APPLICABLE;
  return { kind: 'fail', spot: { path: stated ? path : RULES } };
}

function blocksSseC(list: Value | undefined): Truth {
  if (isList(list)) return any(list.map((type) => (isOpen(type) ? open(someCauseOf(type)) : type === 'SSE-C')));
  return isOpen(list) ? open(someCauseOf(list)) : list === 'SSE-C';
}

function deniesSseC(bucket: ResourceInWorld, context: RuleContext): Truth {
  return any(
    context.ofType(BUCKET_POLICY.policy).map((policy) => existsIn(policy, bucket.world) && denies(bucket.inWorld(policy), bucket, context)),
  );
}

function denies(policy: ResourceInWorld, bucket: Pick<Resource, 'id'>, context: RuleContext): boolean {
  const own = protectedBy(policy, BUCKET_POLICY, context).find(({ id }) => id === bucket.id);
  if (own === undefined) return false;
  const demand = demandFor(own, {
    attachment: BUCKET_POLICY,
    action: 's3:PutObject',
    parts: [{ words: 'the objects of the bucket', suffix: '/*' }],
    holds: asksForSseC,
  });
  return refusalOf(readPolicy(policy.properties.PolicyDocument, ['PolicyDocument']), demand).kind === 'complete';
}

/** A request that brings a key of its own names its algorithm. */
function asksForSseC(test: Test): Truth | undefined {
  if (test.key !== 's3:x-amz-server-side-encryption-customer-algorithm' || test.operator !== 'null') return undefined;
  return test.values.some(({ value }) => String(value) === 'false');
}
