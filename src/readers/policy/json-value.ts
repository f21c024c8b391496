import type { Value } from '../../model/index.js';
import type { SourceNode } from '../source/index.js';

/** A tree of JSON as plain data. */
export function jsonValue(node: SourceNode): Value {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(jsonValue);
    case 'map': {
      // Without a prototype, so that a member named `__proto__` is a member.
      const value: Record<string, Value> = Object.create(null);
      for (const entry of node.entries) value[entry.key] = jsonValue(entry.value);
      return value;
    }
  }
}
