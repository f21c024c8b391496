import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { baselineText, entryOf, type Scanned, scan, UsageError } from '../engine/index.js';
import { printDiagnostics } from './diagnostics.js';
import type { Io } from './io.js';
import type { ExitCode } from './main.js';
import { scanOptions, type WrittenScanOptions } from './scan-options.js';

/** `keyward baseline create|prune PATH… --baseline FILE` */
export async function baselineCommand(
  what: 'create' | 'prune',
  paths: readonly string[],
  written: WrittenScanOptions & { readonly baseline: string },
  io: Io,
): Promise<ExitCode> {
  const file = path.resolve(io.workingFolder, written.baseline);
  if (what === 'prune' && !existsSync(file))
    throw new UsageError(`There is no baseline ${written.baseline}.`, 'Write it with `keyward baseline create`.');
  // A new baseline stands on its own: what that of the config accepts is found again.
  const baseline = what === 'create' ? 'none' : written.baseline;
  const scanned = await scan({ ...(await scanOptions(paths, { ...written, baseline }, io)), failOn: 'never', failOnUndecided: 'never' });
  const { diagnostics, gaps, summary } = scanned.report;
  printDiagnostics(
    diagnostics.filter(({ code }) => code !== 'baseline-stale'),
    gaps,
    'no-notes',
    io,
  );
  if (summary.exitCode === 130) {
    io.stderr.write(`interrupted: ${written.baseline} was not written.\n`);
    return 130;
  }
  const { text, words } = what === 'create' ? created(scanned, written.baseline) : pruned(scanned, written.baseline);
  write(file, written.baseline, text);
  io.stdout.write(words);
  return summary.exitCode;
}

function created({ all }: Scanned, name: string) {
  const accepted = all.filter(({ suppression }) => suppression === undefined);
  const count = accepted.length === 1 ? 'one finding' : `${accepted.length} findings`;
  return {
    text: baselineText(accepted.map(entryOf)),
    words: `${name} accepts ${count}. Scan with --baseline ${name}, or set baseline in keyward.yaml.\n`,
  };
}

/** A renamed file's entries are written anew under its new name; those of files that were not scanned stay as they are. */
function pruned({ matched }: Scanned, name: string) {
  const { accepted, stale, notAsked } = matched;
  const kept = [...[...accepted].map(entryOf), ...notAsked];
  return {
    text: baselineText(kept),
    words: `${name}: ${stale.length === 1 ? '1 entry' : `${stale.length} entries`} removed, ${kept.length} kept.\n`,
  };
}

function write(file: string, name: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UsageError(`The baseline ${name} can’t be written (${code}).`, 'Check the path and its permissions.');
  }
}
