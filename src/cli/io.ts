/** Where a command reads and writes; the process in production, buffers in tests. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** All of standard input, as text. */
  readStdin(): Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  /** Fires when the user interrupts. */
  readonly signal?: AbortSignal;
}

export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Columns of the terminal. */
  readonly columns: number | undefined;
}
