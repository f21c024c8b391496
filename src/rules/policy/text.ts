import { isOpen, type TextPart, Unknown, type Value } from '../../model/index.js';
import { someCauseOf } from './cause.js';
import { matchesGlob } from './glob.js';
import { any, open, type Truth } from './truth.js';

/** A text value as parts, or undefined for what is no text (a list, a number, a condition's choice). */
export function partsOf(value: Value): readonly TextPart[] | undefined {
  if (typeof value === 'string') return [value];
  if (!isOpen(value)) return undefined;
  switch (value.kind) {
    case 'text':
      return value.parts;
    case 'unknown':
    case 'reference':
    case 'dynamic-reference':
      return [value];
    default:
      return undefined;
  }
}

/** How a text reads in a message: open parts as `${…}`. */
export function written(value: Value): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const parts = partsOf(value);
  if (parts === undefined) return '…';
  return parts.map((part) => (typeof part === 'string' ? part : `\${${nameOf(part)}}`)).join('');
}

function nameOf(part: Exclude<TextPart, string>): string {
  switch (part.kind) {
    case 'unknown':
      return part.variable?.replace(/^parameter /, '') ?? '…';
    case 'reference':
      return `${part.target.replace(/^.*#/, '')}${part.attribute === 'Ref' ? '' : `.${part.attribute}`}`;
    case 'dynamic-reference':
      return `resolve:${part.service}`;
  }
}

/** Stands for whatever an open part turns out to be: as a pattern it covers everything. */
const LOOSE = '*';

/**
 * Whether a policy pattern covers `text`. With parts decided later the answer is no where no value of theirs could do it,
 * else open.
 */
export function patternCovers(pattern: Value, text: string, letters: 'exact' | 'any-case'): Truth {
  const fold = letters === 'any-case' ? (s: string) => s.toLowerCase() : (s: string) => s;
  if (typeof pattern === 'string') return matchesGlob(fold(pattern), fold(text));
  if (pattern instanceof Unknown && pattern.domain.values !== undefined) {
    const answers = pattern.domain.values.map((value) => patternCovers(value, text, letters));
    if (answers.every((answer) => answer === true)) return true;
    return any(answers) === false ? false : open(someCauseOf(pattern));
  }
  const parts = partsOf(pattern);
  if (parts === undefined) return isOpen(pattern) ? open(someCauseOf(pattern)) : false;
  const loosest = parts.map((part) => (typeof part === 'string' ? part : LOOSE)).join('');
  return matchesGlob(fold(loosest), fold(text)) ? open(someCauseOf(pattern)) : false;
}
