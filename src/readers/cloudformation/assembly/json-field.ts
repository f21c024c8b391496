import type { MapNode, SourceNode } from '../../source/index.js';

export function mapField(map: MapNode | undefined, name: string): MapNode | undefined {
  const value = map?.byKey.get(name)?.value;
  return value?.kind === 'map' ? value : undefined;
}

export function textField(map: MapNode | undefined, name: string): string | undefined {
  const value = map?.byKey.get(name)?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

/** Every text in a value, in order. */
export function textsOf(node: SourceNode | undefined): readonly string[] {
  if (node === undefined) return [];
  if (node.kind === 'scalar') return typeof node.value === 'string' ? [node.value] : [];
  return node.kind === 'list' ? node.items.flatMap(textsOf) : node.entries.flatMap((entry) => textsOf(entry.value));
}
