import { DynamicReference, isOpen, Reference, Text, type TextPart, Unknown, type Value } from '../../model/index.js';
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
