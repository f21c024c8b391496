import { isOpen, Reference, type Resource, type Value } from '../../model/index.js';
import { eachWorld, type ResourceInWorld } from '../each-world.js';
import { someCauseOf } from '../policy/cause.js';
import { verdictsOf } from '../policy/problem.js';
import { open, type Truth } from '../policy/truth.js';
import type { Check, RuleContext } from '../rule.js';

/** An alias whose key can't be used: disabled, waiting for its deletion, or without its material. */
export const check: Check = (resource, context) => {
  const key = keyOf(resource.properties.TargetKeyId, context);
  return eachWorld(
    resource,
    context,
    (closed) => {
      const target = closed.properties.TargetKeyId ?? null;
      const related = key === undefined ? [] : [{ resource: key, path: [], label: 'this key' }];
      const words = { key: key?.name ?? 'the key' };
      return verdictsOf([{ truth: isUnusable(target, closed, context), path: ['TargetKeyId'], words, related }]);
    },
    { also: key === undefined ? [] : [key] },
  );
};

function keyOf(target: Value | undefined, context: RuleContext): Resource | undefined {
  if (target instanceof Reference) return context.resource(target.target);
  if (typeof target !== 'string') return undefined;
  const id = target.slice(target.lastIndexOf('/') + 1);
  return context.ofType('AWS::KMS::Key').find(({ address }) => address.endsWith(`key/${id}`));
}

function isUnusable(target: Value, closed: ResourceInWorld, context: RuleContext): Truth {
  const key = keyOf(target, context);
  if (key === undefined) return open(someCauseOf(target));
  const { properties, observed } = closed.inWorld(key);
  if (typeof observed.KeyState === 'string') return observed.KeyState !== 'Enabled'; // equivalent: no template observes a state
  const enabled = properties.Enabled ?? true;
  return isOpen(enabled) ? open(someCauseOf(enabled)) : enabled === false;
}
