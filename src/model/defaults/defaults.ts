import type { SourceKind } from '../resource.js';
import type { Scalar, Value } from '../value.js';
import { DEFAULTS } from './table.js';

/** What AWS does where a property is absent. Only what is sure and the same for every account is in the table. */
export interface Default {
  readonly type: string;
  /** A top-level property. */
  readonly property: string;
  readonly value: Value;
  /** A sentence for messages: "CloudFormation creates the key with rotation off". */
  readonly reason: string;
  /** The AWS page that says so. */
  readonly page: string;
  /** Not entered where the source writes one of these properties. */
  readonly unless?: readonly string[];
  /** Entered only where these properties have one of these values (their own defaults included). */
  readonly when?: Readonly<Record<string, readonly Scalar[]>>;
  /** The kinds of source it holds for; all where absent. */
  readonly sources?: readonly SourceKind[];
  /** ISO date since which AWS does so. */
  readonly since?: string;
}

const NONE: readonly Default[] = [];
let byType: ReadonlyMap<string, readonly Default[]> | undefined;

/** The defaults of a type's properties, in the order in which they depend on each other. */
export function defaultsOf(type: string, source: SourceKind): readonly Default[] {
  byType ??= grouped();
  const rows = byType.get(type) ?? NONE;
  return rows.every((row) => row.sources === undefined) ? rows : rows.filter((row) => row.sources?.includes(source) ?? true);
}

function grouped(): ReadonlyMap<string, readonly Default[]> {
  const groups = new Map<string, Default[]>();
  for (const row of DEFAULTS) groups.set(row.type, [...(groups.get(row.type) ?? []), row]);
  return groups;
}
