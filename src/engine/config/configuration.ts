import path from 'node:path';
import { isInside, realOrSame } from '../access/file-access.js';
import type { Discovery } from '../discovery/discover.js';
import { repositoryOf } from '../discovery/roots.js';
import { UsageError } from '../usage-error.js';
import { type Config, EMPTY_CONFIG } from './config.js';
import { atRevision, workTree } from './config-source.js';
import { type ConfigSource, findConfig, readConfig } from './read-config.js';

export interface ConfigurationRequest {
  /** A configuration file, `none`, or absent to find it upward from the first input. */
  readonly config?: string;
  /** Takes the configuration from this git revision. */
  readonly trustFrom?: string;
}

/** The configuration that holds for the inputs, and the source it was read from. */
export async function configuration(
  options: ConfigurationRequest,
  discovery: Pick<Discovery, 'access'>,
  workingFolder: string,
): Promise<{ readonly config: Config; readonly source: ConfigSource }> {
  const [first = workingFolder] = discovery.access.roots;
  const repository = repositoryOf(first);
  if (options.trustFrom !== undefined && repository === undefined) {
    throw new UsageError('--trust-from needs a git repository, and what is scanned lies in none.', 'Leave it out, or scan a checkout.');
  }
  const top = repository ?? first;
  const source = options.trustFrom !== undefined && repository !== undefined ? atRevision(repository, options.trustFrom) : workTree(top);
  if (options.config === 'none') return { config: EMPTY_CONFIG, source };
  if (options.config !== undefined) {
    const named = realOrSame(path.resolve(workingFolder, options.config));
    // A file the user names may lie anywhere; with --trust-from it is still read from the revision.
    const within = options.trustFrom !== undefined || isInside(top, named) ? top : path.dirname(named);
    return { config: await readConfig(named, within, options.trustFrom === undefined ? workTree(within) : source), source };
  }
  const found = findConfig(first, top, source);
  return { config: found === undefined ? EMPTY_CONFIG : await readConfig(found, top, source), source };
}
