import type { Formula, Origin, Resource, ValueMap } from '../../model/index.js';
import { decodeValue, encodeFormula, encodeValue, type Json, type JsonMap, type Rename } from './value-codec.js';

/**
 * A resource as plain JSON, for another thread or scope. Its text stays behind: every place of the decoded resource is the
 * resource itself, not exact.
 */
export function encodeResource(resource: Resource, rename?: Rename): JsonMap {
  return {
    id: resource.id,
    type: resource.type,
    address: resource.address,
    name: resource.name,
    properties: encodeValue(resource.properties, rename),
    defaulted: [...resource.defaulted].map((pair): Json => pair),
    attributes: encodeValue(resource.attributes, rename),
    observed: encodeValue(resource.observed, rename),
    ...(resource.exists === undefined ? {} : { exists: encodeFormula(resource.exists, rename) }),
    open: resource.open,
    origin: resource.origin as unknown as JsonMap, // origins are plain JSON
    ...(resource.madeFrom === undefined ? {} : { madeFrom: resource.madeFrom }),
  };
}

/** The resource that `encodeResource` wrote. Every cast restores what it wrote. */
export function decodeResource(json: JsonMap): Resource {
  const origin = json.origin as unknown as Origin; // see above
  return {
    id: String(json.id),
    type: String(json.type),
    address: String(json.address),
    name: String(json.name),
    properties: decodeValue(json.properties as Json) as ValueMap, // see above
    defaulted: new Map(json.defaulted as unknown as readonly (readonly [string, string])[]), // see above
    attributes: decodeValue(json.attributes as Json) as ValueMap, // see above
    observed: decodeValue(json.observed as Json) as ValueMap, // see above
    ...(json.exists === undefined ? {} : { exists: json.exists as unknown as Formula }), // see above
    open: json.open === true,
    origin,
    ...(json.madeFrom === undefined ? {} : { madeFrom: String(json.madeFrom) }),
    place: () => ({ origin, exact: false }),
  };
}
