import { git } from '../trust/git.js';

/** Files and folders that git tracks under a repository root, by their path from it. */
export interface Tracked {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

const NONE: Tracked = { files: new Set(), folders: new Set() };

/** Asks git the first time something ignored is met, and keeps the answer: most walks never start it. */
export function trackedIn(repository: string | undefined): () => Tracked {
  let known: Tracked | undefined;
  return () => {
    known ??= repository === undefined ? NONE : listTracked(repository);
    return known;
  };
}

function listTracked(repository: string): Tracked {
  const listing = git(repository, 'ls-files', '-z');
  if (listing === undefined) return NONE;
  const files = new Set(listing.toString('utf8').split('\0'));
  files.delete('');
  const folders = new Set<string>();
  for (const file of files) {
    for (let slash = file.lastIndexOf('/'); slash > 0; slash = file.lastIndexOf('/', slash - 1)) {
      const folder = file.slice(0, slash);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return { files, folders };
}
