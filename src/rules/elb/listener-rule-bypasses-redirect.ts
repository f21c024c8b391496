import { isList, isMap, NOT_APPLICABLE, PASS, Reference, type Value, type ValueMap } from '../../model/index.js';
import { eachWorld } from '../index.js';
import type { Check } from '../rule.js';

const ELSEWHERE = {
  words: 'the listener of the rule, which is not in this scan',
  settle: 'scan it together with its listener',
  kind: 'elsewhere',
};

/** A rule that answers itself on an HTTP listener whose default action sends clients to HTTPS. */
export const check: Check = (resource, context) => {
  const { ListenerArn } = resource.properties;
  const listener = ListenerArn instanceof Reference ? context.resource(ListenerArn.target) : undefined;
  return eachWorld(
    resource,
    context,
    (closed) => {
      const forward = actionsOf(closed.properties.Actions).findIndex(({ Type }) => Type === 'forward');
      if (listener === undefined) {
        if (forward < 0) return [NOT_APPLICABLE];
        return [{ kind: 'undecided', spot: { path: ['ListenerArn'] }, because: [ELSEWHERE] }];
      }
      const { Protocol, DefaultActions } = closed.inWorld(listener).properties;
      if (Protocol !== 'HTTP' || !actionsOf(DefaultActions).some(({ Type }) => Type === 'redirect')) return [NOT_APPLICABLE];
      return [forward < 0 ? PASS : { kind: 'fail', spot: { path: ['Actions', forward, 'Type'] } }];
    },
    { also: listener === undefined ? [] : [listener] },
  );
};

function actionsOf(list: Value | undefined): readonly ValueMap[] {
  return isList(list) ? list.map((action) => (isMap(action) ? action : {})) : [];
}
