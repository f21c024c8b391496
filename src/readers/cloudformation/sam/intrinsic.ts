import type { MapNode, SourceNode } from '../../source/index.js';
import type { MadeMap } from './made.js';

/** A call of an intrinsic function in its long name, whichever way it is written. */
export interface IntrinsicCall {
  readonly name: string;
  readonly argument: SourceNode;
}

export function intrinsicCall(node: SourceNode): IntrinsicCall | undefined {
  if (node.tag !== undefined) {
    const short = node.tag.slice(1);
    const { tag: _, ...argument } = node;
    // Without its tag a node is what it was otherwise.
    return { name: short === 'Ref' || short === 'Condition' ? short : `Fn::${short}`, argument: argument as SourceNode };
  }
  const only = node.kind === 'map' && node.entries.length === 1 ? node.entries[0] : undefined;
  if (only === undefined || !/^(Ref|Condition|Fn::(?!ForEach::).+)$/.test(only.key)) return undefined;
  return { name: only.key, argument: only.value };
}

/** The logical id that a `Ref` names. */
export function refTarget(node: SourceNode | undefined): string | undefined {
  const call = node && intrinsicCall(node);
  return call?.name === 'Ref' && call.argument.kind === 'scalar' ? call.argument.source : undefined;
}

/** The logical id that a `Ref` or `Fn::GetAtt` names. */
export function targetId(node: SourceNode | undefined): string | undefined {
  const call = node && intrinsicCall(node);
  if (call?.name !== 'Fn::GetAtt') return refTarget(node);
  const first = call.argument.kind === 'list' ? call.argument.items[0] : call.argument;
  return first?.kind === 'scalar' ? first.source.split('.')[0] : undefined;
}

export function isNoValue(node: SourceNode | undefined): boolean {
  return refTarget(node) === 'AWS::NoValue';
}

/** The three arms of an `Fn::If`: condition, then, otherwise. */
export function ifArms(node: SourceNode): readonly [SourceNode, SourceNode, SourceNode] | undefined {
  const call = intrinsicCall(node);
  if (call?.name !== 'Fn::If' || call.argument.kind !== 'list') return undefined;
  const [condition, then, otherwise] = call.argument.items;
  return condition && then && otherwise ? [condition, then, otherwise] : undefined;
}

export function ref(id: string): MadeMap {
  return { Ref: id };
}

export function attribute(id: string, name: string): MadeMap {
  return { 'Fn::GetAtt': [id, name] };
}

export function sub(text: string, variables: MadeMap = {}): MadeMap {
  return { 'Fn::Sub': Object.keys(variables).length === 0 ? text : [text, variables] };
}

/** `${name}` for `Fn::Sub`. */
export function hole(name: string): string {
  return `\${${name}}`;
}

/** An ARN of the account and Region that the stack is in, as text for `Fn::Sub`. */
export function localArn(service: string, rest: string): string {
  return `arn:${hole('AWS::Partition')}:${service}:${hole('AWS::Region')}:${hole('AWS::AccountId')}:${rest}`;
}

/** The value of a property. A value that is `AWS::NoValue` counts as not written. */
export function property(map: MapNode | undefined, name: string): SourceNode | undefined {
  const value = map?.byKey.get(name)?.value;
  return isNoValue(value) ? undefined : value;
}

/** The value of a property where it is a map that is no intrinsic. */
export function mapProperty(map: MapNode | undefined, name: string): MapNode | undefined {
  return plainMap(property(map, name));
}

export function plainMap(node: SourceNode | undefined): MapNode | undefined {
  return node?.kind === 'map' && intrinsicCall(node) === undefined ? node : undefined;
}

/** The text of a property where it is written as one. */
export function textProperty(map: MapNode | undefined, name: string): string | undefined {
  return plainText(property(map, name));
}

export function plainText(node: SourceNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.tag === undefined && node.value !== null ? node.source : undefined;
}

/** The items of a list; a single value counts as a list of it, as SAM takes it. */
export function itemsOf(node: SourceNode | undefined): readonly SourceNode[] {
  if (node === undefined) return [];
  return node.kind === 'list' && node.tag === undefined ? node.items : [node];
}

/** True for a property set to true, false for false, undefined for what can't be told here. */
export function flag(node: SourceNode | undefined): boolean | undefined {
  const text = plainText(node);
  if (node?.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
  return text === undefined ? undefined : /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : undefined;
}
