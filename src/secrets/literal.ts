import type { Span } from '../model/index.js';

/** A literal as it stands in some source text; the span is its content, without quotes. */
export interface Literal extends Span {
  /** `bare` ends at white space or punctuation, `line` is a YAML plain scalar that fills its line, `block` a YAML block scalar. */
  readonly form: 'quoted' | 'bare' | 'line' | 'block';
}

const LONGEST = 4096;
const LONGEST_BLOCK = 16_384;
/** Deeper indentation is not looked for: on a file without line breaks each look would go back to its beginning. */
const DEEPEST = 300;

const DOUBLE = /"((?:[^"\\\r\n]|\\.){0,4096})"/y;
const SINGLE = /'((?:[^'\r\n]|''){0,4096})'/y;
/** Inside a JSON or shell string the quotes themselves are escaped. */
const ESCAPED = /\\"((?:[^"\\\r\n]|\\\\.){0,4096})\\"/y;
const BARE = /[^\s"'`,;&|<>)}\]\\]{1,512}/y;
const BLOCK_HEAD = /[|>][+-]?\d?[+-]?[ \t]{0,16}(?:#[^\r\n]{0,200})?\r?\n/y;
/** Short-form intrinsics whose argument is the text itself; of the others the argument is a name. */
const TEXT_TAG = /!(?:Sub|Base64)[ \t]{1,8}/y;

/** The literal at `at`, where a value is expected; undefined where something else begins (a map, a reference, the end of the line). */
export function literalAt(text: string, at: number, position: 'yaml-line' | 'inline'): Literal | undefined {
  TEXT_TAG.lastIndex = at;
  const start = TEXT_TAG.test(text) ? TEXT_TAG.lastIndex : at;
  for (const [quoted, quotes] of [
    [ESCAPED, 2],
    [DOUBLE, 1],
    [SINGLE, 1],
  ] as const) {
    quoted.lastIndex = start;
    const match = quoted.exec(text);
    if (match !== null) return { start: start + quotes, end: start + quotes + (match[1] ?? '').length, form: 'quoted' };
  }
  if (position === 'yaml-line') {
    const block = blockAt(text, start);
    if (block !== undefined) return block;
  }
  // A quote that is not closed on its line, a map, a list, a tag, an anchor or an alias.
  if (/["'{[(!*&`<|>,]/.test(text[start] ?? '\n')) return undefined;
  if (position === 'yaml-line') {
    const line = restOfLine(text, start)
      .replace(/(?:^|\s)#.*$/, '')
      .trimEnd();
    // A number, true or null in JSON ends with the comma behind it.
    const value = /^[\w.+-]+,$/.test(line) ? line.slice(0, -1) : line;
    return value === '' ? undefined : { start, end: start + value.length, form: 'line' };
  }
  BARE.lastIndex = start;
  const bare = BARE.exec(text);
  return bare === null ? undefined : { start, end: start + bare[0].length, form: 'bare' };
}

export function restOfLine(text: string, from: number): string {
  const within = text.slice(from, from + LONGEST);
  const end = within.search(/[\r\n]/);
  return end < 0 ? within : within.slice(0, end);
}

/** The white space a line begins with, `- ` of list items counted in. `at` is anywhere in the line. */
export function indentAt(text: string, at: number): { readonly width: number; readonly isFirst: boolean } {
  const reach = text.slice(Math.max(0, at - DEEPEST), at);
  const lineBreak = reach.lastIndexOf('\n');
  const before = reach.slice(lineBreak + 1);
  const indent = /^(?:[ \t]|- )*/.exec(before)?.[0] ?? '';
  return { width: indent.length, isFirst: (lineBreak >= 0 || at <= DEEPEST) && /^["']?$/.test(before.slice(indent.length)) };
}

function blockAt(text: string, at: number): Literal | undefined {
  BLOCK_HEAD.lastIndex = at;
  if (!BLOCK_HEAD.test(text)) return undefined;
  const bodyStart = BLOCK_HEAD.lastIndex;
  const body = text.slice(bodyStart, bodyStart + LONGEST_BLOCK);
  const indent = /^[ ]*/.exec(body)?.[0] ?? '';
  const keyIndent = indentAt(text, at - 1).width;
  if (indent.length <= keyIndent) return undefined;
  let length = 0;
  while (length < body.length) {
    const lineBreak = body.indexOf('\n', length);
    const next = lineBreak < 0 ? body.length : lineBreak + 1;
    if (!body.startsWith(indent, length) && body.slice(length, next).trim() !== '') break;
    length = next;
  }
  const content = body.slice(0, length).trimEnd();
  return content.trim() === '' ? undefined : { start: bodyStart + indent.length, end: bodyStart + content.length, form: 'block' };
}
