import { ABSENT, type FileOrigin, isMap, type Path, Unknown, type Value, type World } from '../../model/index.js';
import { evaluate } from './evaluate.js';
import { and } from './formula.js';
import type { OpenStack } from './open-stack.js';
import { placeOf } from './place.js';
import { report, withCursor } from './reading.js';
import type { ResourceDraft } from './resource-draft.js';
import { type Declared, type Env, resourceId } from './stack.js';

const NOT_ATTRIBUTES = new Set(['Type', 'Properties', 'Condition']);

/** The values of a declared resource; what it depends on is added to `links`. */
export function evaluateResource(
  declaration: Declared,
  stack: OpenStack,
  links: Map<string, Set<string>>,
  madeFrom: string | undefined,
): ResourceDraft {
  const { entry, logicalId, type, node, members, macro } = declaration;
  const { reading } = stack;
  const address = `${stack.path}${logicalId}`;
  const own = { address, logicalId, type };
  const written = members.get('Properties');
  const values = withCursor(reading, own, () => {
    const properties = written === undefined ? {} : evaluate(written.value, written.env);
    const attributes: Record<string, Value> = {};
    for (const { key, value, env } of members.values()) {
      if (NOT_ATTRIBUTES.has(key)) continue;
      const evaluated = evaluate(value, env);
      if (evaluated !== ABSENT) attributes[key] = evaluated;
    }
    return { properties: macro === undefined ? properties : new Unknown(macro), attributes };
  });
  linkDependencies(declaration, stack, links);
  const key = entry.keySpan;
  const look: Env = { ...entry.env, purpose: 'look' };
  const wholeResource = { node, key, env: look };
  const properties =
    written === undefined ? undefined : { node: written.value, key: undefined, env: { ...written.env, purpose: 'look' as const } };
  const ownOrigin = (): FileOrigin => ({ kind: 'file', file: entry.env.file.file, range: entry.env.file.lines.range(key) });
  return {
    id: resourceId(stack, logicalId),
    type,
    address,
    name: nameOf(logicalId, values.attributes.Metadata),
    ...values,
    properties: values.properties ?? {},
    exists: and([stack.input.exists, declaration.exists]),
    ...(madeFrom === undefined ? {} : { madeFrom }),
    origin: {
      kind: 'file',
      file: entry.env.file.file,
      range: entry.env.file.lines.range({ start: key.start, end: Math.max(key.end, node.end) }),
    },
    place(path: Path, world?: World, part: 'properties' | 'attributes' = 'properties') {
      if (path.length === 0) return { origin: ownOrigin(), exact: true };
      const start = part === 'attributes' ? wholeResource : properties;
      const found = start === undefined ? undefined : placeOf(start, path, world);
      return found?.depth === 0 || found === undefined
        ? { origin: ownOrigin(), exact: false }
        : { origin: found.origin, exact: found.exact };
    },
  };
}

/** The construct path of a resource made by the CDK, without its stack's name and the `Resource` at its end. */
function nameOf(logicalId: string, metadata: Value | undefined): string {
  const path = isMap(metadata) ? metadata['aws:cdk:path'] : undefined;
  if (typeof path !== 'string') return logicalId;
  const name = path
    .split('/')
    .slice(1)
    .join('/')
    .replace(/\/(Resource|Default)$/, '');
  return name === '' ? logicalId : name;
}

function linkDependencies({ members, logicalId }: Declared, stack: OpenStack, links: Map<string, Set<string>>): void {
  const entry = members.get('DependsOn');
  if (entry === undefined) return;
  for (const item of entry.value.kind === 'list' ? entry.value.items : [entry.value]) {
    const name = evaluate(item, { ...entry.env, purpose: 'look' });
    if (typeof name !== 'string' || stack.dropped.has(name)) continue;
    if (stack.resources.has(name)) {
      links.set(logicalId, (links.get(logicalId) ?? new Set<string>()).add(name));
      continue;
    }
    report(stack.reading, entry.env.file, item, {
      level: 'error',
      code: 'unresolved-reference',
      message: `DependsOn names ${JSON.stringify(name)}, which is no resource of this template.`,
      help: 'Correct the name, or add the resource.',
    });
  }
}
