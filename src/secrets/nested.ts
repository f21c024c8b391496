import type { SecretHit } from './hit.js';
import { judge } from './judge.js';
import { indentAt, literalAt } from './literal.js';
import { meaningOfName } from './name.js';

/** Secrets one level below a name that ends its line or opens a bracket: items of a list, branches of an !If, a parameter's default. */
export function findBelow(text: string, name: string, from: number, indent: number | undefined): SecretHit[] {
  const items = [...branches(text, name, from), ...inlineItems(text, name, from), ...blockItems(text, name, from, indent)];
  if (items.length > 0) return items;
  const fallback = defaultWithin(text, name, from, indent);
  return fallback === undefined ? [] : [fallback];
}

const OPEN_IF = /!If[ \t]{1,8}\[[^,\]\r\n]{0,200},/y;
const OPEN_LIST = /\[/y;
const MOST_ITEMS = 50;

/** `!If [Condition, a, b]`: the condition's name is no value. */
function branches(text: string, name: string, from: number): SecretHit[] {
  OPEN_IF.lastIndex = from;
  return OPEN_IF.test(text) ? itemsFrom(text, name, OPEN_IF.lastIndex) : [];
}

/** Only passwords come in lists (ElastiCache, MemoryDB users); lists of secrets and tokens are mostly of their names. */
function inlineItems(text: string, name: string, from: number): SecretHit[] {
  OPEN_LIST.lastIndex = from;
  return isPassword(name) && OPEN_LIST.test(text) ? itemsFrom(text, name, OPEN_LIST.lastIndex) : [];
}

function isPassword(name: string): boolean {
  const meaning = meaningOfName(name);
  return meaning.kind === 'credential' && meaning.noun === 'password';
}

function itemsFrom(text: string, name: string, from: number): SecretHit[] {
  const hits: SecretHit[] = [];
  const blank = /\s{0,200}/y;
  const rest = /[^,\]\r\n]{0,400}/y;
  let at = from;
  for (let item = 0; item < MOST_ITEMS; item++) {
    blank.lastIndex = at;
    blank.test(text);
    const literal = literalAt(text, blank.lastIndex, 'inline');
    const hit = judge(text, name, literal, 'literal');
    if (hit !== undefined) hits.push(hit);
    rest.lastIndex = literal === undefined ? blank.lastIndex : literal.end;
    rest.test(text);
    if (text[rest.lastIndex] !== ',') break;
    at = rest.lastIndex + 1;
  }
  return hits;
}

const ITEM = /(?:[ \t]*\r?\n)+([ ]*)- (?![\w.'"-]{1,80}:(?:\s|$))/y;

function blockItems(text: string, name: string, from: number, indent: number | undefined): SecretHit[] {
  const hits: SecretHit[] = [];
  if (indent === undefined || !isPassword(name)) return hits;
  let at = from;
  for (let item = 0; item < MOST_ITEMS; item++) {
    ITEM.lastIndex = at;
    const match = ITEM.exec(text);
    if (match === null || (match[1] ?? '').length < indent) break;
    const literal = literalAt(text, ITEM.lastIndex, 'yaml-line');
    if (literal === undefined) break;
    const hit = judge(text, name, literal, 'literal');
    if (hit !== undefined) hits.push(hit);
    const lineEnd = text.indexOf('\n', literal.end);
    at = lineEnd < 0 ? text.length : lineEnd - (text[lineEnd - 1] === '\r' ? 1 : 0);
  }
  return hits;
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
