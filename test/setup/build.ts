import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildHtmlIfStale } from '../../scripts/build-html.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** What a build writes last but the page. */
const STAMP = path.join(ROOT, 'dist/bundle/process.js');
const LOCK = path.join(ROOT, 'node_modules/.keyward-build');
const BUILD = `
await (await import('./scripts/build-rules.mjs')).buildRules();
await (await import('./scripts/bundle.mjs')).buildBundle();
`;
const LONGEST_BUILD = 120_000;

/**
 * Threads and processes run the build, not the sources. Brings it up to date once, whichever test file asks first; others wait.
 * Types are checked elsewhere: here only what is emitted counts.
 */
export async function buildIfStale(): Promise<void> {
  while (!lock()) await new Promise((done) => setTimeout(done, 200));
  try {
    if (modified(STAMP) <= newestSource()) {
      const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
      spawnSync(process.execPath, [tsc, '-p', ROOT], { cwd: ROOT, stdio: 'ignore' });
      execFileSync(process.execPath, ['--input-type=module', '-e', BUILD], {
        cwd: ROOT,
        stdio: 'inherit',
      });
    }
    await buildHtmlIfStale();
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}

/** A folder is made or is there already, never both. A lock older than any build was left by a process that died. */
function lock(): boolean {
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    const since = modified(LOCK);
    if (since > 0 && Date.now() - since > LONGEST_BUILD) rmSync(LOCK, { recursive: true, force: true });
    return false;
  }
}

function newestSource(): number {
  const files = ['src', 'rules', 'scripts'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('html/app'))
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  return Math.max(modified(path.join(ROOT, 'package-lock.json')), ...files.map(modified));
}

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
