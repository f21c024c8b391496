import type { Path, Verdict } from '../../model/index.js';
import { holds } from '../../model/index.js';
import { eachWorld } from '../each-world.js';
import { verdictsOf } from '../policy/problem.js';
import { all, any, not, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';
import { type ManagementEvent, records } from './selector.js';

type Trail = Parameters<typeof records>[0];

/** A trail whose selectors leave an event out, while no other trail of the scope records it. */
export function leavesOut(event: ManagementEvent, only: (trail: Trail) => Truth = () => true): Check {
  return (resource, context): readonly Verdict[] => {
    const others = context.ofType('AWS::CloudTrail::Trail').filter(({ id }) => id !== resource.id);
    return eachWorld(
      resource,
      context,
      (closed) => {
        const kept = others
          .filter((other) => other.exists === undefined || holds(other.exists, closed.world))
          .map((other) => records(closed.inWorld(other), event));
        const path: Path = [closed.properties.AdvancedEventSelectors === undefined ? 'EventSelectors' : 'AdvancedEventSelectors'];
        return verdictsOf([{ truth: all([not(records(closed, event)), only(closed), not(any(kept))]), path }]);
      },
      { looksAt: ['EventSelectors', 'AdvancedEventSelectors'], also: others },
    );
  };
}
