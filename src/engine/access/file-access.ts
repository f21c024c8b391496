import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../../model/index.js';
import { decodeText, type FileAccess, type FileRead } from '../../readers/index.js';

/** Where files may be opened, and how large they may be. Plain data: it crosses threads. */
export interface AccessScope {
  /** Real absolute path that file names are relative to. */
  readonly base: string;
  /** Real absolute folders; nothing outside them is opened. */
  readonly roots: readonly string[];
  /** Texts that stand for files, by name: standard input. */
  readonly given: Readonly<Record<string, string>>;
  readonly maxBytes: number;
}

/** File access that remembers what it read. */
export interface RecordingAccess extends FileAccess {
  /** Bytes of each file read, by name. */
  readonly opened: ReadonlyMap<string, number>;
}

type Failure = Extract<FileRead, { ok: false }>['reason'];

/** The only door to the file system while judging: it opens regular files whose real path lies inside the roots. */
export function openAccess(scope: AccessScope): RecordingAccess {
  const opened = new Map<string, number>();
  return {
    opened,
    read(wanted, from) {
      const absolute = resolveFrom(scope.base, wanted, from);
      const file = nameOf(scope.base, absolute);
      // A file may be called `constructor`.
      const given = Object.hasOwn(scope.given, file) ? scope.given[file] : undefined;
      if (given !== undefined) {
        opened.set(file, Buffer.byteLength(given));
        return { ok: true, file, text: given };
      }
      return readReal(scope, absolute, file, opened);
    },
  };
}

function readReal(scope: AccessScope, absolute: string, file: string, opened: Map<string, number>): FileRead {
  try {
    const real = realpathSync(absolute);
    if (!scope.roots.some((root) => isInside(root, real))) return outside(file);
    const facts = statSync(real);
    if (!facts.isFile()) return failure('unreadable', file, 'is not a regular file', 'Name a file, or the folder that holds it.');
    if (facts.size > scope.maxBytes) {
      const help = `Raise the limit with --max-template-bytes ${facts.size}, or leave the file out.`;
      return failure('too-large', file, `has ${facts.size} bytes; at most ${scope.maxBytes} are read`, help);
    }
    const decoded = decodeText(readFileSync(real));
    opened.set(file, facts.size);
    if ('text' in decoded) return { ok: true, file, text: decoded.text };
    return failure('not-text', file, `is not text: ${decoded.error.message.replace(/\.$/, '')}`, 'Save it as UTF-8.');
  } catch (error) {
    // What lies outside is not looked at, so it is not said whether it exists.
    if (!scope.roots.some((root) => isInside(root, absolute))) return outside(file);
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return failure('missing', file, 'does not exist', 'Correct the path, or scan the folder that holds it.');
    }
    const code = isSystemError(error) ? error.code : 'unknown error';
    return failure('unreadable', file, `cannot be opened (${code})`, 'Check its permissions.');
  }
}

function outside(file: string): FileRead {
  return failure('outside-scan', file, 'lies outside the scan', 'Scan a folder that holds both files to have it read.');
}

const CODES: Record<Failure, string> = {
  missing: 'file-missing',
  'outside-scan': 'outside-scan',
  'too-large': 'file-too-large',
  'not-text': 'not-text',
  unreadable: 'file-unreadable',
};

function failure(reason: Failure, file: string, what: string, help: string): FileRead {
  const diagnostic: Diagnostic = { level: 'error', code: CODES[reason], message: `${file} ${what}.`, help, file };
  return { ok: false, reason, diagnostic };
}

/** A path as found in a source: relative to the folder of the file it was found in, else to the base. */
function resolveFrom(base: string, wanted: string, from: string | undefined): string {
  return path.resolve(base, from === undefined ? '.' : path.dirname(from), wanted);
}

/** The name of a file in reports: its path from the base, with `/` on every platform. */
export function nameOf(base: string, absolute: string): string {
  return path.relative(base, absolute).split(path.sep).join('/') || '.';
}

/** True where the path is the folder itself or below it. Both absolute; real paths, where links matter. */
export function isInside(folder: string, absolute: string): boolean {
  const relative = path.relative(folder, absolute);
  return relative === '' || (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative));
}

/** The path with links followed, or as it is where nothing is there. */
export function realOrSame(absolute: string): string {
  try {
    return realpathSync(absolute);
  } catch {
    return absolute;
  }
}

/** True for errors of the operating system, which carry a code. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
