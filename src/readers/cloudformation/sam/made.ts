import type { Span } from '../../../model/index.js';
import type { MapEntry, MapNode, SourceNode } from '../../source/index.js';

/** What to make a node of: parts that the user wrote are nodes and keep their places; a property that is undefined is left out. */
export type Made = SourceNode | string | number | boolean | readonly Made[] | MadeMap;
export interface MadeMap {
  readonly [key: string]: Made | undefined;
}

/** A node for what SAM makes; everything that nobody wrote stands at `span`, the text that caused it. */
export function make({ start, end }: Span, made: Made): SourceNode {
  if (typeof made !== 'object') return { kind: 'scalar', start, end, value: made, source: String(made) };
  if (isNode(made)) return made;
  if (isList(made)) return { kind: 'list', start, end, items: made.map((item) => make({ start, end }, item)) };
  return mapOf({ start, end }, entriesOf({ start, end }, made));
}

export function entriesOf(span: Span, made: MadeMap): readonly MapEntry[] {
  const entries: MapEntry[] = [];
  for (const [key, value] of Object.entries(made))
    if (value !== undefined) entries.push({ key, keySpan: placeOf(value, span), value: make(span, value) });
  return entries;
}

/** A map of entries, the last of one key winning at the place of the first. */
export function mapOf({ start, end }: Span, entries: readonly MapEntry[]): MapNode {
  const byKey = new Map<string, MapEntry>();
  for (const entry of entries) byKey.set(entry.key, entry);
  return { kind: 'map', start, end, entries: [...byKey.values()], byKey };
}

function placeOf(made: Made, otherwise: Span): Span {
  const { start, end } = typeof made === 'object' && isNode(made) ? made : otherwise;
  return { start, end };
}

function isList(made: Made): made is readonly Made[] {
  return Array.isArray(made);
}

function isNode(made: object): made is SourceNode {
  return 'kind' in made && 'start' in made && typeof made.start === 'number';
}
