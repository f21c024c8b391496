import { readFileSync } from 'node:fs';
import { EXTENSIONS } from '../extensions/index.js';

/** What a property may hold. `json` is an object or its text (a policy document); `any` is not described. */
export type PropertyShape =
  | { readonly type: 'string' | 'number' | 'boolean' | 'json' | 'any' }
  | { readonly type: 'array'; readonly items: PropertyShape }
  /** `properties` for named members, `values` for what every member of a map is. */
  | { readonly type: 'object'; readonly properties?: Readonly<Record<string, PropertyShape>>; readonly values?: PropertyShape };

/** The encoding of `scripts/build-schema-index.mjs`. */
type Encoded = string | number | readonly [Encoded] | { readonly '*': Encoded };
type EncodedMap = Readonly<Record<string, Encoded>>;
interface ServiceIndex {
  readonly types: Readonly<Record<string, EncodedMap>>;
  readonly defs: readonly EncodedMap[];
}

/** The JSON Schema words an extension may use. */
export interface ExtensionSchema {
  readonly type: 'string' | 'number' | 'boolean' | 'json' | 'any' | 'array' | 'object';
  readonly items?: ExtensionSchema;
  readonly properties?: Readonly<Record<string, ExtensionSchema>>;
  readonly additionalProperties?: ExtensionSchema;
}

const SCALARS: Readonly<Record<string, PropertyShape>> = {
  s: { type: 'string' },
  n: { type: 'number' },
  b: { type: 'boolean' },
  j: { type: 'json' },
  a: { type: 'any' },
};

const services = new Map<string, ServiceIndex | undefined>();
const shapes = new Map<string, PropertyShape | undefined>();

/**
 * The properties of a CloudFormation type, extensions included; `undefined` where neither the published schemas nor
 * `src/model/extensions` know the type. The index of a service is read when one of its types is asked for first.
 */
export function shapeOf(type: string): PropertyShape | undefined {
  if (shapes.has(type)) return shapes.get(type);
  const shape = describe(type);
  shapes.set(type, shape);
  return shape;
}

/** Facts a live account tells of a type that no property holds; `undefined` where none are declared. */
export function observedShapeOf(type: string): PropertyShape | undefined {
  const declared = EXTENSIONS.filter((extension) => extension.type === type && extension.observed !== undefined);
  if (declared.length === 0) return undefined;
  return { type: 'object', properties: Object.assign({}, ...declared.map((extension) => fromExtension(extension.observed ?? {}))) };
}

/** The shape at a path of property names; `[]` steps into a list's items and `*` into a map's values. */
export function shapeAt(shape: PropertyShape, path: readonly string[]): PropertyShape | undefined {
  let at: PropertyShape | undefined = shape;
  for (const step of path) {
    if (at === undefined || at.type === 'json' || at.type === 'any') return at;
    if (at.type === 'array') at = step === '[]' ? at.items : undefined;
    else if (at.type === 'object') at = step === '*' ? at.values : (ownShape(at.properties, step) ?? at.values);
    else at = undefined;
  }
  return at;
}

function ownShape(properties: Readonly<Record<string, PropertyShape>> | undefined, name: string): PropertyShape | undefined {
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

function describe(type: string): PropertyShape | undefined {
  const extended = EXTENSIONS.filter((extension) => extension.type === type);
  const index = serviceIndex(type);
  const published = index !== undefined && Object.hasOwn(index.types, type) ? index.types[type] : undefined;
  if (published === undefined && extended.length === 0) return undefined;
  const properties: Record<string, PropertyShape> =
    index === undefined || published === undefined ? {} : { ...decodeProperties(published, decoder(index)) };
  for (const extension of extended) Object.assign(properties, fromExtension(extension.properties));
  return { type: 'object', properties };
}

/** `AWS::KMS::Key` is kept in `aws-kms.json`; the same rule stands in `scripts/build-schema-index.mjs`. */
function serviceIndex(type: string): ServiceIndex | undefined {
  const service = type.split('::').slice(0, 2).join('-').toLowerCase();
  if (!/^[a-z0-9]+-[a-z0-9]+$/.test(service)) return undefined;
  if (!services.has(service)) services.set(service, readIndex(service));
  return services.get(service);
}

function readIndex(service: string): ServiceIndex | undefined {
  try {
    return JSON.parse(readFileSync(new URL(`./generated/${service}.json`, import.meta.url), 'utf8')) as ServiceIndex; // our own generated file
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Definitions may hold themselves (a WAF statement), so each is decoded when it is first looked into. */
function decoder(index: ServiceIndex): (encoded: Encoded) => PropertyShape {
  const decoded = new Map<number, PropertyShape>();
  const decode = (encoded: Encoded): PropertyShape => {
    if (typeof encoded === 'string') return SCALARS[encoded] ?? { type: 'any' };
    if (typeof encoded === 'number') {
      const known = decoded.get(encoded);
      if (known !== undefined) return known;
      let properties: Readonly<Record<string, PropertyShape>> | undefined;
      const shape: PropertyShape = {
        type: 'object',
        get properties() {
          properties ??= decodeProperties(index.defs[encoded] ?? {}, decode);
          return properties;
        },
      };
      decoded.set(encoded, shape);
      return shape;
    }
    if ('*' in encoded) return { type: 'object', values: decode(encoded['*']) };
    return { type: 'array', items: decode(encoded[0]) };
  };
  return decode;
}

function decodeProperties(encoded: EncodedMap, decode: (encoded: Encoded) => PropertyShape): Readonly<Record<string, PropertyShape>> {
  return Object.fromEntries(Object.entries(encoded).map(([name, value]) => [name, decode(value)]));
}

function fromExtension(properties: Readonly<Record<string, ExtensionSchema>>): Record<string, PropertyShape> {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, shapeOfSchema(schema)]));
}

function shapeOfSchema(schema: ExtensionSchema): PropertyShape {
  switch (schema.type) {
    case 'array':
      return { type: 'array', items: schema.items === undefined ? { type: 'any' } : shapeOfSchema(schema.items) };
    case 'object':
      return {
        type: 'object',
        ...(schema.properties === undefined ? {} : { properties: fromExtension(schema.properties) }),
        ...(schema.additionalProperties === undefined ? {} : { values: shapeOfSchema(schema.additionalProperties) }),
      };
    default:
      return { type: schema.type };
  }
}
