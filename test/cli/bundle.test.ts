import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { main } from '../../src/cli/main.js';
import { buildIfStale, ROOT } from '../setup/build.js';

beforeAll(() => buildIfStale(), 180_000);

/** Runs the command line from its sources. */
async function fromSources(args: readonly string[]): Promise<string> {
  const out: string[] = [];
  const nowhere = { write: () => {}, isTerminal: false, columns: undefined };
  await main(args, {
    stdout: { ...nowhere, write: (text) => void out.push(text) },
    stderr: nowhere,
    readStdin: async () => '',
    env: {},
    workingFolder: ROOT,
  });
  return out.join('');
}

it('says of every fixture, bundled, what it says from its sources', async () => {
  // Every check and every reader takes part: a module that the bundle holds twice would show in some verdict.
  const args = ['scan', 'fixtures/rules', 'fixtures/iac', 'examples', '--format', 'json', '--jobs', '1', '--as-of', '2026-11-24'];
  const bundled = spawnSync(process.execPath, [path.join(ROOT, 'bin/keyward.js'), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const report: unknown = JSON.parse(bundled.stdout);
  expect(report).toEqual(JSON.parse(await fromSources(args)));
  expect(report).toHaveProperty('summary.exitCode', 1);
});
