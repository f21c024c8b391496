import type { Resource, Verdict } from '../../model/index.js';
import { eachWorld, type ResourceInWorld } from '../each-world.js';
import type { RuleContext } from '../rule.js';
import { documentProperties } from './document.js';
import { type Problem, verdictsOf } from './problem.js';
import { type Standpoint, standpointOf } from './standpoint.js';

/** Judges the policies of a resource in every world that they allow; `also` names further properties that it looks at. */
export function judgePolicies(
  resource: Resource,
  context: RuleContext,
  problemsOf: (closed: ResourceInWorld, here: Standpoint) => readonly Problem[],
  also: readonly string[] = [],
): readonly Verdict[] {
  const looksAt = [...documentProperties(resource.type), ...also];
  return eachWorld(resource, context, (closed) => verdictsOf(problemsOf(closed, standpointOf(closed, context))), { looksAt });
}
