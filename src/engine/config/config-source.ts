import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { isInside, nameOf } from '../access/file-access.js';
import { git } from '../trust/git.js';
import { UsageError } from '../usage-error.js';
import type { ConfigSource } from './read-config.js';

/** Files of the work tree, none outside `top`, links included. */
export function workTree(top: string): ConfigSource {
  return {
    read(absolute) {
      try {
        const real = realpathSync(absolute);
        return isInside(top, real) ? readFileSync(real, 'utf8') : undefined;
      } catch {
        return undefined;
      }
    },
    label: (absolute) => nameOf(top, absolute),
  };
}

/**
 * Files as a git revision has them, so that a change can't bring its own excuses.
 * @throws UsageError where the revision is not there
 */
export function atRevision(repository: string, revision: string): ConfigSource {
  const commit = git(repository, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`)?.toString('utf8').trim();
  if (commit === undefined || commit === '') {
    throw new UsageError(
      `There is no revision ${revision} here.`,
      'Fetch it first (a checkout with fetch-depth: 0 has it), or correct --trust-from.',
    );
  }
  return {
    read: (absolute) =>
      isInside(repository, absolute) ? git(repository, 'show', `${commit}:${nameOf(repository, absolute)}`)?.toString('utf8') : undefined,
    label: (absolute) => `${nameOf(repository, path.resolve(absolute))} at ${revision}`,
  };
}
