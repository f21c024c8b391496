import type { MapEntry, MapNode, SourceNode } from '../../source/index.js';
import { intrinsicCall, itemsOf, plainText } from './intrinsic.js';
import { mapOf } from './made.js';

/** Lists that a resource replaces instead of adding to. */
const REPLACED: ReadonlySet<string> = new Set(['Function.Architectures', 'CapacityProvider.InstanceRequirements.Architectures']);
/** Maps of which only the resource's own keys stay. */
const PRUNED: ReadonlySet<string> = new Set(['CapacityProvider.ManagedResourceTags']);

/**
 * A resource's properties with those of its `Globals` section: maps are merged, lists joined with the global items first, and
 * for anything else the resource's own value counts (AWS SAM guide, "Globals section of the AWS SAM template").
 * `ignored` is the resource's `IgnoreGlobals`: `*` or a list of property names.
 */
export function withGlobals(section: string, globals: MapNode, own: MapNode, ignored: SourceNode | undefined): MapNode {
  if (plainText(ignored) === '*') return own;
  const skipped = new Set(itemsOf(ignored).map(plainText));
  const kept = globals.entries.filter((entry) => !skipped.has(entry.key));
  return mergeMaps(kept, own, section);
}

function mergeMaps(global: readonly MapEntry[], own: MapNode, path: string): MapNode {
  const shared = PRUNED.has(path) && own.entries.length > 0 ? global.filter((entry) => own.byKey.has(entry.key)) : global;
  const merged = shared.map((entry) => {
    const local = own.byKey.get(entry.key);
    return local === undefined ? entry : { ...local, value: merge(entry.value, local.value, `${path}.${entry.key}`) };
  });
  const taken = new Set(shared.map((entry) => entry.key));
  return mapOf(own, [...merged, ...own.entries.filter((entry) => !taken.has(entry.key))]);
}

function merge(global: SourceNode, own: SourceNode, path: string): SourceNode {
  if (REPLACED.has(path) || isWhole(global) || isWhole(own)) return own;
  if (global.kind === 'map' && own.kind === 'map') return mergeMaps(global.entries, own, path);
  if (global.kind === 'list' && own.kind === 'list') return { ...own, items: [...global.items, ...own.items] };
  return own;
}

/** An intrinsic function is one value, not a map to merge. */
function isWhole(node: SourceNode): boolean {
  return node.kind === 'scalar' || intrinsicCall(node) !== undefined;
}
