import { type DynamicReference, type Reference, sameValue, type Text, Unknown, type Value, type ValueType } from '../model/index.js';
import { matchesPartly, type PartialText, type PatternEngine } from './pattern.js';
import type { SchemaObject } from './schema.js';

/** What is certain of an open value, whatever it turns out to be. */
export interface KnownPart extends PartialText {
  readonly type?: ValueType;
  readonly excludes: readonly Value[];
  /** Least and greatest length of the text. */
  readonly minLength: number;
  readonly minItems: number;
  /** The literals follow each other without overlap. */
  readonly inOrder: boolean;
}

const NOTHING: KnownPart = { prefix: '', suffix: '', literals: [], excludes: [], minLength: 0, minItems: 0, inOrder: false };

export function knownPart(open: Unknown | Reference | Text | DynamicReference): KnownPart {
  switch (open.kind) {
    case 'unknown': {
      const { type, prefix = '', suffix = '', excludes = [], minItems = 0 } = open.domain;
      const literals = [prefix, suffix].filter((part) => part !== '');
      const known = { ...NOTHING, prefix, suffix, literals, excludes, minItems, minLength: Math.max(prefix.length, suffix.length) };
      if (type !== undefined) return { ...known, type };
      return literals.length > 0 ? { ...known, type: 'string' } : known;
    }
    case 'reference': {
      const prefix = open.attribute === 'Arn' ? 'arn:' : '';
      return { ...NOTHING, type: 'string', prefix, literals: prefix === '' ? [] : [prefix], excludes: [''], minLength: prefix.length + 1 };
    }
    case 'dynamic-reference':
      return { ...NOTHING, type: 'string' };
    case 'text': {
      const first = open.parts[0];
      const last = open.parts.at(-1);
      const literals = open.parts.filter((part) => typeof part === 'string');
      return {
        ...NOTHING,
        type: 'string',
        prefix: typeof first === 'string' ? first : first === undefined ? '' : knownPart(first).prefix,
        suffix: typeof last === 'string' ? last : last === undefined ? '' : knownPart(last).suffix,
        literals,
        inOrder: true,
        minLength: literals.reduce((sum, part) => sum + part.length, 0),
      };
    }
  }
}

/** Whether one keyword holds of an open value; `undefined` where it depends. Only keywords about the value itself. */
export function keywordOnOpen(keyword: string, schema: SchemaObject, known: KnownPart, patterns: PatternEngine): boolean | undefined {
  switch (keyword) {
    case 'type':
      return known.type === undefined ? undefined : typeAdmits(schema.type ?? [], known.type);
    case 'const':
      return mayEqual(known, schema.const as Value) ? undefined : false; // rule files hold plain JSON
    case 'enum':
      return (schema.enum ?? []).some((item) => mayEqual(known, item as Value)) ? undefined : false; // rule files hold plain JSON
    case 'pattern':
      return ofType(known, 'string', () => matchesPartly(schema.pattern ?? '', known, patterns));
    case 'minLength':
      return ofType(known, 'string', () => (known.minLength >= (schema.minLength ?? 0) ? true : undefined));
    case 'maxLength':
      return ofType(known, 'string', () => (known.minLength > (schema.maxLength ?? 0) ? false : undefined));
    case 'minItems':
      return ofType(known, 'array', () => (known.minItems >= (schema.minItems ?? 0) ? true : undefined));
    case 'maxItems':
      return ofType(known, 'array', () => (known.minItems > (schema.maxItems ?? 0) ? false : undefined));
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return ofType(known, 'number', () => undefined);
    case 'items':
    case 'contains':
      return ofType(known, 'array', () => undefined);
    case 'required':
    case 'properties':
    case 'additionalProperties':
    case 'propertyNames':
    case 'stated':
      return ofType(known, 'object', () => undefined);
    default:
      return undefined;
  }
}

/** A keyword speaks of one type only and holds of every other. */
function ofType(known: KnownPart, type: ValueType, inner: () => boolean | undefined): boolean | undefined {
  if (known.type !== undefined && known.type !== type) return true;
  const truth = inner();
  return known.type === undefined && truth === false ? undefined : truth;
}

function typeAdmits(admitted: string | readonly string[], type: ValueType): boolean | undefined {
  const names = typeof admitted === 'string' ? [admitted] : admitted;
  if (names.includes(type)) return true;
  return type === 'number' && names.includes('integer') ? undefined : false;
}

function mayEqual(known: KnownPart, literal: Value): boolean {
  const type = literal === null ? 'null' : Array.isArray(literal) ? 'array' : typeof literal;
  if (known.type !== undefined && known.type !== type) return false;
  if (known.excludes.some((excluded) => sameValue(excluded, literal))) return false;
  if (typeof literal === 'string') return mayBeText(known, literal);
  if (Array.isArray(literal)) return literal.length >= known.minItems;
  return true;
}

/** The literal begins, ends and goes on as the known stretches say. */
function mayBeText(known: KnownPart, literal: string): boolean {
  if (literal.length < known.minLength || !literal.startsWith(known.prefix) || !literal.endsWith(known.suffix)) return false;
  if (!known.inOrder) return true;
  let from = 0;
  for (const part of known.literals) {
    const at = literal.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}

export function isUnknownWithValues(open: unknown): open is Unknown & { readonly domain: { readonly values: readonly Value[] } } {
  return open instanceof Unknown && open.domain.values !== undefined;
}
