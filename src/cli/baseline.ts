import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { baselineText, entryOf, matchBaseline, scan, UsageError } from '../engine/index.js';
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
  const { baseline: named, ...rest } = written;
  const file = path.resolve(io.workingFolder, named);
  if (what === 'create') {
    // What a baseline of the config accepts is found again: a new baseline stands on its own.
    const { report, all } = await scan({ ...(await scanOptions(paths, rest, io)), failOn: 'never' });
    printDiagnostics(
      report.diagnostics.filter(({ code }) => code !== 'baseline-stale'),
      report.gaps,
      'no-notes',
      io,
    );
    const accepted = all.filter(({ suppression }) => suppression === undefined);
    writeFileSync(file, baselineText(accepted.map(entryOf)));
    io.stdout.write(`${named} accepts ${accepted.length} findings. Scan with --baseline ${named}, or set baseline in keyward.yaml.\n`);
    return report.summary.exitCode === 3 ? 3 : 0;
  }
  if (!existsSync(file)) throw new UsageError(`There is no baseline ${named}.`, 'Write it with `keyward baseline create`.');
  const { report, all, baseline } = await scan({ ...(await scanOptions(paths, written, io)), failOn: 'never' });
  printDiagnostics(
    report.diagnostics.filter(({ code }) => code !== 'baseline-stale'),
    report.gaps,
    'no-notes',
    io,
  );
  const entries = baseline?.content.entries ?? [];
  const open = all.filter(({ suppression }) => suppression === undefined);
  const read = new Set(all.flatMap(({ location }) => location.file ?? []));
  const { accepted, stale } = matchBaseline(open, { entries }, read);
  // A renamed file's entries are written anew under its new name.
  writeFileSync(file, baselineText([...accepted].map(entryOf)));
  io.stdout.write(`${named}: ${stale.length} entries removed, ${accepted.size} kept.\n`);
  return report.summary.exitCode === 3 ? 3 : 0;
}
