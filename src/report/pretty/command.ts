import { oneLine } from '../one-line.js';

/** The text as one word of a POSIX shell command that a person may copy. */
export function shellWord(text: string): string {
  const safe = oneLine(text);
  return /^[\w@%+=:,./*-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}
