import { isList, isMap, NOT_APPLICABLE, PASS, Reference, type Value, type ValueMap } from '../../model/index.js';
import { eachWorld } from '../index.js';
import type { Check } from '../rule.js';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';

/** A rule that answers itself on an HTTP listener whose default action sends clients to HTTPS. */
export const check: Check = (resource, context) => {
  const also = context.ofType(LISTENER).filter((listener) => refersTo(resource.properties.ListenerArn, listener.id));
  return eachWorld(
    resource,
    context,
    (closed) => {
      const { ListenerArn, Actions } = closed.properties;
      const index = actionsOf(Actions).findIndex(({ Type }) => Type === 'forward');
      const listener = also.find(({ id }) => refersTo(ListenerArn, id));
      if (listener === undefined) {
        if (index < 0) return [NOT_APPLICABLE];
        const because = [
          { words: 'the listener of the rule, which is not in this scan', settle: 'scan it together with its listener', kind: 'elsewhere' },
        ];
        return [{ kind: 'undecided', spot: { path: ['ListenerArn'] }, because }];
      }
      const { Protocol, DefaultActions } = closed.inWorld(listener).properties;
      if (Protocol !== 'HTTP' || !actionsOf(DefaultActions).some(({ Type }) => Type === 'redirect')) return [NOT_APPLICABLE];
      return [index < 0 ? PASS : { kind: 'fail', spot: { path: ['Actions', index, 'Type'] } }];
    },
    { also },
  );
};

function refersTo(value: Value | undefined, id: string): boolean {
  return value instanceof Reference && value.target === id;
}

function actionsOf(list: Value | undefined): readonly ValueMap[] {
  return isList(list) ? list.map((action) => (isMap(action) ? action : {})) : [];
}
