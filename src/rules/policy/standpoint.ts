import type { Resource } from '../../model/index.js';
import type { ResourceInWorld } from '../each-world.js';
import type { RuleContext } from '../rule.js';

/** Where a policy stands: what `own` means in it, and what its references lead to. */
export interface Standpoint {
  /** The account it is deployed to; undefined where unknown. */
  readonly account: string | undefined;
  resource(id: string): Resource | undefined;
}

/** A world in which a condition compares the account with a literal knows the account. */
export function standpointOf(closed: ResourceInWorld, context: RuleContext): Standpoint {
  const assumed = closed.world.values.get('AWS::AccountId');
  return {
    account: typeof assumed === 'string' ? assumed : context.scope.account,
    resource: (id) => context.resource(id),
  };
}
