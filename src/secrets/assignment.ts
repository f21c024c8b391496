import { looksRandom } from './entropy.js';
import { isHarmless, isTemplated } from './harmless.js';
import type { SecretHit } from './hit.js';
import { hitOfName, RANDOM_VALUE } from './hit-of-name.js';
import { indentAt, type Literal, literalAt } from './literal.js';
import { isCredentialName, meaningOfName } from './name.js';

const TRIGGER = /pass|pwd|secret|token|key|cred|auth|psk|connection|salt|dsn|pat\b/gi;
const LONGEST_NAME = 80;

/**
 * Secrets that text of any kind gives to a name: `password=…` in scripts, configuration, YAML and JSON, `--token …` on command lines,
 * name and value as a pair of fields, and the default of a parameter whose name is a credential's.
 */
export function findAssignments(text: string): SecretHit[] {
  const hits: SecretHit[] = [];
  // A single word, which most values are, assigns nothing.
  if (!/[=:>]|\s/.test(text)) return hits;
  let from = 0;
  for (const { index } of text.matchAll(TRIGGER)) {
    if (index < from) continue;
    const name = nameAround(text, index);
    from = name.end;
    if (name.end - name.start > LONGEST_NAME) continue;
    const hit = hitBehind(text, name.start, name.end);
    if (hit === undefined) continue;
    hits.push(hit);
    // What the value itself assigns is covered.
    from = Math.max(from, hit.end);
  }
  return text.includes('\n') || /[{,]/.test(text) ? [...hits, ...findPairs(text)] : hits;
}

function nameAround(text: string, index: number): { readonly start: number; readonly end: number } {
  let start = index;
  while (start > 0 && index - start <= LONGEST_NAME && /[\w.-]/.test(text[start - 1] ?? '')) start--;
  let end = index;
  while (end < text.length && end - index <= LONGEST_NAME && /[\w.-]/.test(text[end] ?? '')) end++;
  while (end > start && /[.-]/.test(text[end - 1] ?? '')) end--;
  return { start, end };
}

/** Between name and value: closing quote or bracket, then `=`, `:`, `:=`, `=>`; XML's `>`; or the blank after a command-line flag. */
const SEPARATOR = /(?:\\?["'])?\]?[ \t]{0,16}(?<sign>:=|=>|=(?!=)|:(?!:)|>)[ \t]{0,40}/y;
const FLAG_SEPARATOR = /[ \t]{1,4}(?!-)/y;
/** HCL: `variable "db_password" {`. */
const BLOCK_LABEL = /"[ \t]{1,8}(?=\{)/y;

function hitBehind(text: string, nameStart: number, nameEnd: number): SecretHit | undefined {
  const name = text.slice(nameStart, nameEnd);
  const meaning = meaningOfName(name);
  if (meaning.kind === 'other') return undefined;
  SEPARATOR.lastIndex = nameEnd;
  const separator = SEPARATOR.exec(text);
  const sign = separator?.groups?.sign;
  if (sign === undefined) {
    BLOCK_LABEL.lastIndex = nameEnd;
    if (BLOCK_LABEL.test(text)) return defaultWithin(text, name, BLOCK_LABEL.lastIndex, undefined);
    FLAG_SEPARATOR.lastIndex = nameEnd;
    if (!name.startsWith('-') || !FLAG_SEPARATOR.test(text)) return undefined;
    return judge(text, name, literalAt(text, FLAG_SEPARATOR.lastIndex, 'inline'), 'literal');
  }
  if (sign === '>' && text[nameStart - 1] !== '<') return undefined;
  const valueStart = SEPARATOR.lastIndex;
  const indent = indentAt(text, nameStart);
  if (sign === ':' && indent.isFirst) {
    const literal = literalAt(text, valueStart, 'yaml-line');
    if (literal === undefined) return defaultWithin(text, name, valueStart, indent.width);
    return judge(
      text,
      name,
      literal,
      literal.form === 'line' && /[,;(]$|\)\s*\{?$/.test(text.slice(literal.start, literal.end)) ? 'expression' : 'literal',
    );
  }
  const literal = literalAt(text, valueStart, 'inline');
  if (literal === undefined) return defaultWithin(text, name, valueStart, undefined);
  if (sign === ':' && literal.form === 'bare' && !/[{,][ \t]{0,8}$/.test(text.slice(Math.max(0, nameStart - 10), nameStart)))
    return undefined;
  // `NAME=value` without blanks, as a shell, a .env file or a query string has it; else it may be code, where a bare word is a variable.
  const isTight = separator?.[0] === '=' && /(?:^|[\s;&?"'])$/.test(text.slice(Math.max(0, nameStart - 1), nameStart));
  return judge(text, name, literal, isTight || sign === '>' ? 'literal' : 'expression');
}

/** `expression`: where a bare word may as well be a variable or a call. */
function judge(text: string, name: string, literal: Literal | undefined, reading: 'literal' | 'expression'): SecretHit | undefined {
  if (literal === undefined) return undefined;
  const value = text.slice(literal.start, literal.end);
  if (literal.form !== 'quoted' && literal.form !== 'block') {
    if (isCode(value, text[literal.end] ?? '', reading)) return undefined;
    if (value.length < 4) return undefined;
  }
  const meaning = meaningOfName(name);
  if (meaning.kind === 'credential') {
    return isHarmless(value, meaning.noun) ? undefined : hitOfName(name, meaning.noun, value, literal);
  }
  if (meaning.kind !== 'hint' || isHarmless(value, 'hint') || !looksRandom(value)) return undefined;
  return { start: literal.start, end: literal.end, ...RANDOM_VALUE };
}

const TYPE_WORDS =
  /^(?:str|string|bytes|int|integer|number|any|object|bool|boolean|dict|list|map|Secret(?:String|Value)?|Optional|NoEcho|self|this)\b/i;

function isCode(value: string, next: string, reading: 'literal' | 'expression'): boolean {
  if (isTemplated(value) || /^[$%:?!*&@~^=]/.test(value)) return !/^\$[0-9a-zA-Z]{1,8}\$/.test(value);
  if (/[({[]/.test(next) || /^[\w.]+[([]/.test(value)) return true;
  // A dotted name (config.password) or a credential's name (password=db_password, passed on) is a variable in scripts, too.
  if (/^[A-Za-z_]\w*(?:\??\.[A-Za-z_]\w*)+$/.test(value)) return true;
  const isWord = /^[A-Za-z_]\w*$/.test(value);
  // Arguments passed on: connect(user=user, password=password).
  if (isWord && reading === 'literal' && /[,)]/.test(next)) return true;
  if (isWord && !/\d/.test(value) && reading === 'expression') return true;
  return TYPE_WORDS.test(value) && reading === 'expression';
}

const DEFAULT_KEY = /(?<![\w-])\\?["']?(?:Default|default)\\?["']?[ \t]{0,8}[:=][ \t]{0,40}/g;
const REACH = 800;

/** `DbPassword: {Type: String, Default: …}`: the default inside the map that begins at `from`. */
function defaultWithin(text: string, name: string, from: number, indent: number | undefined): SecretHit | undefined {
  const within = text.slice(from, from + REACH);
  const opener = /^\s{0,200}\{/.exec(within);
  const body = opener === null ? linesDeeperThan(within, indent) : within.slice(0, closingBrace(within));
  for (const match of body.matchAll(DEFAULT_KEY)) {
    const start = from + match.index + match[0].length;
    const position = indentAt(text, from + match.index).isFirst && opener === null ? 'yaml-line' : 'inline';
    const hit = judge(text, name, literalAt(text, start, position), 'literal');
    if (hit !== undefined) return hit;
  }
  return undefined;
}

function linesDeeperThan(text: string, indent: number | undefined): string {
  if (indent === undefined || !/^[ \t]*\r?\n/.test(text)) return '';
  const lines = text.split('\n');
  const end = lines.findIndex((line, index) => index > 0 && line.trim() !== '' && (/^ */.exec(line)?.[0].length ?? 0) <= indent);
  return (end < 0 ? lines : lines.slice(0, end)).join('\n');
}

function closingBrace(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return text.length;
}

const NAME_FIELD = /(?<![\w-])(?:ParameterKey|Name|name|Key|key)\\?["']?[ \t]{0,8}[:=][ \t]{0,8}\\?["']?(?<name>[\w./:-]{2,160})\\?["']?/dg;
const VALUE_FIELD = /(?<![\w-])(?:ParameterValue|Value|value|Default|default)\\?["']?[ \t]{0,8}[:=][ \t]{0,40}/g;

/** `Name: DB_PASSWORD` with a `Value: …` beside it, in either order, as ECS, SSM and tag lists have them. */
function findPairs(text: string): SecretHit[] {
  const hits: SecretHit[] = [];
  for (const match of text.matchAll(NAME_FIELD)) {
    const name = match.groups?.name ?? '';
    if (!isCredentialName(name)) continue;
    const before = text.slice(Math.max(0, match.index - 300), match.index);
    const sideBefore = before.slice(
      Math.max(before.lastIndexOf('{'), before.lastIndexOf('}'), before.search(/(?:^|\n)[ ]*- (?![\s\S]*\n[ ]*- )/)) + 1,
    );
    const behindStart = match.index + match[0].length;
    const behind = text.slice(behindStart, behindStart + 400);
    const sideBehind = behind.slice(0, endOfItem(behind));
    for (const [side, offset] of [
      [sideBehind, behindStart],
      [sideBefore, match.index - sideBefore.length],
    ] as const) {
      const hit = valueIn(text, name, side, offset);
      if (hit !== undefined) hits.push(hit);
    }
  }
  return hits;
}

function valueIn(text: string, name: string, side: string, offset: number): SecretHit | undefined {
  for (const match of side.matchAll(VALUE_FIELD)) {
    const at = offset + match.index;
    const position = match[0].includes(':') && indentAt(text, at).isFirst ? 'yaml-line' : 'inline';
    const hit = judge(text, name, literalAt(text, at + match[0].length, position), 'literal');
    if (hit !== undefined) return hit;
  }
  return undefined;
}

/** Where the list item or object that holds the pair ends: a closing brace, the next item, or the next name. */
function endOfItem(text: string): number {
  const end = text.search(/\}|\n[ ]*- |(?<![\w-])(?:ParameterKey|Name|name|Key|key)\\?["']?[ \t]{0,8}[:=]/);
  return end < 0 ? text.length : end;
}
