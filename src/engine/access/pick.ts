import { UsageError } from '../usage-error.js';
import { callersNamed, type FoundCaller } from './principal-address.js';
import { type FoundResource, resourcesNamed } from './resource-address.js';
import type { AccessWorld } from './worlds.js';

export interface Picked {
  readonly world: AccessWorld;
  readonly caller: FoundCaller;
  readonly resource: FoundResource;
}

/** The one world that knows both; @throws UsageError where none does, or several */
export function pickBoth(worlds: readonly AccessWorld[], principal: string, action: string, resource: string): Picked {
  const all = worlds.flatMap((world) =>
    callersNamed(world, principal).flatMap((caller) =>
      resourcesNamed(world, action, resource).map((found): Picked => ({ world, caller, resource: found })),
    ),
  );
  const found = bestOf(all, ({ caller, resource: on }) => Number(caller.held) + Number(on.held));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only === undefined) throw missing(worlds, principal, action, resource);
  const callers = distinct(found.map(({ caller }) => caller.shown));
  if (callers.length > 1) throw ambiguous(principal, 'principals', callers);
  const resources = distinct(found.map(({ resource: on }) => on.shown));
  if (resources.length > 1) throw ambiguous(resource, 'resources', resources);
  throw new UsageError(
    `${principal} and ${resource} can be asked of in several inputs: ${found.map(({ world }) => world.labels.join(' + ')).join(', ')}.`,
    'Name one input, or write path#LogicalId.',
  );
}

/** The one resource that an address names; @throws UsageError as `pickBoth` */
export function pickResource(worlds: readonly AccessWorld[], action: string, text: string): Omit<Picked, 'caller'> {
  const found = bestOf(
    worlds.flatMap((world) => resourcesNamed(world, action, text).map((resource) => ({ world, resource }))),
    ({ resource }) => Number(resource.held),
  );
  const [only] = found;
  if (only === undefined) throw missing(worlds, undefined, action, text);
  if (found.length > 1)
    throw ambiguous(text, 'resources', distinct(found.map(({ resource, world }) => `${resource.shown} in ${world.labels.join(' + ')}`)));
  return only;
}

/** The one caller that an address names; @throws UsageError as `pickBoth` */
export function pickCaller(worlds: readonly AccessWorld[], text: string): Omit<Picked, 'resource'> {
  const found = bestOf(
    worlds.flatMap((world) => callersNamed(world, text).map((caller) => ({ world, caller }))),
    ({ caller }) => Number(caller.held),
  );
  const [only] = found;
  if (only === undefined) throw missing(worlds, text, '', undefined);
  if (found.length > 1)
    throw ambiguous(text, 'principals', distinct(found.map(({ caller, world }) => `${caller.shown} in ${world.labels.join(' + ')}`)));
  return only;
}

/** What inputs hold goes before what a text says by itself. */
function bestOf<T>(all: readonly T[], rank: (item: T) => number): readonly T[] {
  const best = Math.max(...all.map(rank), 0);
  return all.filter((item) => rank(item) === best);
}

function ambiguous(text: string, what: string, candidates: readonly string[]): UsageError {
  return new UsageError(
    `${text} names several ${what}:\n${candidates.map((candidate) => `  ${candidate}`).join('\n')}`,
    'Write one of them.',
  );
}

function missing(worlds: readonly AccessWorld[], principal: string | undefined, action: string, resource: string | undefined): UsageError {
  const noCaller = principal !== undefined && worlds.every((world) => callersNamed(world, principal).length === 0);
  const noResource = resource !== undefined && worlds.every((world) => resourcesNamed(world, action, resource).length === 0);
  if (noCaller || noResource) {
    const text = noCaller ? principal : resource;
    const known = noCaller ? worlds.flatMap(({ model }) => model.principals) : worlds.flatMap(({ model }) => model.resources);
    const near = distinct(known.map(({ name }) => name)).filter((name) => isNear(name, text ?? ''));
    return new UsageError(
      `No input holds a ${noCaller ? 'principal' : 'resource'} called ${text}.`,
      near.length > 0 ? `Do you mean ${near.slice(0, 5).join(', ')}?` : 'Write its logical id, name or ARN; parameters begin with /.',
    );
  }
  return new UsageError(
    `${principal} and ${resource} are in different inputs, and nothing says that they share an account.`,
    'Set account and region for their paths in keyward.yaml.',
  );
}

function isNear(name: string, text: string): boolean {
  const [a, b] = [name.toLowerCase(), text.toLowerCase()];
  return a.includes(b) || b.includes(a) || (a.slice(0, 3) === b.slice(0, 3) && a.length > 3);
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
