import type { SecretHit } from './hit.js';
import { judge } from './judge.js';
import { indentAt, literalAt } from './literal.js';
import { meaningOfName } from './name.js';
import { findBelow } from './nested.js';
import { findPairs } from './pair.js';

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
    for (const hit of hitsBehind(text, name.start, name.end)) {
      hits.push(hit);
      // What the value itself assigns is covered.
      from = Math.max(from, hit.end);
    }
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

function hitsBehind(text: string, nameStart: number, nameEnd: number): readonly SecretHit[] {
  const name = text.slice(nameStart, nameEnd);
  const meaning = meaningOfName(name);
  if (meaning.kind === 'other') return [];
  SEPARATOR.lastIndex = nameEnd;
  const separator = SEPARATOR.exec(text);
  const sign = separator?.groups?.sign;
  if (sign === undefined) {
    BLOCK_LABEL.lastIndex = nameEnd;
    if (BLOCK_LABEL.test(text)) return findBelow(text, name, BLOCK_LABEL.lastIndex, undefined);
    FLAG_SEPARATOR.lastIndex = nameEnd;
    if (!name.startsWith('-') || !FLAG_SEPARATOR.test(text)) return [];
    return one(judge(text, name, literalAt(text, FLAG_SEPARATOR.lastIndex, 'inline'), 'literal'));
  }
  if (sign === '>' && text[nameStart - 1] !== '<') return [];
  const valueStart = SEPARATOR.lastIndex;
  const indent = indentAt(text, nameStart);
  if (sign === ':' && indent.isFirst) {
    const literal = literalAt(text, valueStart, 'yaml-line');
    if (literal === undefined) return findBelow(text, name, valueStart, indent.width);
    return one(
      judge(
        text,
        name,
        literal,
        literal.form === 'line' && /[,;(]$|\)\s*\{?$/.test(text.slice(literal.start, literal.end)) ? 'expression' : 'literal',
      ),
    );
  }
  const literal = literalAt(text, valueStart, 'inline');
  if (literal === undefined) return findBelow(text, name, valueStart, undefined);
  if (sign === ':' && literal.form === 'bare' && !/[{,][ \t]{0,8}$/.test(text.slice(Math.max(0, nameStart - 10), nameStart))) return [];
  // `NAME=value` without blanks, as a shell, a .env file or a query string has it; else it may be code, where a bare word is a variable.
  const isTight = separator?.[0] === '=' && /(?:^|[\s;&?"'])$/.test(text.slice(Math.max(0, nameStart - 1), nameStart));
  return one(judge(text, name, literal, isTight || sign === '>' ? 'literal' : 'expression'));
}

function one(hit: SecretHit | undefined): readonly SecretHit[] {
  return hit === undefined ? [] : [hit];
}
