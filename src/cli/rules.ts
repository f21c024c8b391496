import path from 'node:path';
import { UsageError } from '../engine/index.js';
import { loadRules } from '../engine/unit/rulebook.js';
import type { Rulebook } from '../rules/index.js';
import type { Io } from './io.js';
import type { ExitCode } from './main.js';

export interface RuleFolderOptions {
  readonly rules: readonly string[];
  readonly allowRuleCode?: boolean;
}

/** `keyward rules` */
export async function rulesCommand(options: RuleFolderOptions & { readonly format: string }, io: Io): Promise<ExitCode> {
  const { rules } = await rulebookOf(options, io);
  if (options.format === 'json') {
    const listed = [...rules.values()].map(({ id, title, severity, service, resource, sources, covers, controls, tags }) => ({
      id,
      title,
      severity,
      service,
      resource,
      sources,
      covers,
      controls,
      tags,
    }));
    io.stdout.write(`${JSON.stringify(listed, null, 2)}\n`);
    return 0;
  }
  if (options.format !== 'pretty') throw new UsageError(`keyward rules has no format ${options.format}.`, 'Formats: pretty, json.');
  const width = Math.max(...[...rules.keys()].map((id) => id.length), 0);
  for (const { id, severity, title } of rules.values()) io.stdout.write(`${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}\n`);
  io.stdout.write(`\n${rules.size} rules. keyward explain RULE tells what one means.\n`);
  return 0;
}

/** The shipped rules and those of the folders that the user named. */
export function rulebookOf({ rules, allowRuleCode }: RuleFolderOptions, io: Io): Promise<Rulebook> {
  const trust = allowRuleCode === true ? 'code' : 'data';
  return loadRules({
    folders: rules.map((folder) => ({ path: path.resolve(io.workingFolder, folder), trust })),
    selection: { only: [], skip: [], severity: {}, options: {} },
  });
}
