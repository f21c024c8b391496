import { expandSam, type SamExpansion } from '../../../src/readers/cloudformation/sam/index.js';
import { type MapNode, parseYaml, type SourceNode } from '../../../src/readers/source/index.js';

export interface Made {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

export function rootOf(text: string): MapNode {
  const { node, problems } = parseYaml(text, { depth: 200 });
  if (node?.kind !== 'map') throw new Error(problems[0]?.message ?? 'no map');
  return node;
}

/** What the transform makes of a template, as plain JavaScript in long form. */
export function expanded(text: string): {
  readonly resources: Readonly<Record<string, Made>>;
  readonly root: Readonly<Record<string, unknown>>;
  readonly expansion: SamExpansion;
} {
  const expansion = expandSam(rootOf(text));
  // The tests look only at what they know is there.
  const root = longForm(expansion.root) as Record<string, unknown>;
  return { root, resources: root.Resources as Record<string, Made>, expansion };
}

/** One function with the given lines of properties, at 6 spaces. */
export function functionWith(properties: string, rest = ''): string {
  const lines = properties.split('\n').map((line) => `      ${line}`);
  return [
    'Transform: AWS::Serverless-2016-10-31',
    'Resources:',
    '  Fn:',
    '    Type: AWS::Serverless::Function',
    '    Properties:',
    '      Handler: index.handler',
    '      Runtime: nodejs22.x',
    ...lines,
    rest,
  ].join('\n');
}

export function longForm(node: SourceNode): unknown {
  const value =
    node.kind === 'scalar'
      ? node.value
      : node.kind === 'list'
        ? node.items.map(longForm)
        : Object.fromEntries(node.entries.map((entry) => [entry.key, longForm(entry.value)]));
  if (node.tag === undefined) return value;
  const name = node.tag.slice(1);
  return {
    [name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`]:
      name === 'GetAtt' && typeof value === 'string' ? value.split('.') : value,
  };
}

/** Ids and types, in order. */
export function kinds(resources: Readonly<Record<string, Made>>): readonly string[] {
  return Object.entries(resources).map(([id, { Type }]) => `${id} ${Type.replace('AWS::', '')}`);
}
