import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isInside, nameOf, realOrSame } from '../access/file-access.js';
import { UsageError } from '../usage-error.js';
import { git } from './git.js';

/** Folders of a repository as a revision has them, copied to where they can be read; gone after `close`. */
export interface FoldersAtRevision {
  /** @throws UsageError where the revision has no such folder */
  folder(absolute: string): string;
  close(): void;
}

/** Without a revision folders are read where they are; so are those outside the repository, which its changes do not reach. */
export function foldersAt(repository: string | undefined, revision: string | undefined): FoldersAtRevision {
  let copies: string | undefined;
  return {
    folder(absolute) {
      const real = realOrSame(absolute);
      if (repository === undefined || revision === undefined || !isInside(repository, real)) return absolute;
      copies ??= realpathSync(mkdtempSync(path.join(tmpdir(), 'keyward-trusted-')));
      return copyOf(repository, revision, nameOf(repository, real), copies);
    },
    close() {
      if (copies !== undefined) rmSync(copies, { recursive: true, force: true });
    },
  };
}

function copyOf(repository: string, revision: string, name: string, copies: string): string {
  const listing = git(repository, 'ls-tree', '-r', '-z', '--full-tree', revision, '--', name)?.toString('utf8') ?? '';
  // A symbolic link (mode 120000) may lead out of the repository, so it is left out.
  const files = listing.split('\0').flatMap((line) => /^100\d{3} blob \S+\t(.*)$/s.exec(line)?.[1] ?? []);
  if (files.length === 0) {
    throw new UsageError(
      `There is no rule folder ${name} at ${revision}, where --trust-from takes rules of this repository from.`,
      'Merge it first, or keep the rules outside the repository.',
    );
  }
  for (const file of files) {
    const target = path.resolve(copies, file);
    const content = git(repository, 'cat-file', 'blob', `${revision}:${file}`);
    if (content === undefined || !isInside(copies, target)) continue;
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  return path.join(copies, name);
}
