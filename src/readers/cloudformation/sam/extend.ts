import type { Span } from '../../../model/index.js';
import type { MapNode, SourceNode } from '../../source/index.js';
import type { Expansion } from './expansion.js';
import { plainMap, property } from './intrinsic.js';
import { entriesOf, type Made, make, mapOf } from './made.js';

/**
 * Writes a value into the properties of a resource of the template, at a path below them; items are added to a list.
 * Does nothing where there is no such resource or something else stands in the way.
 */
export function extend(expansion: Expansion, id: string, path: readonly string[], span: Span, added: Made): void {
  const resource = expansion.changed.get(id) ?? plainMap(resourcesOf(expansion).byKey.get(id)?.value);
  if (resource === undefined) return;
  expansion.changed.set(id, extended(resource, ['Properties', ...path], span, added));
}

function extended(map: MapNode, path: readonly string[], span: Span, added: Made): MapNode {
  const [name, ...rest] = path;
  if (name === undefined) return map;
  const present = property(map, name);
  const value = rest.length === 0 ? joined(present, span, added) : below(present, rest, span, added);
  if (value === undefined) return map;
  const entry = map.byKey.get(name);
  const next = entry === undefined ? entriesOf(span, { [name]: value }) : [{ ...entry, value }];
  return mapOf(map, [...map.entries.filter((known) => known.key !== name), ...next]);
}

function below(present: SourceNode | undefined, rest: readonly string[], span: Span, added: Made): SourceNode | undefined {
  const map = present === undefined ? mapOf(span, []) : plainMap(present);
  return map && extended(map, rest, span, added);
}

function joined(present: SourceNode | undefined, span: Span, added: Made): SourceNode | undefined {
  const node = make(span, added);
  if (present === undefined || node.kind !== 'list') return node;
  return present.kind === 'list' && present.tag === undefined ? { ...present, items: [...present.items, ...node.items] } : undefined;
}

function resourcesOf(expansion: Expansion): MapNode {
  return plainMap(expansion.template.byKey.get('Resources')?.value) ?? mapOf(expansion.template, []);
}
