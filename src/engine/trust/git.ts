import { execFileSync } from 'node:child_process';

/** A repository's own configuration may name programs to run; these settings keep git from running any. */
const HARMLESS = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.pager=cat', '-c', 'protocol.allow=never'];
const MOST_OUTPUT = 512_000_000;

/** What git prints, or undefined where it fails or is not installed. Reads only; starts no program the repository names. */
export function git(folder: string, ...args: readonly string[]): Buffer | undefined {
  try {
    return execFileSync('git', [...HARMLESS, ...args], {
      cwd: folder,
      maxBuffer: MOST_OUTPUT,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' },
    });
  } catch {
    return undefined;
  }
}
