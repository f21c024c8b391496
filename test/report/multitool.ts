import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from 'sarif';

const FOLDERS = ['sarif-multitool-linux', 'sarif-multitool-darwin', 'sarif-multitool-win32'].map((name) =>
  fileURLToPath(new URL(`../../node_modules/@microsoft/${name}/`, import.meta.url)),
);
/** It is a .NET program; without this it wants ICU libraries. */
const ENVIRONMENT = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };

function binary(): string | undefined {
  const file = FOLDERS.flatMap((folder) => [join(folder, 'Sarif.Multitool'), join(folder, 'Sarif.Multitool.exe')]).find(existsSync);
  // An install without scripts leaves it without the right to run.
  if (file !== undefined && process.platform !== 'win32') chmodSync(file, 0o755);
  return file;
}

/** Why the validator cannot run here; undefined where it can. In CI it has to. */
export function whyNoMultitool(): string | undefined {
  const file = binary();
  if (file === undefined) return `no package @microsoft/sarif-multitool for ${process.platform}`;
  try {
    execFileSync(file, ['--version'], { env: ENVIRONMENT, stdio: 'pipe' });
  } catch (error) {
    // It ends with 1 after printing its version; only a program that cannot start has no status.
    const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : null;
    if (typeof status !== 'number') return `Sarif.Multitool does not start: ${String(error)}`;
  }
  return undefined;
}

/** Errors and warnings of the validator with GitHub's rules, `level rule: message`. It exits 0 even with errors, so its own log is read. */
export function validate(sarif: string): readonly string[] {
  const file = binary();
  if (file === undefined) throw new Error('The validator is not installed.');
  const folder = mkdtempSync(join(tmpdir(), 'keyward-sarif-'));
  try {
    const input = join(folder, 'input.sarif');
    const output = join(folder, 'output.sarif');
    writeFileSync(input, sarif);
    const rules = [
      '--rule-kind',
      'Sarif;Ghas',
      '--level',
      'Error;Warning;Note',
      '--output',
      output,
      '--log',
      'ForceOverwrite',
      '--max-file-size-in-kb',
      '200000',
    ];
    execFileSync(file, ['validate', input, ...rules], { env: ENVIRONMENT, stdio: 'pipe' });
    const log = JSON.parse(readFileSync(output, 'utf8')) as Log; // the tool's own output
    const [run] = log.runs;
    const notifications =
      run?.invocations?.flatMap((call) => [...(call.toolConfigurationNotifications ?? []), ...(call.toolExecutionNotifications ?? [])]) ??
      [];
    return [
      ...(run?.results ?? []).map(
        (result) =>
          `${result.level ?? 'warning'} ${result.ruleId}: ${result.message.text ?? JSON.stringify(result.message)} ${JSON.stringify(result.locations?.[0]?.logicalLocations ?? '')}`,
      ),
      ...notifications.filter((one) => one.level === 'error').map((one) => `error ${one.message.text}`),
    ].filter((line) => !line.startsWith('note'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
