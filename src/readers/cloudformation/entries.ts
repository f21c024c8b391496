import type { UnknownReason } from '../../model/index.js';
import type { MapEntry, MapNode } from '../source/node.js';
import { bind } from './binding.js';
import { loopEntries } from './for-each.js';
import { transformEntries } from './include.js';
import type { Entry, Env } from './stack.js';

/** The entries of a map with loops and includes written out; `macro` where a transform that can't be run may change them. */
export interface Written {
  readonly entries: readonly Entry[];
  readonly macro: UnknownReason | undefined;
}

/** True where a key of the map is an instruction, not a name. */
export function hasDirectives(node: MapNode, env: Env): boolean {
  if (env.bindings.size > 0) return true;
  return node.entries.some(({ key }) => key.startsWith('Fn::') && (key === 'Fn::Transform' || key.startsWith('Fn::ForEach::')));
}

export function entriesOf(node: MapNode, env: Env): Written {
  const found = new Map<string, Entry>();
  let macro: UnknownReason | undefined;
  const add = (entry: Entry): void => {
    found.set(entry.key, entry);
  };
  for (const entry of node.entries) {
    if (entry.key.startsWith('Fn::ForEach::')) {
      for (const made of loopEntries(entry, env, entriesOf)) add(made);
    } else if (entry.key === 'Fn::Transform') {
      const included = transformEntries(entry, env, entriesOf);
      for (const made of included.entries) add(made);
      macro ??= included.macro;
    } else add(plainEntry(entry, env));
  }
  return { entries: [...found.values()], macro };
}

function plainEntry({ key, keySpan, value }: MapEntry, env: Env): Entry {
  return { key: env.bindings.size === 0 ? key : bind(key, env.bindings), keySpan, value, env };
}
