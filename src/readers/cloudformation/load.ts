import type { FileRead } from '../reader.js';
import { lineIndex, parseSource, type SourceNode } from '../source/index.js';
import type { Reading, SourceFile } from './reading.js';

/** A file that a template names, read and parsed; the reason in words where it can't be. */
export type Loaded =
  | { readonly ok: true; readonly file: SourceFile; readonly node: SourceNode }
  | { readonly ok: false; readonly why: string };

/** Reads a file that `from` names. A file is parsed once a scope; what is wrong with its text is reported once. */
export function load(path: string, from: string | undefined, reading: Reading): Loaded {
  const key = `${from ?? ''}\n${path}`;
  const known = reading.loaded.get(key);
  if (known !== undefined) return known;
  const loaded = read(path, from, reading);
  reading.loaded.set(key, loaded);
  return loaded;
}

function read(path: string, from: string | undefined, reading: Reading): Loaded {
  const found: FileRead = from === undefined ? reading.access.read(path) : reading.access.read(path, from);
  if (!found.ok) return { ok: false, why: found.diagnostic.message };
  const again = reading.parsed.get(found.file);
  if (again !== undefined) return again;
  const loaded = parse(found.file, found.text, reading);
  reading.parsed.set(found.file, loaded);
  return loaded;
}

export function parse(name: string, text: string, reading: Reading): Loaded {
  const { node, problems } = parseSource(name, text, { depth: reading.options.limits.depth });
  reading.diagnostics.push(...problems.map((problem) => ({ ...problem, file: name })));
  const file: SourceFile = { file: name, text, lines: lineIndex(text), masked: [] };
  reading.files.set(name, file);
  return node === undefined ? { ok: false, why: `${name} can't be parsed.` } : { ok: true, file, node };
}

/** True for what names a file beside the template, not an object in S3 or a page. */
export function isLocalPath(location: string): boolean {
  return location !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(location);
}
