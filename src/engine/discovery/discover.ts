import { statSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../../model/index.js';
import { type FileAccess, planAssembly, type ScopeSeed } from '../../readers/index.js';
import { type AccessScope, nameOf, openAccess } from '../access/file-access.js';
import { globOf } from '../glob/glob.js';
import { findInputs, type GivenText, type Input, rootOf } from './inputs.js';
import { baseOf, repositoryOf } from './roots.js';
import { type Walked, walk } from './walk.js';

/** What a scan will read, and what it met and will not. File names are relative to `access.base`. */
export interface Discovery {
  readonly access: AccessScope;
  /** One for each scope, sorted by file, account and Region; no two alike. */
  readonly seeds: readonly ScopeSeed[];
  /** Bytes of the seeds' main files. */
  readonly bytes: number;
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  readonly others: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface DiscoveryRequest {
  readonly inputs: readonly string[];
  readonly workingFolder: string;
  readonly given?: GivenText;
  readonly maxBytes: number;
}

/** Finds every template below the inputs. An input that is not there is a UsageError. */
export function discover(request: DiscoveryRequest): Discovery {
  const inputs = findInputs(request.inputs, request.workingFolder, request.given);
  const access = accessFor(inputs, request);
  const files = openAccess(access);
  const found = inputs.map((input) => lookInto(input, access.base, files));
  const seeds = distinct(found.flatMap(({ seeds }) => seeds));
  return {
    access,
    seeds,
    bytes: seeds.reduce((sum, seed) => sum + bytesOf(access, seed.file), 0),
    skipped: found.flatMap(({ skipped }) => skipped),
    others: found.reduce((sum, { others }) => sum + others, 0),
    diagnostics: found.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Where the inputs let files be opened. */
function accessFor(inputs: readonly Input[], request: DiscoveryRequest): AccessScope {
  const roots = [...new Set(inputs.map(rootOf))];
  const base = baseOf(roots, request.workingFolder);
  const given = inputs.flatMap((input) => (input.kind === 'text' ? [[nameOf(base, input.path), input.text]] : []));
  return { base, roots, given: Object.fromEntries(given), maxBytes: request.maxBytes };
}

type Found = Omit<Discovery, 'access' | 'bytes'>;

function lookInto(input: Input, base: string, files: FileAccess): Found {
  switch (input.kind) {
    case 'file':
      if (path.basename(input.path) === 'manifest.json') return assembly(input.path, base, files, 'named');
      return only([seedOf(base, input.path, 'named')]);
    case 'text':
      return only([seedOf(base, input.path, 'named')]);
    case 'folder':
      return fromWalk(walk(input.path, base, repositoryOf(input.path)), base, files);
    case 'pattern': {
      const wanted = globOf(input.pattern);
      const met = walk(input.path, base, repositoryOf(input.path));
      const matching = (absolute: string): boolean => wanted(nameOf(input.path, absolute));
      return fromWalk({ ...met, candidates: met.candidates.filter(matching), assemblies: met.assemblies.filter(matching) }, base, files);
    }
  }
}

function fromWalk(met: Walked, base: string, files: FileAccess): Found {
  const assemblies = met.assemblies.map((folder) => assembly(path.join(folder, 'manifest.json'), base, files, 'met'));
  return {
    seeds: [...met.candidates.map((file) => seedOf(base, file, 'met')), ...assemblies.flatMap(({ seeds }) => seeds)],
    skipped: [
      ...met.skipped.map(({ path: skipped, reason }) => ({ file: nameOf(base, skipped) + (skipped.endsWith('/') ? '/' : ''), reason })),
      ...assemblies.flatMap(({ skipped }) => skipped),
    ],
    others: met.others,
    diagnostics: [...met.diagnostics, ...assemblies.flatMap(({ diagnostics }) => diagnostics)],
  };
}

/** The stacks of a cloud assembly; a manifest that turns out to be another tool's is one file among others. */
function assembly(manifest: string, base: string, files: FileAccess, how: 'named' | 'met'): Found {
  const read = files.read(nameOf(base, manifest));
  if (!read.ok) return { ...only([]), diagnostics: [read.diagnostic] };
  const plan = planAssembly(read.file, read.text, files);
  if (plan.seeds.length === 0 && plan.diagnostics.length === 0) return only([seedOf(base, manifest, how)]);
  return { ...only(plan.seeds), diagnostics: plan.diagnostics };
}

function only(seeds: readonly ScopeSeed[]): Found {
  return { seeds, skipped: [], others: 0, diagnostics: [] };
}

function seedOf(base: string, absolute: string, how: 'named' | 'met'): ScopeSeed {
  return { kind: 'cloudformation', file: nameOf(base, absolute), named: how === 'named' };
}

/** The same file met by several inputs is one seed; where one of them named it, it is named. */
function distinct(seeds: readonly ScopeSeed[]): readonly ScopeSeed[] {
  const byIdentity = new Map<string, ScopeSeed>();
  for (const seed of seeds) {
    const identity = JSON.stringify([seed.file, seed.account ?? '', seed.region ?? '']);
    const known = byIdentity.get(identity);
    byIdentity.set(identity, known === undefined ? seed : { ...known, named: known.named || seed.named });
  }
  return [...byIdentity].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, seed]) => seed);
}

function bytesOf(access: AccessScope, file: string): number {
  const given = Object.hasOwn(access.given, file) ? access.given[file] : undefined;
  if (given !== undefined) return given.length;
  return statSync(path.join(access.base, file), { throwIfNoEntry: false })?.size ?? 0;
}
