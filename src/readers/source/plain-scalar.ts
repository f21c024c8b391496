import type { Scalar } from '../../model/index.js';

/**
 * The value of a plain (unquoted) YAML scalar as CloudFormation sees it. CloudFormation reads YAML 1.1 without its timestamps
 * (AWS: "CloudFormation template formats"): `yes` and `on` are true, `012` is octal 10, `1_000` is 1000, `1:30` is 90,
 * while `2012-10-17` stays a string. `.inf` and `.nan`, which JSON can't say, stay strings, too.
 */
export function plainScalar(text: string): Scalar {
  if (text.length > LONGEST) return text;
  const first = text.charCodeAt(0);
  if (isNumberStart(first)) return numberOf(text) ?? text;
  if (!WORD_START[first] && text !== '') return text;
  const word = WORDS.get(text);
  return word === undefined ? text : word;
}

const WORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ['', null],
  ...spellings(null, 'null'),
  ['~', null],
  ...spellings(true, 'true', 'yes', 'on'),
  ...spellings(false, 'false', 'no', 'off'),
]);

/** A longer text is neither a word nor a number that anyone writes. */
const LONGEST = 64;

const WORD_START: readonly boolean[] = Array.from({ length: 128 }, (_, code) => 'nNyYtTfFoO~'.includes(String.fromCharCode(code)));

function spellings(value: Scalar, ...words: string[]): [string, Scalar][] {
  return words.flatMap((word) =>
    [word, (word[0] ?? '').toUpperCase() + word.slice(1), word.toUpperCase()].map((form): [string, Scalar] => [form, value]),
  );
}

function isNumberStart(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46;
}

// The patterns of YAML 1.1's int and float types, https://yaml.org/type/int.html and https://yaml.org/type/float.html.
const DECIMAL = /^[-+]?(?:0|[1-9][0-9_]*)$/;
const OCTAL = /^[-+]?0[0-7_]+$/;
const HEXADECIMAL = /^[-+]?0x[0-9a-fA-F_]+$/;
const BINARY = /^[-+]?0b[01_]+$/;
const FLOAT = /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

function numberOf(text: string): number | undefined {
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
  const sign = text.startsWith('-') ? -1 : 1;
  if (DECIMAL.test(text)) return sign * Number(digits);
  if (OCTAL.test(text)) return digits === '0' ? 0 : sign * Number.parseInt(digits, 8);
  if (FLOAT.test(text)) return sign * Number(digits);
  if (HEXADECIMAL.test(text)) return positive(sign, Number.parseInt(digits.slice(2), 16));
  if (BINARY.test(text)) return positive(sign, Number.parseInt(digits.slice(2), 2));
  if (BASE_60.test(text)) return sign * digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return undefined;
}

/** `0x_` has a digit for the pattern and none for the number. */
function positive(sign: number, value: number): number | undefined {
  return Number.isNaN(value) ? undefined : sign * value;
}
