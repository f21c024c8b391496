import { ABSENT, Absent, Unknown, type Value } from '../../model/index.js';
import type { ListNode, MapNode, ScalarNode, SourceNode } from '../source/node.js';
import { bind } from './binding.js';
import { callOf } from './call.js';
import { choose } from './choice.js';
import { entriesOf, hasDirectives, type Written } from './entries.js';
import { transformed } from './include.js';
import { cidr } from './intrinsics/cidr.js';
import { findInMap } from './intrinsics/find-in-map.js';
import { importValue } from './intrinsics/import-value.js';
import { base64, getAzs, join, length, select, split } from './intrinsics/list.js';
import { getAtt, malformed, ref } from './intrinsics/reference.js';
import { sub } from './intrinsics/sub.js';
import { toJsonString } from './intrinsics/to-json-string.js';
import type { Env, Intrinsic } from './stack.js';

/** Functions that see their arguments evaluated. `Fn::If`, which sees one of two, is apart. */
const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', ref],
  ['Fn::Base64', base64],
  ['Fn::Cidr', cidr],
  ['Fn::FindInMap', findInMap],
  ['Fn::GetAtt', getAtt],
  ['Fn::GetAZs', getAzs],
  ['Fn::ImportValue', importValue],
  ['Fn::Join', join],
  ['Fn::Length', length],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Sub', sub],
  ['Fn::ToJsonString', toJsonString],
]);

/** The value that a piece of template has. `ABSENT` is what `AWS::NoValue` gives. */
export function evaluate(node: SourceNode, env: Env): Value {
  const call = node.kind === 'map' || node.tag !== undefined ? callOf(node) : undefined;
  if (call === undefined) return evaluateData(node, env);
  const { name, argument } = call;
  if (name === 'Fn::If') return evaluateIf(argument, env);
  if (name === 'Ref' && argument.kind === 'scalar' && argument.value === 'AWS::NoValue') return ABSENT;
  const intrinsic = INTRINSICS.get(name);
  if (intrinsic !== undefined) return intrinsic(evaluate(argument, env), env, argument);
  if (name === 'Fn::Transform') return mapOf(transformed(argument, env, entriesOf), env);
  return unknownFunction(name, node, env);
}

function evaluateData(node: SourceNode, env: Env): Value {
  switch (node.kind) {
    case 'scalar':
      return evaluateScalar(node, env);
    case 'list':
      return evaluateList(node, env);
    case 'map':
      return evaluateMap(node, env);
  }
}

function evaluateScalar(node: ScalarNode, env: Env): Value {
  const { value, source } = node;
  if (typeof value === 'string') return env.bindings.size === 0 ? value : bind(value, env.bindings);
  // `1.10` and `8.0` are versions as often as numbers: the text is kept, and becomes a number where the schema asks for one.
  if (typeof value === 'number' && source.includes('.') && String(value) !== source) return source;
  return value;
}

function evaluateList(node: ListNode, env: Env): Value {
  const { path } = env.stack.reading.cursor;
  const values: Value[] = [];
  for (const item of node.items) {
    path.push(values.length);
    const value = evaluate(item, env);
    path.pop();
    if (!(value instanceof Absent)) values.push(value);
  }
  return values;
}

function evaluateMap(node: MapNode, env: Env): Value {
  if (hasDirectives(node, env)) return mapOf(entriesOf(node, env), env);
  const { path } = env.stack.reading.cursor;
  const values: Record<string, Value> = {};
  for (const { key, value: child } of node.entries) {
    path.push(key);
    const value = evaluate(child, env);
    path.pop();
    if (!(value instanceof Absent)) setOwn(values, key, value);
  }
  return values;
}

/** A map whose loops and includes are written out. */
function mapOf({ entries, macro }: Written, env: Env): Value {
  const { path } = env.stack.reading.cursor;
  const values: Record<string, Value> = {};
  for (const { key, value: child, env: inner } of entries) {
    path.push(key);
    const value = evaluate(child, inner);
    path.pop();
    if (!(value instanceof Absent)) setOwn(values, key, value);
  }
  // A macro may change and drop what stands beside it: nothing of the map is certain.
  return macro === undefined ? values : new Unknown(macro);
}

/** `__proto__` is a key like any other in a template. */
function setOwn(map: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__') Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  else map[key] = value;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html#intrinsic-function-reference-conditions-if */
function evaluateIf(argument: SourceNode, env: Env): Value {
  const parts = argument.kind === 'list' ? argument.items : [];
  const [condition, then, otherwise] = parts;
  if (condition === undefined || then === undefined || otherwise === undefined) {
    return malformed('Fn::If', '[ConditionName, value if true, value if false]', env, argument);
  }
  const formula = env.stack.conditionOf(condition, env);
  if (formula.op === 'constant') return evaluate(formula.value ? then : otherwise, env);
  const { cursor } = env.stack.reading;
  cursor.choices += 1;
  const value = choose(formula, evaluate(then, env), evaluate(otherwise, env));
  cursor.choices -= 1;
  return value;
}

function unknownFunction(name: string, node: SourceNode, env: Env): Value {
  // A function that CloudFormation gained later, or one of `Rules`: its result is open, its references still count.
  if (node.kind === 'map') for (const entry of node.entries) evaluate(entry.value, env);
  return new Unknown({ kind: 'computed', words: `the result of ${name}` });
}
