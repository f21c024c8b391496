import { existsSync } from 'node:fs';
import path from 'node:path';
import { isInside } from '../access/file-access.js';

/** The nearest folder upward that holds `.git`, itself included. */
export function repositoryOf(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return at;
    if (at === path.dirname(at)) return undefined;
  }
}

/** The deepest folder that holds all the given ones. */
export function commonFolder(folders: readonly string[]): string {
  const [first = '/', ...others] = folders;
  let common = first;
  while (!others.every((folder) => isInside(common, folder)) && common !== path.dirname(common)) common = path.dirname(common);
  return common;
}

/**
 * The folder that file names are relative to: the repository's root, so that a fingerprint and a SARIF path are the same from
 * whichever folder the scan starts; without a repository the working folder where it holds all inputs, else what holds them.
 */
export function baseOf(folders: readonly string[], workingFolder: string): string {
  const common = commonFolder(folders);
  return repositoryOf(common) ?? (isInside(workingFolder, common) ? workingFolder : common);
}
