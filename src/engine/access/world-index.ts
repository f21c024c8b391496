import { shownText } from '../../evaluator/index.js';
import type { AccessPrincipal, AccessResource } from '../../model/index.js';
import type { AccessWorld } from './worlds.js';

/** A world's principals and resources by id and ARN, and the accounts it knows something of. */
export interface WorldIndex {
  readonly principals: ReadonlyMap<string, readonly AccessPrincipal[]>;
  readonly resources: ReadonlyMap<string, readonly AccessResource[]>;
  readonly accounts: ReadonlySet<string>;
}

const known = new WeakMap<AccessWorld, WorldIndex>();

/** Made when first asked for: a file of questions asks thousands of times. */
export function indexOf(world: AccessWorld): WorldIndex {
  const made = known.get(world);
  if (made !== undefined) return made;
  const { principals, resources } = world.model;
  const index: WorldIndex = {
    principals: byName(principals),
    resources: byName(resources),
    accounts: new Set([...principals, ...resources].map(({ account }) => account)),
  };
  known.set(world, index);
  return index;
}

function byName<T extends { readonly id: string; readonly arn: string }>(items: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const map = new Map<string, T[]>();
  for (const item of items) {
    for (const name of new Set([item.id, item.arn, shownText(item.arn)])) {
      const list = map.get(name);
      if (list === undefined) map.set(name, [item]);
      else list.push(item);
    }
  }
  return map;
}
