/** Plain JSON: what a rule file can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonMap;
export interface JsonMap {
  readonly [key: string]: Json;
}

export type KeyManager = 'customer' | 'aws-managed' | 'aws-owned';

/** The vocabulary of `when` and `must` after short forms are written out: JSON Schema's words and ours. */
export type Schema = boolean | SchemaObject;
export interface SchemaObject {
  readonly type?: string | readonly string[];
  readonly const?: Json;
  readonly enum?: readonly Json[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly contains?: Schema;
  readonly minContains?: number;
  readonly maxContains?: number;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  /** The source itself says these properties: they are there, and not by the table of defaults. */
  readonly stated?: readonly string[];
  /** The value names a KMS key of one of these managers. */
  readonly keyManager?: readonly KeyManager[];
  /** The credential is not written down. */
  readonly notLiteralSecret?: true;
}

/** Keywords whose value is one schema, a list of schemas, or schemas by name. */
export const SCHEMA_KEYWORDS = {
  one: ['additionalProperties', 'propertyNames', 'items', 'contains', 'not', 'if', 'then', 'else'],
  list: ['allOf', 'anyOf', 'oneOf'],
  byName: ['properties', 'at', 'wherever'],
} as const;

/** Keywords that JSON Schema lacks; a schema that holds one is judged by our interpreter alone. */
export const OWN_KEYWORDS: ReadonlySet<string> = new Set(['stated', 'keyManager', 'notLiteralSecret']);

/**
 * A schema of a rule file with its short forms written out: `at` and `wherever` become nested `properties`, options their
 * values, a single key manager a list. The file was checked against `schema/rule.schema.json` before.
 */
export function writeOut(source: Json, options: Readonly<Record<string, unknown>>): Schema {
  if (typeof source === 'boolean') return source;
  const map = source as JsonMap; // the rule's schema admits nothing else
  const out: Record<string, unknown> = {};
  const further: Schema[] = [];
  for (const [keyword, value] of Object.entries(map)) {
    if ((SCHEMA_KEYWORDS.one as readonly string[]).includes(keyword)) out[keyword] = writeOut(value, options);
    else if ((SCHEMA_KEYWORDS.list as readonly string[]).includes(keyword)) {
      out[keyword] = (value as readonly Json[]).map((part) => writeOut(part, options)); // checked: a list of schemas
    } else if (keyword === 'properties') {
      out[keyword] = Object.fromEntries(Object.entries(value as JsonMap).map(([name, part]) => [name, writeOut(part, options)]));
    } else if (keyword === 'at' || keyword === 'wherever') {
      for (const [path, part] of Object.entries(value as JsonMap)) {
        further.push(nest(parsePath(path), writeOut(part, options), keyword));
      }
    } else if (keyword === 'keyManager') out[keyword] = typeof value === 'string' ? [value] : value;
    else if (keyword !== 'const' && isOption(value)) out[keyword] = options[value.option];
    else if (keyword === 'const' && isOption(value)) out[keyword] = options[value.option];
    else out[keyword] = value;
  }
  if (further.length === 0) return out as SchemaObject; // built from checked keywords
  const plain = out as SchemaObject; // built from checked keywords
  if (Object.keys(out).length === 0 && further.length === 1) return further[0] as Schema; // the one there is
  return { ...plain, allOf: [...(plain.allOf ?? []), ...further] };
}

/** Names of the options a schema uses. */
export function optionsUsed(source: Json): readonly string[] {
  if (typeof source !== 'object' || source === null) return [];
  if (Array.isArray(source)) return source.flatMap((part: Json) => optionsUsed(part));
  if (isOption(source)) return [source.option];
  return Object.values(source as JsonMap).flatMap(optionsUsed);
}

function isOption(value: Json): value is { readonly option: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).length === 1 && typeof (value as JsonMap).option === 'string';
}

/** `Users[].Password` as `Users`, `[]`, `Password`; `*` steps into every value of a map. */
export function parsePath(path: string): readonly string[] {
  return path.split('.').flatMap((part) => {
    const lists = /(?:\[\])+$/.exec(part)?.[0].length ?? 0;
    const name = part.slice(0, part.length - lists);
    return [...(name === '' ? [] : [name]), ...Array<string>(lists / 2).fill('[]')];
  });
}

function nest(path: readonly string[], schema: Schema, keyword: 'at' | 'wherever'): Schema {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  const inner = nest(rest, schema, keyword);
  if (step === '[]') return { items: inner };
  if (step === '*') return { additionalProperties: inner };
  return keyword === 'at' ? { required: [step], properties: { [step]: inner } } : { properties: { [step]: inner } };
}

/** True where the schema, or one inside it, uses a keyword of ours. */
export function usesOwnKeyword(schema: Schema): boolean {
  if (typeof schema === 'boolean') return false;
  if (Object.keys(schema).some((keyword) => OWN_KEYWORDS.has(keyword))) return true;
  return subschemas(schema).some(usesOwnKeyword);
}

/** The schemas directly inside a schema. */
export function subschemas(schema: SchemaObject): readonly Schema[] {
  const inner: Schema[] = Object.values(schema.properties ?? {});
  for (const keyword of SCHEMA_KEYWORDS.one) {
    const part = schema[keyword];
    if (part !== undefined) inner.push(part);
  }
  for (const keyword of SCHEMA_KEYWORDS.list) inner.push(...(schema[keyword] ?? []));
  return inner;
}
