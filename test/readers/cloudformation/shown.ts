import { Choice, DynamicReference, type Formula, Reference, Text, Unknown, type Value } from '../../../src/model/index.js';

/**
 * A value as plain JSON that a test can read: `<parameter Env>` for an Unknown, `<Key.Arn>` for a reference, parts of a text
 * in a row, `{if, take, else}` for a choice, `<absent>`.
 */
export function shown(value: Value | undefined): unknown {
  if (value === undefined) return '<none>';
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Unknown) return `<${value.variable ?? value.reason.words}>`;
  if (value instanceof Reference) return `<${value.target.slice(value.target.indexOf('#') + 1)}.${value.attribute}>`;
  if (value instanceof DynamicReference) return `<${value.service} ${value.key}>`;
  if (value instanceof Text) return value.parts.map((part) => (typeof part === 'string' ? part : shown(part))).join('');
  if (value instanceof Choice) return { if: formula(value.when), take: shown(value.then), else: shown(value.otherwise) };
  if (Array.isArray(value)) return value.map(shown);
  if ('kind' in value && value.kind === 'absent') return '<absent>';
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item as Value)]));
}

export function formula(of: Formula): string {
  switch (of.op) {
    case 'constant':
      return String(of.value);
    case 'is':
      return `${of.variable} is ${of.value}`;
    case 'free':
      return `? ${of.words}`;
    case 'not':
      return `not ${formula(of.of)}`;
    case 'and':
    case 'or':
      return `(${of.of.map(formula).join(` ${of.op} `)})`;
    case 'named':
      return `${of.name}[${formula(of.of)}]`;
  }
}
