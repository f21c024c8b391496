import type { Diagnostic, Gap } from '../model/index.js';
import type { Io } from './io.js';

/** Says on standard error what could not be judged, and what to do about it. Notes are left out where quiet is asked for. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], gaps: readonly Gap[], noise: 'all' | 'no-notes', io: Io): void {
  for (const { level, code, message, help, file, at } of diagnostics) {
    if (level === 'note' && noise === 'no-notes') continue;
    const place = file === undefined ? '' : `${file}${at === undefined ? '' : `:${at.line}:${at.column}`}: `;
    io.stderr.write(`${level}[${code}]: ${visible(place + message)}\n${help === undefined ? '' : `  help: ${visible(help)}\n`}`);
  }
  for (const { where, why, leavesOpen, settle } of gaps) {
    io.stderr.write(`gap: ${visible(`${where}: ${why} ${leavesOpen}`)}\n${settle === undefined ? '' : `  help: ${visible(settle)}\n`}`);
  }
}

/** Names and values come from scanned files: control and bidi characters are written out. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}
