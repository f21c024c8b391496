import type { FileAccess } from '../../reader.js';
import type { MapNode } from '../../source/index.js';
import { below, folderOf } from './folder.js';
import { mapField, textField, textsOf } from './json-field.js';
import { readMap } from './read-json.js';

/** Where an asset of an assembly lies, by the path its manifest gives it and by the object key it will have in S3. */
export interface Assets {
  readonly byPath: ReadonlyMap<string, string>;
  readonly byKey: ReadonlyMap<string, string>;
}

/** The assets of a list (`*.assets.json`) that may be templates: single JSON or YAML files. */
export function templateAssets(list: MapNode, root: string, folder: string): Assets {
  const byPath = new Map<string, string>();
  const byKey = new Map<string, string>();
  for (const { value } of mapField(list, 'files')?.entries ?? []) {
    const asset = value.kind === 'map' ? value : undefined;
    const source = mapField(asset, 'source');
    const path = textField(source, 'path');
    const file =
      path !== undefined && textField(source, 'packaging') !== 'zip' && /\.(json|ya?ml|template)$/.test(path)
        ? below(root, folder, path)
        : undefined;
    if (path === undefined || file === undefined) continue;
    byPath.set(path, file);
    for (const destination of mapField(asset, 'destinations')?.entries ?? []) {
      const key = destination.value.kind === 'map' ? textField(destination.value, 'objectKey') : undefined;
      if (key !== undefined) byKey.set(key, file);
    }
  }
  return { byPath, byKey };
}

/** More nested stacks than any stack can hold; a hostile assembly could name them without end. */
const MOST_NESTED = 1_000;

/**
 * The nested templates of a stack by address (`Outer/Inner`): a nested stack names its template by the metadata `aws:asset:path`
 * where the app writes asset metadata, else by the object key at the end of its `TemplateURL`.
 * Templates are read only where the stack has assets besides its own template that may be templates.
 */
export function nestedTemplates(template: string, assets: Assets, access: FileAccess): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if ([...assets.byPath.values()].some((file) => file !== template)) collect(template, '', [], assets, access, found);
  return found;
}

function collect(
  template: string,
  prefix: string,
  parents: readonly string[],
  assets: Assets,
  access: FileAccess,
  found: Map<string, string>,
): void {
  if (parents.includes(template)) return;
  const read = readMap(template, access);
  // What is wrong with a template is said when it is read as one.
  if (!read.ok) return;
  for (const { key, value } of mapField(read.map, 'Resources')?.entries ?? []) {
    if (value.kind !== 'map' || textField(value, 'Type') !== 'AWS::CloudFormation::Stack') continue;
    const nested = nestedFile(value, template, assets);
    if (nested === undefined) continue;
    if (found.size >= MOST_NESTED) return;
    found.set(prefix + key, nested);
    collect(nested, `${prefix}${key}/`, [...parents, template], assets, access, found);
  }
}

function nestedFile(resource: MapNode, template: string, assets: Assets): string | undefined {
  const path = textField(mapField(resource, 'Metadata'), 'aws:asset:path');
  if (path !== undefined) return assets.byPath.get(path) ?? below('', folderOf(template), path);
  const url = textsOf(mapField(resource, 'Properties')?.byKey.get('TemplateURL')?.value);
  for (const text of url) {
    for (const [key, file] of assets.byKey) if (text === key || text.endsWith(`/${key}`)) return file;
  }
  return undefined;
}
