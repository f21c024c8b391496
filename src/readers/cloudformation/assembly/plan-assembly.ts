import type { Diagnostic } from '../../../model/index.js';
import type { FileAccess, ScopeSeed } from '../../reader.js';
import type { MapNode } from '../../source/index.js';
import { below, folderOf } from './folder.js';
import { mapField, textField } from './json-field.js';
import { type Assets, nestedTemplates, templateAssets } from './nested-templates.js';
import { mapOfText, readMap } from './read-json.js';

/** What a cloud assembly (a `cdk.out` folder) holds. */
export interface AssemblyPlan {
  /** One for each stack, those of its stages included. */
  readonly seeds: readonly ScopeSeed[];
  /** Other files that belong to it and are not read as templates of their own, with the reason for the list of skipped files. */
  readonly owned: readonly { readonly file: string; readonly reason: string }[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Plan {
  /** The folder of the outermost manifest: what the assembly may name lies below it. */
  readonly root: string;
  readonly access: FileAccess;
  readonly seeds: ScopeSeed[];
  readonly owned: Map<string, string>;
  readonly diagnostics: Diagnostic[];
  readonly visited: Set<string>;
}

/**
 * Reads a cloud assembly's `manifest.json` (`@aws-cdk/cloud-assembly-schema`): every stack with its account and Region and the
 * files of its nested templates. A manifest of another kind gives an empty plan.
 */
export function planAssembly(manifestFile: string, manifestText: string, access: FileAccess): AssemblyPlan {
  const plan: Plan = {
    root: folderOf(manifestFile),
    access,
    seeds: [],
    owned: new Map(),
    diagnostics: [],
    visited: new Set([manifestFile]),
  };
  const read = mapOfText(manifestFile, manifestText);
  if (read.ok) addManifest(plan, manifestFile, read.map);
  else plan.diagnostics.push(read.diagnostic);
  const taken = new Set(plan.seeds.map((seed) => seed.file));
  const owned = [...plan.owned].filter(([file]) => !taken.has(file)).map(([file, reason]) => ({ file, reason }));
  return { seeds: plan.seeds, owned, diagnostics: plan.diagnostics };
}

function addManifest(plan: Plan, file: string, manifest: MapNode): void {
  const folder = folderOf(file);
  plan.owned.set(file, 'manifest of a cloud assembly');
  const artifacts = mapField(manifest, 'artifacts');
  const assets = assetLists(plan, file, artifacts);
  for (const { key, value } of artifacts?.entries ?? []) {
    if (value.kind !== 'map') continue;
    const properties = mapField(value, 'properties');
    switch (textField(value, 'type')) {
      case 'aws:cloudformation:stack':
        addStack(plan, file, key, value, assets);
        break;
      case 'cdk:cloud-assembly':
        addStage(plan, file, textField(properties, 'directoryName'));
        break;
      case 'cdk:tree':
        own(plan, folder, textField(properties, 'file'), 'construct tree of a cloud assembly');
        break;
      default:
        break;
    }
  }
}

function addStack(plan: Plan, manifest: string, id: string, artifact: MapNode, assets: Assets): void {
  const folder = folderOf(manifest);
  own(plan, folder, textField(artifact, 'additionalMetadataFile'), 'metadata of a cloud assembly');
  const name = textField(mapField(artifact, 'properties'), 'templateFile');
  const template = name === undefined ? undefined : below(plan.root, folder, name);
  if (template === undefined) {
    malformed(plan, manifest, `Stack ${id} of the cloud assembly names no template file below the assembly.`);
    return;
  }
  const nested = nestedTemplates(template, assets, plan.access);
  for (const file of nested.values()) plan.owned.set(file, 'nested template, read with its parent');
  const { account, region } = environmentOf(textField(artifact, 'environment'));
  plan.seeds.push({
    kind: 'cloudformation',
    file: template,
    // A stack may be empty, which is no template and no fault.
    named: false,
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    ...(nested.size === 0 ? {} : { nested: Object.fromEntries(nested) }),
  });
}

/** A stage's stacks are an assembly of their own in a folder below. */
function addStage(plan: Plan, manifest: string, directory: string | undefined): void {
  const file = directory === undefined ? undefined : below(plan.root, folderOf(manifest), `${directory}/manifest.json`);
  if (file === undefined) {
    malformed(plan, manifest, 'A stage of the cloud assembly names no folder below the assembly.');
    return;
  }
  if (plan.visited.has(file)) return;
  plan.visited.add(file);
  const read = readMap(file, plan.access);
  if (read.ok) addManifest(plan, file, read.map);
  else plan.diagnostics.push(read.diagnostic);
}

/** The assets of every list that the manifest names, joined: their paths and keys are unique in an assembly. */
function assetLists(plan: Plan, manifest: string, artifacts: MapNode | undefined): Assets {
  const folder = folderOf(manifest);
  const byPath = new Map<string, string>();
  const byKey = new Map<string, string>();
  for (const { value } of artifacts?.entries ?? []) {
    if (value.kind !== 'map' || textField(value, 'type') !== 'cdk:asset-manifest') continue;
    const file = own(plan, folder, textField(mapField(value, 'properties'), 'file'), 'list of assets of a cloud assembly');
    const read = file === undefined ? undefined : readMap(file, plan.access);
    if (read === undefined) continue;
    if (!read.ok) {
      plan.diagnostics.push(read.diagnostic);
      continue;
    }
    const found = templateAssets(read.map, plan.root, folder);
    for (const [path, asset] of found.byPath) byPath.set(path, asset);
    for (const [key, asset] of found.byKey) byKey.set(key, asset);
  }
  return { byPath, byKey };
}

function own(plan: Plan, folder: string, path: string | undefined, reason: string): string | undefined {
  const file = path === undefined ? undefined : below(plan.root, folder, path);
  if (file !== undefined) plan.owned.set(file, reason);
  return file;
}

function malformed(plan: Plan, file: string, message: string): void {
  plan.diagnostics.push({ level: 'error', code: 'assembly-malformed', message, help: 'Run cdk synth again.', file });
}

/** `aws://111122223333/eu-west-1`; what synthesis did not know is `unknown-account` and `unknown-region`. */
function environmentOf(environment: string | undefined): { readonly account?: string; readonly region?: string } {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment ?? '') ?? [];
  return {
    ...(account !== undefined && /^\d{12}$/.test(account) ? { account } : {}),
    ...(region !== undefined && region !== 'unknown-region' ? { region } : {}),
  };
}
