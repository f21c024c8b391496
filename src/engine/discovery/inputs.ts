import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { isGlob } from '../glob/glob.js';
import { UsageError } from '../usage-error.js';

/** What a user named, found on disk. Paths are real and absolute. */
export type Input =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string }
  /** A pattern that the shell left as it is; `path` is the folder before its first wildcard. */
  | { readonly kind: 'pattern'; readonly path: string; readonly pattern: string }
  | { readonly kind: 'text'; readonly path: string; readonly text: string };

/** Standard input, where it was named. */
export interface GivenText {
  readonly name: string;
  readonly text: string;
}

/** Each input as it is on disk; one that is not there is wrong use. */
export function findInputs(names: readonly string[], workingFolder: string, given: GivenText | undefined): readonly Input[] {
  return names.map((name) => {
    if (name !== '-') return findInput(name, workingFolder);
    return { kind: 'text', path: path.resolve(workingFolder, given?.name ?? 'stdin'), text: given?.text ?? '' };
  });
}

/** The folder an input opens to reading. */
export function rootOf(input: Input): string {
  return input.kind === 'file' || input.kind === 'text' ? path.dirname(input.path) : input.path;
}

function findInput(name: string, workingFolder: string): Input {
  const absolute = path.resolve(workingFolder, name);
  const found = onDisk(absolute);
  if (found !== undefined) return found;
  if (isGlob(name)) {
    const fixed = name.split('/').slice(0, name.split('/').findIndex(isGlob)).join('/');
    const folder = onDisk(path.resolve(workingFolder, name.startsWith('/') ? `/${fixed}` : fixed));
    const rest = name.split('/').slice(name.split('/').findIndex(isGlob)).join('/');
    if (folder?.kind === 'folder') return { kind: 'pattern', path: folder.path, pattern: rest };
  }
  throw new UsageError(`There is no file or folder ${name}.`, 'Name files, folders, patterns, or - for standard input.');
}

function onDisk(absolute: string): Input | undefined {
  try {
    const real = realpathSync(absolute);
    return { kind: statSync(real).isDirectory() ? 'folder' : 'file', path: real };
  } catch {
    return undefined;
  }
}
