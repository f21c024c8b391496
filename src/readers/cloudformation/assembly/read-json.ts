import type { Diagnostic } from '../../../model/index.js';
import { DEFAULT_LIMITS, type FileAccess } from '../../reader.js';
import { type MapNode, parseJson } from '../../source/index.js';

export type ReadMap =
  | { readonly ok: true; readonly file: string; readonly map: MapNode }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/** A JSON file that must hold a map. */
export function readMap(path: string, access: FileAccess): ReadMap {
  const read = access.read(path);
  return read.ok ? mapOfText(read.file, read.text) : { ok: false, diagnostic: read.diagnostic };
}

export function mapOfText(file: string, text: string): ReadMap {
  const { node, problems } = parseJson(text, DEFAULT_LIMITS);
  if (node?.kind === 'map') return { ok: true, file, map: node };
  const problem = problems.find(({ level }) => level === 'error');
  if (problem !== undefined) return { ok: false, diagnostic: { ...problem, file } };
  const message = 'The file should hold a JSON object.';
  return {
    ok: false,
    diagnostic: { level: 'error', code: 'assembly-malformed', message, help: 'Run cdk synth again.', file, at: { line: 1, column: 1 } },
  };
}
