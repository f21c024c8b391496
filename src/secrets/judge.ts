import { looksRandom } from './entropy.js';
import { isHarmless, isTemplated } from './harmless.js';
import type { SecretHit } from './hit.js';
import { hitOfName, RANDOM_VALUE } from './hit-of-name.js';
import type { Literal } from './literal.js';
import { meaningOfName } from './name.js';

/** Whether a literal under a name is a secret. `expression`: where a bare word may as well be a variable or a call. */
export function judge(text: string, name: string, literal: Literal | undefined, reading: 'literal' | 'expression'): SecretHit | undefined {
  if (literal === undefined) return undefined;
  const value = text.slice(literal.start, literal.end);
  if (value.length < 3) return undefined;
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
