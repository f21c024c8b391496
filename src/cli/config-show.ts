import { configuration, discover } from '../engine/index.js';
import { DEFAULT_LIMITS } from '../readers/index.js';
import { visible } from './diagnostics.js';
import type { Io } from './io.js';
import type { ExitCode } from './main.js';

/** `keyward config show PATH`: each setting that holds, and where it comes from. */
export async function configShowCommand(
  target: string,
  options: { readonly config?: string; readonly trustFrom?: string },
  io: Io,
): Promise<ExitCode> {
  const discovery = discover({ inputs: [target], workingFolder: io.workingFolder, maxBytes: DEFAULT_LIMITS.templateBytes });
  const { config } = await configuration(options, discovery, io.workingFolder);
  const from = (key: string): string => config.origins.get(key) ?? 'default';
  const rows: readonly (readonly [string, unknown, string])[] = [
    ['failOn', config.failOn ?? 'high', from('failOn')],
    ['failOnUndecided', config.failOnUndecided ?? 'never', from('failOnUndecided')],
    ['minSeverity', config.minSeverity ?? 'note', from('minSeverity')],
    ['rules.only', config.rules.only, from('rules.only')],
    ['rules.skip', config.rules.skip, from('rules.skip')],
    ['rules.severity', config.rules.severity, from('rules.severity')],
    ['rules.options', config.rules.options, from('rules.options')],
    ['rules.folders', config.ruleFolders, from('rules.folders')],
    ['parameters', Object.fromEntries(config.parameters.map(({ path, value }) => [path, Object.keys(value)])), from('parameters')],
    ['account', Object.fromEntries(config.account.map(({ path, value }) => [path, value])), from('account')],
    ['region', Object.fromEntries(config.region.map(({ path, value }) => [path, value])), from('region')],
    ['suppressions', config.suppressions.map(({ rules, file, line }) => `${rules.join(',')} (${file}:${line})`), from('suppressions')],
    ['baseline', config.baseline ?? 'none', from('baseline')],
  ];
  io.stdout.write(
    `${config.files.length === 0 ? 'No keyward.yaml was found: all settings are defaults.' : `Read from ${visible(config.files.join(', '))}`}\n\n`,
  );
  for (const [name, value, origin] of rows) io.stdout.write(`${name.padEnd(16)} ${visible(JSON.stringify(value))}   # ${origin}\n`);
  return 0;
}
