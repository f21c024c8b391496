import { holds, Reference, type Resource, Unknown, type Value } from '../../model/index.js';
import { eachWorld } from '../each-world.js';
import { verdictsOf } from '../policy/problem.js';
import { open, type Truth } from '../policy/truth.js';
import type { Check, RuleContext } from '../rule.js';

/** A key that no alias names. */
export const check: Check = (resource, context) => {
  const aliases = context.ofType('AWS::KMS::Alias');
  return eachWorld(
    resource,
    context,
    (closed) =>
      verdictsOf([
        {
          truth: lacksAlias(
            resource,
            aliases
              .filter((alias) => alias.exists === undefined || holds(alias.exists, closed.world))
              .map((alias) => closed.inWorld(alias)),
            context,
          ),
          path: [],
        },
      ]),
    { looksAt: [], also: aliases },
  );
};

function lacksAlias(key: Resource, aliases: readonly Pick<Resource, 'properties'>[], context: RuleContext): Truth {
  const targets = aliases.map(({ properties }) => properties.TargetKeyId);
  if (targets.some((target) => refersTo(target, key))) return false;
  if (targets.some((target) => target instanceof Unknown)) {
    return open([{ words: 'an alias whose key is not known', kind: 'unresolved' }]);
  }
  // A key that other stacks import may get its alias there.
  if (context.scope.exports.some(({ value }) => refersTo(value, key))) {
    return open([{ words: 'the stacks that import the key, one of which may give it an alias', kind: 'import' }]);
  }
  return true;
}

function refersTo(value: Value | undefined, key: Resource): boolean {
  // A live alias names its key by the id that ends the key's ARN.
  if (typeof value === 'string') return key.address.endsWith(`:key/${value}`); // equivalent: no address of a template ends so
  return value instanceof Reference && value.target === key.id; // equivalent: the first half only narrows the type
}
