import {
  ABSENT,
  ALWAYS,
  Choice,
  type FileOrigin,
  type Formula,
  isClosed,
  isMap,
  type Path,
  type Resource,
  Unknown,
  type Value,
  type ValueMap,
  type World,
} from '../../model/index.js';
import { type PropertyShape, shapeOf } from '../../model/schema/index.js';
import { choose } from './choice.js';
import { coerce } from './coerce.js';
import { withDefaults } from './default-values.js';
import type { Reading } from './reading.js';

/** A resource that is evaluated and not yet in its schema's form: that waits until all cases of all variables are known. */
export interface ResourceDraft {
  readonly id: string;
  readonly type: string;
  readonly address: string;
  readonly name: string;
  readonly properties: Value;
  readonly attributes: Value;
  readonly exists: Formula;
  readonly origin: FileOrigin;
  readonly madeFrom?: string;
  place(path: Path, world?: World, section?: 'properties' | 'attributes'): { readonly origin: FileOrigin; readonly exact: boolean };
}

export function finish(draft: ResourceDraft, reading: Reading): Resource {
  const { id, type, address, name, origin, exists, madeFrom } = draft;
  const shape = shapeOf(type);
  const coerced = coerce(draft.properties, shape, reading);
  const { properties, defaulted } = withDefaults(type, propertiesOf(coerced, shape), reading);
  const attributes = propertiesOf(coerce(draft.attributes, undefined, reading), undefined);
  return {
    id,
    type,
    address,
    name,
    properties,
    defaulted,
    attributes,
    observed: {},
    ...(exists === ALWAYS || exists.op === 'constant' ? {} : { exists }),
    open: !isClosed(properties) || !isClosed(attributes),
    origin,
    ...(madeFrom === undefined ? {} : { madeFrom }),
    place: draft.place,
  };
}

/** Properties as a map, whatever gave them: a choice of maps becomes a map of choices, an Unknown leaves each property open. */
function propertiesOf(value: Value, shape: PropertyShape | undefined): ValueMap {
  if (isMap(value)) return value;
  if (value instanceof Choice) return merged(value, shape);
  if (value instanceof Unknown && shape?.type === 'object') {
    const names = Object.keys(shape.properties ?? {});
    return Object.fromEntries(names.map((name) => [name, new Unknown(value.reason, { mayBeAbsent: true })]));
  }
  return {};
}

function merged({ when, then, otherwise }: Choice, shape: PropertyShape | undefined): ValueMap {
  const left = propertiesOf(then, shape);
  const right = propertiesOf(otherwise, shape);
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries([...names].map((name) => [name, choose(when, own(left, name), own(right, name))]));
}

function own(map: ValueMap, name: string): Value {
  return Object.hasOwn(map, name) ? (map[name] ?? null) : ABSENT;
}
