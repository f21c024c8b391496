import type { Scalar, Span } from '../../model/index.js';

/**
 * Text as a tree with places, before any meaning: what YAML and JSON have in common. Offsets are UTF-16 code units into
 * the source text; `start`/`end` cover the value as written (a tag is not part of it).
 */
export type SourceNode = ScalarNode | ListNode | MapNode;

interface NodeBase extends Span {
  /** A short-form tag as written, `!Ref`, `!Sub`; absent on plain nodes. Tags of YAML itself (`!!str`) are applied, not kept. */
  readonly tag?: string;
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  /** Resolved as CloudFormation's reader does: quoted is a string; plain true/false/null/number are typed. */
  readonly value: Scalar;
  /** The text before typing: `012`, `yes`, `2012-10-17`. */
  readonly source: string;
}

export interface ListNode extends NodeBase {
  readonly kind: 'list';
  readonly items: readonly SourceNode[];
}

export interface MapEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: SourceNode;
}

export interface MapNode extends NodeBase {
  readonly kind: 'map';
  /** In source order; of entries with one key only the last is kept, as CloudFormation does. */
  readonly entries: readonly MapEntry[];
  readonly byKey: ReadonlyMap<string, MapEntry>;
}
