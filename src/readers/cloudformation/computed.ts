import {
  Choice,
  type Domain,
  DynamicReference,
  isList,
  Reference,
  Text,
  Unknown,
  type UnknownReason,
  type Value,
  type ValueMap,
} from '../../model/index.js';

/** An identity longer than this costs more than knowing two values equal is worth. */
const MAX_IDENTITY = 400;

/**
 * The Unknown that a function gives when its arguments leave it open. The same function of the same arguments is the same
 * Unknown; `because` is the argument that leaves it open, whose reason and settling are handed on.
 */
export function computed(name: string, args: readonly Value[], domain: Domain = {}): Unknown {
  const identities = args.map(identityOf);
  const identity = identities.every((part) => part !== undefined) ? `${name}(${identities.join(', ')})` : undefined;
  const cause = firstUnknown(args);
  const reason: UnknownReason = {
    kind: cause?.reason.kind ?? 'computed',
    words: cause === undefined ? `the result of ${name}` : `the result of ${name} on ${cause.reason.words}`,
    ...(cause?.reason.settle === undefined ? {} : { settle: cause.reason.settle }),
  };
  return new Unknown(reason, domain, identity !== undefined && identity.length <= MAX_IDENTITY ? identity : undefined);
}

/** A text that is equal exactly for values known to be equal; undefined where a part equals nothing but itself. */
export function identityOf(value: Value): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (value instanceof Unknown) return value.variable;
  if (value instanceof Reference) return `${value.target}.${value.attribute}`;
  if (value instanceof DynamicReference) return value.text;
  if (value instanceof Text) return allOf(value.parts, '&');
  if (value instanceof Choice) return undefined;
  if (isList(value)) return allOf(value, ', ', '[', ']');
  return allOf(Object.entries(value as ValueMap).flat(), ', ', '{', '}');
}

function allOf(values: readonly Value[], separator: string, open = '', close = ''): string | undefined {
  const parts: string[] = [];
  let length = 0;
  for (const value of values) {
    const part = identityOf(value);
    if (part === undefined) return undefined;
    length += part.length;
    if (length > MAX_IDENTITY) return undefined;
    parts.push(part);
  }
  return open + parts.join(separator) + close;
}

/** The first Unknown anywhere in the values: what leaves a result open. */
export function firstUnknown(values: readonly Value[]): Unknown | undefined {
  for (const value of values) {
    if (typeof value !== 'object' || value === null) continue;
    if (value instanceof Unknown) return value;
    if (value instanceof Reference || value instanceof DynamicReference) continue;
    const inner =
      value instanceof Text
        ? firstUnknown(value.parts)
        : value instanceof Choice
          ? firstUnknown([value.then, value.otherwise])
          : firstUnknown(isList(value) ? value : Object.values(value as ValueMap));
    if (inner !== undefined) return inner;
  }
  return undefined;
}
