import type { SourceNode } from '../source/node.js';

/** A use of a function of the template language, in its long or short form. */
export interface Call {
  /** `Ref`, `Condition` or `Fn::…`. */
  readonly name: string;
  readonly argument: SourceNode;
}

const SHORT_FORMS: ReadonlyMap<string, string> = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...[
    'And',
    'Base64',
    'Cidr',
    'Equals',
    'FindInMap',
    'GetAtt',
    'GetAZs',
    'If',
    'ImportValue',
    'Join',
    'Length',
    'Not',
    'Or',
    'Select',
    'Split',
    'Sub',
    'ToJsonString',
    'Transform',
  ].map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
]);

/** The function that `node` calls, or undefined where it is plain data. */
export function callOf(node: SourceNode): Call | undefined {
  if (node.tag !== undefined) {
    const name = SHORT_FORMS.get(node.tag);
    return name === undefined ? undefined : { name, argument: withoutTag(node) };
  }
  if (node.kind !== 'map' || node.entries.length !== 1) return undefined;
  const entry = node.entries[0];
  if (entry === undefined) return undefined;
  if (entry.key === 'Ref') return { name: 'Ref', argument: entry.value };
  if (!entry.key.startsWith('Fn::') || entry.key.startsWith('Fn::ForEach::')) return undefined;
  return { name: entry.key, argument: entry.value };
}

/** `{Condition: Name}` and `!Condition Name`: a call only where a condition is expected, else a property that happens to be called so. */
export function conditionCallOf(node: SourceNode): Call | undefined {
  if (node.tag === undefined && node.kind === 'map' && node.entries.length === 1 && node.entries[0]?.key === 'Condition') {
    return { name: 'Condition', argument: node.entries[0].value };
  }
  return callOf(node);
}

function withoutTag(node: SourceNode): SourceNode {
  const { tag: _, ...rest } = node;
  return rest;
}
