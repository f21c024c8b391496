import { EMPTY_WORLD, type FileOrigin, holds, type Path, type Span, type World } from '../../model/index.js';
import type { SourceNode } from '../source/node.js';
import { callOf } from './call.js';
import { entriesOf, hasDirectives } from './entries.js';
import type { Entry, Env } from './stack.js';

/** Where a value is written: its node, the key before it, and the file both are in. */
interface Spot {
  readonly node: SourceNode;
  readonly key: Span | undefined;
  readonly env: Env;
}

/** `depth` is how many steps of the path are written there. */
interface Found {
  readonly origin: FileOrigin;
  readonly exact: boolean;
  readonly depth: number;
}

/** The place of the value at `path` below `start`, as it is written in `world`. */
export function placeOf(start: Spot, path: Path, world: World = EMPTY_WORLD): Found {
  let at = settled(start, world);
  let depth = 0;
  for (; depth < path.length; depth += 1) {
    // What a function gives, and what a text of JSON holds, is written in that one place.
    if (at.node.kind === 'scalar' || callOf(at.node) !== undefined) return { origin: origin(at), exact: true, depth };
    const next = step(at, path[depth] as string | number, world); // below the length
    if (next === undefined) return { origin: origin(at), exact: false, depth };
    at = settled(next, world);
  }
  return { origin: origin(at), exact: true, depth };
}

function step(at: Spot, name: string | number, world: World): Spot | undefined {
  if (at.node.kind === 'map') {
    const entry = findEntry(at.node, String(name), at.env);
    if (entry === undefined) return undefined;
    const found = { node: entry.value, key: entry.keySpan, env: entry.env };
    return isAbsent(found, world) ? undefined : found;
  }
  if (at.node.kind !== 'list') return undefined;
  let index = 0;
  for (const item of at.node.items) {
    const found = { node: item, key: undefined, env: at.env };
    if (isAbsent(found, world)) continue;
    if (index === Number(name)) return found;
    index += 1;
  }
  return undefined;
}

function findEntry(node: SourceNode & { readonly kind: 'map' }, name: string, env: Env): Entry | undefined {
  if (hasDirectives(node, env)) return entriesOf(node, env).entries.find((entry) => entry.key === name);
  const entry = node.byKey.get(name);
  return entry === undefined ? undefined : { ...entry, env };
}

/** Goes through every `Fn::If` that the world decides, to the branch taken. */
function settled(spot: Spot, world: World): Spot {
  const taken = branch(spot, world);
  return taken === undefined ? spot : settled(taken, world);
}

function branch({ node, env }: Spot, world: World): Spot | undefined {
  const call = callOf(node);
  if (call?.name !== 'Fn::If' || call.argument.kind !== 'list') return undefined;
  const [condition, then, otherwise] = call.argument.items;
  if (condition === undefined || then === undefined || otherwise === undefined) return undefined;
  const truth = holds(env.stack.conditionOf(condition, env), world);
  return truth === undefined ? undefined : { node: truth ? then : otherwise, key: undefined, env };
}

function isAbsent(spot: Spot, world: World): boolean {
  const call = callOf(settled(spot, world).node);
  return call?.name === 'Ref' && call.argument.kind === 'scalar' && call.argument.value === 'AWS::NoValue';
}

/** A scalar or function by its own range; a map or list that goes on below its key by the key, so that what is shown stays small. */
function origin({ node, key, env }: Spot): FileOrigin {
  const { file, lines } = env.file;
  const range = lines.range(node);
  if (key === undefined || node.kind === 'scalar' || callOf(node) !== undefined) return { kind: 'file', file, range };
  const keyRange = lines.range(key);
  return { kind: 'file', file, range: keyRange.start.line === range.end.line ? range : keyRange };
}
