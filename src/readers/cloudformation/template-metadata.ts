import type { Scope, Value, ValueMap } from '../../model/index.js';
import type { SourceNode } from '../source/node.js';
import type { OpenStack } from './open-stack.js';

type TemplateMetadata = NonNullable<Scope['templateMetadata']>;

/** The `keyward` entry of each template's `Metadata`, as written: what decides about findings hangs on no parameter. */
export function templateMetadata(stacks: readonly OpenStack[]): TemplateMetadata {
  const found = new Map<string, TemplateMetadata[number]>();
  for (const { root, file } of stacks) {
    const metadata = root.byKey.get('Metadata')?.value;
    const entry = metadata?.kind === 'map' ? metadata.byKey.get('keyward') : undefined;
    if (entry === undefined) continue;
    const at = file.lines.range(entry.keySpan).start;
    found.set(file.file, { file: file.file, at, metadata: { keyward: plain(entry.value) } });
  }
  return [...found.values()];
}

function plain(node: SourceNode): Value {
  if (node.tag !== undefined) return null;
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plain);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)])) satisfies ValueMap;
  }
}
