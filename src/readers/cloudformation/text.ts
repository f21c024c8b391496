import { DynamicReference, isOpen, Reference, Text, type TextPart, textOf, Unknown, type Value } from '../../model/index.js';
import { computed } from './computed.js';

/** A scalar as CloudFormation writes it into a string. */
export function scalarText(value: string | number | boolean | null): string {
  return value === null ? '' : String(value);
}

/** A value without choices as parts of a text; undefined where it can't stand in one (a map). */
export function partsOf(value: Value): readonly TextPart[] | undefined {
  if (typeof value !== 'object' || value === null) return [scalarText(value)];
  if (value instanceof Text) return value.parts;
  if (value instanceof Unknown) return [value.domain.type === 'array' ? computed('Fn::Join', [',', value], { type: 'string' }) : value];
  if (value instanceof Reference || value instanceof DynamicReference) return [value];
  if (!Array.isArray(value) || isOpen(value)) return undefined;
  return joined(value, ',');
}

/** No string that AWS takes is longer; a template that asks for one is out to fill the memory. */
const MAX_TEXT = 4_000_000;

/** The text made of parts; Unknown where it would be too long. */
export function textWithin(parts: readonly TextPart[]): Value {
  let length = 0;
  for (const part of parts) if (typeof part === 'string') length += part.length;
  if (length <= MAX_TEXT) return textOf(parts);
  return new Unknown({ kind: 'limit', words: `a text of more than ${MAX_TEXT} characters` }, { type: 'string' });
}

/** The parts of a list's items with a delimiter between them; undefined where an item can't stand in a text. */
export function joined(items: readonly Value[], delimiter: string): readonly TextPart[] | undefined {
  const parts: TextPart[] = [];
  for (const [index, item] of items.entries()) {
    const itemParts = partsOf(item);
    if (itemParts === undefined) return undefined;
    if (index > 0) parts.push(delimiter);
    parts.push(...itemParts);
  }
  return parts;
}
