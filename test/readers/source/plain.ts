import type { SourceNode } from '../../../src/readers/source/index.js';

/** The tree as plain JavaScript, a tag as `{ '!Tag': value }`. */
export function plain(node: SourceNode): unknown {
  const value =
    node.kind === 'scalar'
      ? node.value
      : node.kind === 'list'
        ? node.items.map(plain)
        : Object.fromEntries(node.entries.map((entry) => [entry.key, plain(entry.value)]));
  return node.tag === undefined ? value : { [node.tag]: value };
}

/** Every node of the tree with what the text says at its place. */
export function slices(node: SourceNode, text: string): unknown {
  const own = text.slice(node.start, node.end);
  if (node.kind === 'scalar') return own;
  if (node.kind === 'list') return [own, ...node.items.map((item) => slices(item, text))];
  return [own, ...node.entries.map((entry) => [text.slice(entry.keySpan.start, entry.keySpan.end), slices(entry.value, text)])];
}
