import { NOT_APPLICABLE, PASS, type Verdict } from '../../model/index.js';
import { eachWorld, type ResourceInWorld } from '../index.js';
import type { RuleContext } from '../rule.js';
import { type Attachment, hasPolicy, mayBeAttached, protectedBy } from './attached.js';
import { coversOwn, type OwnResource } from './own-resource.js';
import { readPolicy } from './statement.js';
import { type Demand, type Refusal, refusalOf } from './tls-deny.js';
import { isOpenTruth } from './truth.js';

/** What the policies of a service must refuse; `parts` are the things of a resource that have to be covered. */
export interface Refusable {
  readonly attachment: Attachment;
  readonly action: string;
  readonly parts: readonly { readonly words: string; readonly suffix: '' | '/*' }[];
  readonly holds: Demand['holds'];
}

/** Judges a policy by what it refuses for each resource it is attached to. */
export function judgePolicy(policy: ResourceInWorld, refusable: Refusable, context: RuleContext): readonly Verdict[] {
  const document = readPolicy(policy.properties.PolicyDocument, ['PolicyDocument']);
  const verdicts = protectedBy(policy, refusable.attachment, context).map((own) =>
    verdictOf(refusalOf(document, demandFor(own, refusable))),
  );
  const worst = (['fail', 'undecided', 'pass'] as const).flatMap((kind) => verdicts.filter((verdict) => verdict.kind === kind))[0];
  return [worst ?? NOT_APPLICABLE];
}

export function demandFor(own: OwnResource, { action, parts, holds }: Refusable): Demand {
  return { action, holds, targets: parts.map(({ words, suffix }) => ({ words, covers: (resource) => coversOwn(resource, own, suffix) })) };
}

export function verdictOf(refusal: Refusal, at: readonly string[] = ['PolicyDocument']): Verdict {
  switch (refusal.kind) {
    case 'complete':
      return PASS;
    case 'partial':
      return { kind: 'fail', spot: { path: refusal.path }, words: { gap: `: the statement that refuses them ${refusal.missing}` } };
    case 'none':
      return { kind: 'fail', spot: { path: at }, words: { gap: '' } };
    case 'open':
      return { kind: 'undecided', spot: { path: at }, because: refusal.because, words: { gap: '' } };
  }
}

/** Judges a resource that has no policy; one that has is judged by its policy. */
export function judgeBare(resource: ResourceInWorld, { attachment }: Refusable, context: RuleContext): readonly Verdict[] {
  const attached = hasPolicy(resource, attachment, context);
  if (attached === true) return [NOT_APPLICABLE];
  const spot = { path: [] };
  if (isOpenTruth(attached)) return [{ kind: 'undecided', spot, because: attached.because, words: { gap: '' } }];
  return [{ kind: 'fail', spot, words: { gap: '' } }];
}

/** The check of a rule that looks at a resource and at the policies of its type. */
export function refusalCheck(refusable: Refusable) {
  return (resource: Parameters<typeof eachWorld>[0], context: RuleContext): readonly Verdict[] => {
    const { policy } = refusable.attachment;
    const also = resource.type === policy ? [] : mayBeAttached(resource, refusable.attachment, context);
    return eachWorld(
      resource,
      context,
      (closed) => (closed.type === policy ? judgePolicy(closed, refusable, context) : judgeBare(closed, refusable, context)),
      { also },
    );
  };
}
