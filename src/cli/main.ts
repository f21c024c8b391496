import { existsSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../engine/usage-error.js';
import { VERSION } from '../engine/version.js';
import { visible } from './diagnostics.js';
import type { Io } from './io.js';

export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

const COMMANDS = new Set(['scan', 'rules', 'explain', 'baseline', 'config', 'report', 'can', 'who-can', 'help']);

/** Runs one command; answers with the exit code. Wrong use is told in a sentence, a bug of ours with how to report it. */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const { program, outcome } = await (await import('./program.js')).buildProgram(io, VERSION);
    await program.parseAsync([...withCommand(args, io)], { from: 'user' });
    return outcome.code;
  } catch (error) {
    return explainError(error, io);
  }
}

/** `keyward PATH` is `keyward scan PATH`. */
function withCommand(args: readonly string[], io: Io): readonly string[] {
  const [first] = args;
  if (first === undefined || COMMANDS.has(first) || ['-h', '--help', '-V', '--version'].includes(first)) return args;
  const looksLikePath = first.startsWith('-') || /[/.*]/.test(first) || existsSync(path.resolve(io.workingFolder, first));
  return looksLikePath ? ['scan', ...args] : args;
}

async function explainError(error: unknown, io: Io): Promise<ExitCode> {
  if (error instanceof UsageError) {
    // Messages quote names and settings of scanned files; some list a problem a line.
    const { masked } = await import('../engine/stamp/message.js');
    const lines = masked(error.message).split('\n').map(visible).join('\n');
    io.stderr.write(`error: ${lines}\n${error.help === undefined ? '' : `  help: ${visible(masked(error.help))}\n`}`);
    return 2;
  }
  const { CommanderError } = await import('commander');
  // Commander has said it already; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const name = error instanceof Error ? error.name : typeof error;
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  io.stderr.write(`internal error: keyward broke off with ${name}. This is a bug of keyward, not of your files.\n`);
  io.stderr.write('  help: Report it at https://github.com/keyward/keyward/issues with the command and the lines below.\n');
  // The error's own text may quote a scanned file; the stack's frames do not.
  io.stderr.write(`  keyward ${VERSION}, Node ${process.version}, ${process.platform}\n${frames.slice(0, 12).join('\n')}\n`);
  return 4;
}
