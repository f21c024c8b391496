import { ALWAYS, type FileOrigin, formatPath, type Path, type Span, type Value, type VariableId, type World } from '../../model/index.js';
import type { SourceNode } from '../source/node.js';
import { evaluate } from './evaluate.js';
import { and } from './formula.js';
import type { OpenStack } from './open-stack.js';
import { type DeclaredParameter, isNoEcho, parameterId } from './parameter.js';
import { placeOf } from './place.js';
import { type Reading, type Use, withCursor } from './reading.js';
import type { ResourceDraft } from './resource-draft.js';
import { type Entry, type Env, resourceId } from './stack.js';

/** A template's parameters, its outputs and the template itself as resources of our own types, so that rules can judge them. */
export function declarationDrafts(stack: OpenStack): readonly ResourceDraft[] {
  return [
    ...stack.declaredParameters.map((parameter) => parameterDraft(parameter, stack)),
    ...outputDrafts(stack),
    ...templateDraft(stack),
  ];
}

/** Where the declaration's members stand: as written, but for those that our type calls otherwise. */
interface Written {
  readonly node: SourceNode;
  readonly key: Span;
  readonly env: Env;
  readonly renamed: Readonly<Record<string, readonly string[]>>;
}

function draft(stack: OpenStack, type: string, logicalId: string, name: string, properties: Value, written: Written): ResourceDraft {
  const { node, key, env, renamed } = written;
  const look = { node, key: undefined, env: { ...env, purpose: 'look' as const } };
  const own: FileOrigin = { kind: 'file', file: env.file.file, range: env.file.lines.range(key) };
  return {
    id: resourceId(stack, logicalId),
    type,
    address: `${stack.path}${logicalId}`,
    name,
    properties,
    attributes: {},
    exists: ALWAYS,
    origin: { ...own, range: env.file.lines.range({ start: key.start, end: Math.max(key.end, node.end) }) },
    place(path: Path, world?: World) {
      if (path.length === 0) return { origin: own, exact: true };
      const first = String(path[0]);
      const found = placeOf(look, [...(Object.hasOwn(renamed, first) ? (renamed[first] ?? []) : [first]), ...path.slice(1)], world);
      return found.depth === 0 ? { origin: own, exact: false } : { origin: found.origin, exact: found.exact };
    },
  };
}

const PARAMETER_MEMBERS = ['Type', 'Default', 'AllowedValues', 'AllowedPattern', 'Description', 'MinLength', 'MaxLength'] as const;

function parameterDraft(parameter: DeclaredParameter, stack: OpenStack): ResourceDraft {
  const { name, node, keySpan, file } = parameter;
  const env: Env = { ...stack.env, file };
  const properties: Record<string, Value> = { Name: name, NoEcho: isNoEcho(node) };
  for (const member of PARAMETER_MEMBERS) {
    const written = node.byKey.get(member)?.value;
    if (written !== undefined) properties[member] = evaluate(written, env);
  }
  properties.FeedsProperties = usesOf(parameterId(stack.path, name), stack.reading).map((use) => ({
    resource: use.resource,
    type: use.type,
    path: formatPath(use.path),
  }));
  return draft(stack, 'Keyward::CloudFormation::Parameter', `Parameters.${name}`, name, properties, {
    node,
    key: keySpan,
    env,
    renamed: {},
  });
}

/** Where a parameter is used, what it is handed on to in nested stacks included. */
function usesOf(id: VariableId, reading: Reading): readonly Use[] {
  return (reading.uses.get(id) ?? []).flatMap((use) => {
    const handedOn = use.type === 'AWS::CloudFormation::Stack' && use.path[0] === 'Parameters' && use.path.length > 1;
    return handedOn ? [use, ...usesOf(parameterId(`${use.resource}/`, String(use.path[1])), reading)] : [use];
  });
}

function outputDrafts(stack: OpenStack): readonly ResourceDraft[] {
  return [...stack.outputs.values()].flatMap((output) => (output.value.kind === 'map' ? [outputDraft(output, stack)] : []));
}

function outputDraft({ key, keySpan, value, env, exists }: Entry, stack: OpenStack): ResourceDraft {
  const properties: Record<string, Value> = { Name: key, Value: stack.output(key) ?? null };
  const members = value.kind === 'map' ? value.byKey : new Map<string, never>();
  const exported = members.get('Export')?.value;
  const exportName = exported?.kind === 'map' ? exported.byKey.get('Name')?.value : undefined;
  const description = members.get('Description')?.value;
  const look: Env = { ...env, purpose: 'look' };
  withCursor(stack.reading, undefined, () => {
    if (exportName !== undefined) properties.ExportName = evaluate(exportName, look);
    if (description !== undefined) properties.Description = evaluate(description, look);
  });
  const made = draft(stack, 'Keyward::CloudFormation::Output', `Outputs.${key}`, key, properties, {
    node: value,
    key: keySpan,
    env,
    renamed: { ExportName: ['Export', 'Name'] },
  });
  return { ...made, exists: and([stack.input.exists, exists ?? ALWAYS]) };
}

function templateDraft(stack: OpenStack): readonly ResourceDraft[] {
  const { root } = stack.input;
  const first = root.entries[0];
  if (first === undefined) return [];
  const look: Env = { ...stack.env, purpose: 'look' };
  const properties: Record<string, Value> = {};
  withCursor(stack.reading, undefined, () => {
    for (const member of ['Metadata', 'Description', 'Transform']) {
      const written = root.byKey.get(member)?.value;
      if (written !== undefined) properties[member] = evaluate(written, look);
    }
  });
  return [
    draft(stack, 'Keyward::CloudFormation::Template', '(template)', 'the template', properties, {
      node: root,
      key: first.keySpan,
      env: stack.env,
      renamed: {},
    }),
  ];
}
