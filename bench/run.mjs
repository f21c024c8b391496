// Whole processes, timed from outside: the median of several runs, with the peak memory of the process.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const peakModule = new URL('./peak.mjs', import.meta.url).href;
export const bin = fileURLToPath(new URL('../bin/keyward.js', import.meta.url));

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Runs a command once; `accept` lists the exit codes that count as done. */
function once(command, args, { accept = [0, 1, 3], env = {} } = {}) {
  const started = process.hrtime.bigint();
  const result = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'ignore'], env: { ...process.env, ...env } });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (result.error !== undefined || !accept.includes(result.status)) {
    throw new Error(`${command} ${args.join(' ')} ended with ${result.status ?? result.error}`);
  }
  return seconds;
}

export function timed(command, args, { runs = 5, warmup = 1, ...options } = {}) {
  for (let i = 0; i < warmup; i += 1) once(command, args, options);
  return median(Array.from({ length: runs }, () => once(command, args, options)));
}

/** Runs keyward once; peak memory in bytes and the wall time. */
export function measured(args) {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-peak-'));
  const file = join(folder, 'peak');
  try {
    const seconds = once(process.execPath, ['--import', peakModule, bin, ...args], { env: { KEYWARD_BENCH_PEAK: file } });
    return { seconds, peak: Number(readFileSync(file, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Is a command there? */
export function has(command) {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}

export const ms = (seconds) => `${(seconds * 1000).toFixed(0)} ms`;
export const mb = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
