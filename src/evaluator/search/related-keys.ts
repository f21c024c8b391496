import type { CompiledAccess } from '../compile.js';
import type { Judge, Reach, WhoCanQuery } from '../who-can.js';
import { whoCan } from '../who-can.js';

/** Operations whose result is the same with every key of a multi-Region set [KMS guide: Multi-Region keys in AWS KMS]. */
const SHARED = /^kms:(?:decrypt|encrypt|reencrypt(?:from|to)|generatedatakey.*|sign|verify|generatemac|verifymac|derivesharedsecret)$/i;

/** Everyone who can, by each key that serves: the one asked about, then the others of its multi-Region set. */
export interface ReachByKey {
  /** The id of the key, or what was asked about. */
  readonly resource: string;
  readonly reaches: readonly Reach[];
}

/** As `whoCan`, and for a multi-Region key the same of its primary and replicas: what one decrypts, all do. */
export function whoCanWithRelated(access: CompiledAccess, query: WhoCanQuery, judge: Judge): readonly ReachByKey[] {
  const key = access.resources.get(query.resource)?.resource.key;
  const related = key === undefined || !SHARED.test(query.action) ? [] : key.related;
  return [query.resource, ...related].map((resource) => ({ resource, reaches: whoCan(access, { ...query, resource }, judge) }));
}
