import type { Span } from '../../model/index.js';
import { type DuplicateKey, mapNode } from './map-node.js';
import type { ListNode, MapEntry, MapNode, ScalarNode, SourceNode } from './node.js';
import { plainScalar } from './plain-scalar.js';
import { Refusal, tooDeep } from './refusal.js';
import { emptyPlace, trimmedEnd } from './yaml-gap.js';

/** How much a text may hold once its aliases are written out. */
export interface TreeLimits {
  /** Levels of lists and maps. */
  readonly depth: number;
  /** Nodes, counting a shared one each time it is used. */
  readonly expanded: number;
}

/** What stands before a value: `tag` as written (`!Ref`, `!!str`), `anchor` without its `&`. */
export interface Properties {
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
}

interface Frame {
  readonly kind: 'map' | 'list';
  start: number;
  readonly bracketed: boolean;
  readonly properties: Properties;
  readonly items: SourceNode[];
  readonly written: MapEntry[];
  readonly merged: { readonly at: number; readonly entries: readonly MapEntry[] }[];
  key: ScalarNode | undefined;
  size: number;
  height: number;
}

interface Anchored {
  readonly node: SourceNode;
  readonly size: number;
  readonly height: number;
}

/**
 * Makes the tree of one YAML document from its values in source order. Both ways of parsing YAML feed it, so that keys,
 * tags, aliases, merge keys and limits mean the same on either.
 */
export class YamlBuilder {
  /** The end of what was last added: where a search for the next mark begins. */
  cursor = 0;
  root: SourceNode | undefined;
  readonly duplicates: DuplicateKey[] = [];
  private readonly frames: Frame[] = [];
  private readonly anchors = new Map<string, Anchored>();
  private expanded = 0;

  constructor(
    private readonly text: string,
    private readonly limits: TreeLimits,
  ) {}

  /** True behind a key, where its value is next. */
  get awaitsValue(): boolean {
    return this.frames.at(-1)?.key !== undefined;
  }

  open(kind: 'map' | 'list', start: number, properties: Properties): void {
    const parent = this.frames.at(-1);
    if (parent?.kind === 'map' && parent.key === undefined) throw keyIsNoText(start);
    if (this.frames.length >= this.limits.depth) throw tooDeep(this.limits.depth, start);
    if (properties.anchor !== undefined) this.anchors.delete(properties.anchor);
    const bracketed = isOpeningBracket(this.text.charCodeAt(start));
    this.frames.push({ kind, start, bracketed, properties, items: [], written: [], merged: [], key: undefined, size: 1, height: 1 });
    this.cursor = bracketed ? start + 1 : start;
  }

  /** `end` is that of the closing bracket; a block has none and ends with its last value. */
  close(end?: number): void {
    const frame = this.frames.pop();
    if (frame === undefined) return;
    const node = frame.kind === 'list' ? this.list(frame, end ?? this.cursor) : this.map(frame, end ?? this.cursor);
    this.cursor = end ?? this.cursor;
    this.add(node, frame.properties.anchor, frame.size, frame.height);
  }

  /** A scalar as written from `start` to `end`; `source` is its text with quotes, escapes and folds undone. */
  scalar(style: 'plain' | 'quoted', source: string, start: number, end: number, properties: Properties): void {
    this.cursor = end;
    this.add(scalarNode(style, source, start, end, properties.tag), properties.anchor, 1, 0);
  }

  /** A literal or folded text whose `|` or `>` stands at `start`. At the end of a text without a last line break it has none either. */
  block(source: string, start: number, end: number, properties: Properties): void {
    const last = trimmedEnd(this.text, start + 1, end);
    const unbroken = this.text.indexOf('\n', last) === -1 && this.text.indexOf('\r', last) === -1;
    this.scalar('quoted', unbroken ? source.replace(/\n$/, '') : source, start, last, properties);
  }

  /** A value that is not written, like the one of `Key:`. */
  empty(properties: Properties): void {
    const parent = this.frames.at(-1);
    const mark = parent === undefined ? undefined : parent.kind === 'list' ? '-' : parent.key === undefined ? undefined : ':';
    const count = (properties.tag === undefined ? 0 : 1) + (properties.anchor === undefined ? 0 : 1);
    const place = emptyPlace(this.text, this.cursor, mark, count);
    this.scalar('plain', '', place, place, properties);
  }

  /** `*name`, whose span this is. The node is shared, its size counted as if it were written out. */
  alias(name: string, span: Span): void {
    const anchored = this.anchors.get(name);
    if (anchored === undefined) {
      throw new Refusal(
        'yaml-alias',
        'The alias here names no anchor that is complete before it.',
        'Put quotes around text that begins with *; or define the anchor earlier.',
        span.start,
      );
    }
    this.expanded += anchored.size;
    if (this.expanded > this.limits.expanded) {
      throw new Refusal(
        'alias-bomb',
        `Aliases make this file larger than ${this.limits.expanded} values when written out.`,
        'Write the values out, or use fewer aliases.',
        span.start,
      );
    }
    if (this.frames.length + anchored.height > this.limits.depth) throw tooDeep(this.limits.depth, span.start);
    this.cursor = span.end;
    this.place(anchored.node, span, anchored.size, anchored.height);
  }

  private add(node: SourceNode, anchor: string | undefined, size: number, height: number): void {
    if (anchor !== undefined) this.anchors.set(anchor, { node, size, height });
    this.place(node, node, size, height);
  }

  private place(node: SourceNode, span: Span, size: number, height: number): void {
    const frame = this.frames.at(-1);
    if (frame === undefined) {
      this.root = node;
      return;
    }
    frame.size += size;
    if (height >= frame.height) frame.height = height + 1;
    if (frame.kind === 'list') frame.items.push(node);
    else if (frame.key === undefined) {
      frame.key = keyOf(node, span);
      // Parsers differ in whether a block map begins with its first key or with that key's mark or tag.
      if (!frame.bracketed && frame.written.length + frame.merged.length === 0) frame.start = frame.key.start;
    } else this.pair(frame, frame.key, node);
  }

  private pair(frame: Frame, key: ScalarNode, value: SourceNode): void {
    frame.key = undefined;
    const merged = key.source === '<<' && key.value === '<<' && key.end - key.start === 2 ? mergedEntries(value) : undefined;
    if (merged === undefined) {
      frame.written.push({ key: key.source, keySpan: { start: key.start, end: key.end }, value });
      return;
    }
    this.expanded += merged.length;
    frame.merged.push({ at: frame.written.length, entries: merged });
  }

  private list(frame: Frame, end: number): ListNode {
    const tag = keptTag(frame.properties.tag);
    const { start, items } = frame;
    return tag === undefined ? { kind: 'list', start, end, items } : { kind: 'list', start, end, tag, items };
  }

  private map(frame: Frame, end: number): MapNode {
    const tag = keptTag(frame.properties.tag);
    return mapNode({ start: frame.start, end }, withMerged(frame), tag, (duplicate) => this.duplicates.push(duplicate));
  }
}

/** `{` or `[`. */
export function isOpeningBracket(code: number): boolean {
  return code === 123 || code === 91;
}

function keyOf(node: SourceNode, span: Span): ScalarNode {
  if (node.kind !== 'scalar') throw keyIsNoText(span.start);
  return { kind: 'scalar', value: node.value, source: node.source, start: span.start, end: span.end };
}

function keyIsNoText(offset: number): Refusal {
  return new Refusal(
    'yaml-key',
    'A list or a map stands where a key should be.',
    'Give a plain name as key; put quotes around text that begins with { or [.',
    offset,
  );
}

/** The entries a `<<` brings in, of a map or a list of maps, the first of one key winning; undefined where it is no merge. */
function mergedEntries(value: SourceNode): readonly MapEntry[] | undefined {
  const maps = value.kind === 'list' ? value.items : [value];
  const found = new Map<string, MapEntry>();
  for (const map of maps) {
    if (map.kind !== 'map') return undefined;
    for (const entry of map.entries) if (!found.has(entry.key)) found.set(entry.key, entry);
  }
  return [...found.values()];
}

/** What is written in the map itself wins over what is merged, wherever the `<<` stands. */
function withMerged(frame: Frame): readonly MapEntry[] {
  if (frame.merged.length === 0) return frame.written;
  const taken = new Set(frame.written.map((entry) => entry.key));
  const entries: MapEntry[] = [];
  let next = 0;
  for (const { at, entries: merged } of frame.merged) {
    while (next < at) {
      const written = frame.written[next];
      if (written !== undefined) entries.push(written);
      next += 1;
    }
    for (const entry of merged) {
      if (taken.has(entry.key)) continue;
      taken.add(entry.key);
      entries.push(entry);
    }
  }
  return entries.concat(frame.written.slice(next));
}

const YAML_OWN = /^(?:!!|!?<?tag:yaml\.org,2002:)([a-z]+)>?$/;

/** The argument of a short-form function is the text as written (`!Ref 012`), so a tagged scalar is a string. */
function scalarNode(style: 'plain' | 'quoted', source: string, start: number, end: number, written: string | undefined): ScalarNode {
  if (written === undefined) return { kind: 'scalar', start, end, value: style === 'plain' ? plainScalar(source) : source, source };
  const own = YAML_OWN.exec(written)?.[1];
  const tag = keptTag(written);
  if (tag !== undefined) return { kind: 'scalar', start, end, tag, value: source, source };
  const typed = own === 'int' || own === 'float' || own === 'bool' || own === 'null';
  return { kind: 'scalar', start, end, value: typed ? plainScalar(source) : source, source };
}

function keptTag(written: string | undefined): string | undefined {
  if (written === undefined || written === '!' || YAML_OWN.test(written)) return undefined;
  return written.startsWith('!<') ? written.slice(2, -1) : written;
}
