import type { MapNode, SourceNode } from '../../source/index.js';
import { intrinsicCall } from './intrinsic.js';
import { mapOf } from './made.js';

/**
 * A tree in which `Ref`, `Fn::GetAtt` and `Fn::Sub` name what SAM made where they used SAM's names for it:
 * `!Ref Function.Alias` becomes `!Ref FunctionAliaslive` (AWS SAM guide, "Referencing generated resources").
 * Parts that name nothing of the kind are the same nodes.
 */
export function withNames<Node extends SourceNode>(node: Node, names: ReadonlyMap<string, string>): Node {
  // The kind of a node never changes below.
  return names.size === 0 ? node : (renamed(node, names) as Node);
}

function renamed(node: SourceNode, names: ReadonlyMap<string, string>): SourceNode {
  const call = node.tag === undefined ? undefined : intrinsicCall(node);
  if (call !== undefined) {
    const argument = renamedArgument(call.name, call.argument, names);
    return argument === call.argument ? node : { ...argument, ...(node.tag === undefined ? {} : { tag: node.tag }) };
  }
  if (node.kind === 'scalar') return node;
  if (node.kind === 'list') {
    const items = node.items.map((item) => renamed(item, names));
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }
  return renamedMap(node, names);
}

function renamedMap(map: MapNode, names: ReadonlyMap<string, string>): SourceNode {
  const entries = map.entries.map((entry) => {
    const value = /^(Ref|Fn::GetAtt|Fn::Sub)$/.test(entry.key)
      ? renamedArgument(entry.key, entry.value, names)
      : renamed(entry.value, names);
    return value === entry.value ? entry : { ...entry, value };
  });
  return entries.every((entry, index) => entry === map.entries[index]) ? map : mapOf(map, entries);
}

function renamedArgument(name: string, argument: SourceNode, names: ReadonlyMap<string, string>): SourceNode {
  switch (name) {
    case 'Ref':
    case 'Fn::GetAtt':
      return name === 'Ref' || argument.kind === 'scalar'
        ? replaced(argument, (text) => replacedStart(text, names))
        : getAttList(argument, names);
    case 'Fn::Sub':
      if (argument.kind === 'scalar') return replaced(argument, (text) => replacedHoles(text, names));
      if (argument.kind === 'list') {
        const items = argument.items.map((item, index) =>
          index === 0 ? replaced(item, (text) => replacedHoles(text, names)) : renamed(item, names),
        );
        return items.every((item, index) => item === argument.items[index]) ? argument : { ...argument, items };
      }
      return argument;
    default:
      return renamed(argument, names);
  }
}

function getAttList(argument: SourceNode, names: ReadonlyMap<string, string>): SourceNode {
  if (argument.kind !== 'list') return argument;
  const [first, ...rest] = argument.items;
  if (first === undefined) return argument;
  const next = replaced(first, (text) => names.get(text) ?? text);
  return next === first ? argument : { ...argument, items: [next, ...rest] };
}

function replaced(node: SourceNode, change: (text: string) => string): SourceNode {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  const text = change(node.value);
  return text === node.value ? node : { ...node, value: text, source: text };
}

/** `Function.Alias`, or `Function.Alias.Attribute`. */
function replacedStart(text: string, names: ReadonlyMap<string, string>): string {
  const whole = names.get(text);
  if (whole !== undefined) return whole;
  const end = text.indexOf('.', text.indexOf('.') + 1);
  const start = end === -1 ? undefined : names.get(text.slice(0, end));
  return start === undefined ? text : start + text.slice(end);
}

function replacedHoles(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{([^!}][^}]*)\}/g, (whole, name: string) => {
    const next = replacedStart(name.trim(), names);
    return next === name.trim() ? whole : `\${${next}}`;
  });
}
