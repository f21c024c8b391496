import type { Io, Output } from './io.js';
import { main } from './main.js';

/** Runs keyward as a process: real streams, signals, exit code. */
export async function runProcess(args: readonly string[]): Promise<void> {
  const abort = new AbortController();
  const onInterrupt = (): void => {
    // A second interrupt ends at once.
    if (abort.signal.aborted) process.exit(130);
    abort.abort();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  // `keyward scan | head`: the reader has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const io: Io = {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    readStdin,
    env: process.env,
    workingFolder: process.cwd(),
    signal: abort.signal,
  };
  process.exitCode = await main(args, io);
}

function outputOf(stream: NodeJS.WriteStream): Output {
  return { write: (text) => void stream.write(text), isTerminal: stream.isTTY === true, columns: stream.columns };
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  const { decodeText } = await import('../readers/index.js');
  const decoded = decodeText(Buffer.concat(chunks));
  if ('text' in decoded) return decoded.text;
  const { UsageError } = await import('../engine/usage-error.js');
  throw new UsageError(`Standard input is not text: ${decoded.error.message}`, 'Give it UTF-8.');
}
