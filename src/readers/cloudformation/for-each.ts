import { type Formula, isList, type Scalar, type Value } from '../../model/index.js';
import type { MapEntry, MapNode, SourceNode } from '../source/node.js';
import { firstUnknown } from './computed.js';
import { and } from './formula.js';
import { report, reportLimit } from './reading.js';
import type { Entry, Env } from './stack.js';
import { scalarText } from './text.js';
import { variableOf } from './variable.js';

/**
 * `Fn::ForEach::Name: [Identifier, Collection, {Key: Value}]` written out.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 */
export function loopEntries(
  entry: MapEntry,
  env: Env,
  entriesOf: (node: MapNode, env: Env) => { readonly entries: readonly Entry[] },
): readonly Entry[] {
  const [identifier, collection, body] = entry.value.kind === 'list' ? entry.value.items : [];
  if (identifier?.kind !== 'scalar' || collection === undefined || body?.kind !== 'map') {
    malformed(entry, env);
    return [];
  }
  const { values, exists } = valuesOf(collection, entry, env);
  const { reading } = env.stack;
  const made: Entry[] = [];
  for (const value of values) {
    if (reading.instances >= reading.options.limits.instances) {
      if (env.purpose === 'evaluate') reportLimit(reading, env.file, entry.keySpan, entry.key);
      break;
    }
    if (env.purpose === 'evaluate') reading.instances += 1;
    const bindings = new Map(env.bindings).set(scalarText(identifier.value), scalarText(value));
    for (const inner of entriesOf(body, { ...env, bindings }).entries) {
      made.push(exists === undefined ? inner : { ...inner, exists: and([exists, ...(inner.exists === undefined ? [] : [inner.exists])]) });
    }
  }
  return made;
}

/** What the loop runs over. A parameter's default is run over where nobody says otherwise, and then the entries exist only so. */
function valuesOf(collection: SourceNode, entry: MapEntry, env: Env): { readonly values: readonly Scalar[]; readonly exists?: Formula } {
  const value = env.stack.evaluate(collection, env);
  const list = isList(value) ? flattened(value) : undefined;
  if (list?.every(isScalar)) return { values: list };
  const variable = variableOf(value, env.stack.reading);
  const fallback = variable?.default;
  if (variable !== undefined && fallback !== undefined && isList(fallback) && fallback.every(isScalar)) {
    return { values: fallback, exists: { op: 'free', id: `${variable.id} is its default`, words: `${variable.words} is its default` } };
  }
  unknownCollection(value, entry, env);
  return { values: [] };
}

function flattened(list: readonly Value[]): readonly Value[] {
  return list.flatMap((item) => (isList(item) ? item : [item]));
}

function isScalar(value: Value): value is Scalar {
  return typeof value !== 'object' || value === null;
}

function unknownCollection(value: Value, entry: MapEntry, env: Env): void {
  if (env.purpose === 'look') return;
  const cause = firstUnknown([value]);
  const { reading } = env.stack;
  reading.gaps.push({
    where: `${env.stack.path}${entry.key}`,
    why: `The loop ${entry.key} runs over ${cause?.reason.words ?? 'a list that only deployment tells'}.`,
    leavesOpen: 'what the loop makes is not judged',
    ...(cause?.reason.settle === undefined ? {} : { settle: cause.reason.settle }),
    origin: { kind: 'file', file: env.file.file, range: env.file.lines.range(entry.keySpan) },
  });
}

function malformed(entry: MapEntry, env: Env): void {
  if (env.purpose === 'look') return;
  report(env.stack.reading, env.file, entry.keySpan, {
    level: 'error',
    code: 'malformed-intrinsic',
    message: `${entry.key} has not the form CloudFormation asks for.`,
    help: 'Write it as [Identifier, list, {OutputKey: OutputValue}].',
  });
}
