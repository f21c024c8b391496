import { holds, isOpen, Reference, type Resource } from '../../model/index.js';
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
  if (targets.some((target) => target instanceof Reference && target.target === key.id)) return false;
  if (targets.some((target) => typeof target === 'string' && key.address.endsWith(target))) return false;
  if (targets.some((target) => isOpen(target) && target.kind === 'unknown')) {
    return open([{ words: 'an alias whose key is not known', kind: 'unresolved' }]);
  }
  // A key that other stacks import may get its alias there.
  if (context.scope.exports.some(({ value }) => value instanceof Reference && value.target === key.id)) {
    return open([{ words: 'the stacks that import the key, one of which may give it an alias', kind: 'import' }]);
  }
  return true;
}
