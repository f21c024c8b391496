import type { Formula, VariableId } from './variable.js';

/** What JSON can say in one word. */
export type Scalar = string | number | boolean | null;

/**
 * A property value: plain JSON where the source says all, an `OpenValue` where a part is decided later.
 * Plain objects and arrays hold no prototype but their own, so `instanceof OpenValue` tells the two apart.
 */
export type Value = Scalar | readonly Value[] | ValueMap | Open;
export interface ValueMap {
  readonly [key: string]: Value;
}

/** A value whose final form is decided later than the source was read. Exhaustively switched on `kind`. */
export type Open = Unknown | Reference | Text | Choice | DynamicReference | Absent;

/** The common ancestor, so that one `instanceof` tells an open value from plain JSON. */
export abstract class OpenValue {
  abstract readonly kind: 'unknown' | 'reference' | 'text' | 'choice' | 'dynamic-reference' | 'absent';
}

export type ValueType = 'string' | 'number' | 'boolean' | 'array' | 'object';

/** Why a value can't be known, and what would settle it. */
export interface UnknownReason {
  readonly kind:
    | 'parameter' // a template parameter without a value
    | 'pseudo-parameter' // AWS::Region and its like
    | 'attribute' // an attribute that exists only after deployment
    | 'import' // an export that no template of the scan makes, or several do
    | 'macro' // a transform we cannot run
    | 'outside-scan' // a file outside the scan roots
    | 'unresolved' // the source refers to something that is not there
    | 'limit' // a limit of ours was reached
    | 'variable' // a Terraform variable without a value
    | 'computed' // a function we do not evaluate
    | 'not-collected'; // an API call that was denied or not made
  /** A noun phrase: "parameter KeyArn, which has no default". */
  readonly words: string;
  /** What a user can do about it, in the imperative: "pass --parameters KeyArn=VALUE". */
  readonly settle?: string;
}

/** The values an Unknown may take; an absent field says nothing is known of that side. */
export interface Domain {
  readonly type?: ValueType;
  /** Every value it can take, where that is a closed list. */
  readonly values?: readonly Value[];
  /** Values it is known not to take. */
  readonly excludes?: readonly Value[];
  /** True where the property itself may turn out absent. */
  readonly mayBeAbsent?: boolean;
  /** Least length, for lists. */
  readonly minItems?: number;
  /** For strings: what it begins and ends with. */
  readonly prefix?: string;
  readonly suffix?: string;
}

/**
 * A value that the source can't know. Two Unknowns with the same `variable` are equal, whatever it turns out to be;
 * one without a variable equals nothing but itself.
 */
export class Unknown extends OpenValue {
  readonly kind = 'unknown';
  constructor(
    readonly reason: UnknownReason,
    readonly domain: Domain = {},
    readonly variable?: VariableId,
  ) {
    super();
  }
}

/**
 * A link to another resource of the snapshot. `target` is that resource's id; `attribute` is `Ref` for what `!Ref`
 * gives, else the attribute's name (`Arn`, `KeyId`, …). Two references with equal target and attribute are equal.
 */
export class Reference extends OpenValue {
  readonly kind = 'reference';
  constructor(
    readonly target: string,
    readonly attribute: string,
  ) {
    super();
  }
}

export type TextPart = string | Unknown | Reference | DynamicReference;

/** A string with parts decided later: at least one part is open, no two literals are neighbours, none is empty. */
export class Text extends OpenValue {
  readonly kind = 'text';
  constructor(readonly parts: readonly TextPart[]) {
    super();
  }
}

/** One of two values, as a condition that can't be known decides (`Fn::If`, a mapping looked up by a parameter). */
export class Choice extends OpenValue {
  readonly kind = 'choice';
  constructor(
    readonly when: Formula,
    readonly then: Value,
    readonly otherwise: Value,
  ) {
    super();
  }
}

/** A CloudFormation dynamic reference, `{{resolve:ssm:…}}`: the value stays in its store until deployment. */
export class DynamicReference extends OpenValue {
  readonly kind = 'dynamic-reference';
  constructor(
    readonly service: 'ssm' | 'ssm-secure' | 'secretsmanager',
    /** What follows the service in the reference: parameter name and version, or secret id, key and stage. */
    readonly key: string,
    readonly text: string,
    /** The key's parts where one is decided later (`${Secret}`): keeps the link to what is referred to. */
    readonly parts?: readonly TextPart[],
  ) {
    super();
  }
}

/** `AWS::NoValue`: as a branch of a Choice. Where it is certain, the property simply isn't there. */
export class Absent extends OpenValue {
  readonly kind = 'absent';
}
export const ABSENT = new Absent();

export function isOpen(value: unknown): value is Open {
  return value instanceof OpenValue;
}

export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof OpenValue);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The text made of parts, folded: a plain string where all parts are literal, the part itself where it is alone. */
export function textOf(parts: readonly TextPart[]): string | Text | Unknown | Reference | DynamicReference {
  const folded: TextPart[] = [];
  for (const part of parts) {
    const last = folded.at(-1);
    if (part === '') continue;
    if (typeof part === 'string' && typeof last === 'string') folded[folded.length - 1] = last + part;
    else folded.push(part);
  }
  const only = folded[0];
  if (only === undefined) return '';
  return folded.length === 1 ? only : new Text(folded);
}

/** True where no part of the value is decided later. Walks the whole value; callers that ask often should keep the answer. */
export function isClosed(value: Value): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (value instanceof OpenValue) return false;
  if (Array.isArray(value)) return value.every(isClosed);
  return Object.values(value as ValueMap).every(isClosed);
}

/** Sameness of values: plain JSON by content, Unknowns by variable, references by target and attribute. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof OpenValue || b instanceof OpenValue) return sameOpen(a as Open, b as Open);
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => sameValue(item, b[index] as Value));
  }
  const left = Object.entries(a as ValueMap);
  const right = b as ValueMap;
  if (left.length !== Object.keys(right).length) return false;
  return left.every(([key, item]) => Object.hasOwn(right, key) && sameValue(item, right[key] as Value));
}

function sameOpen(a: Open, b: Open): boolean {
  if (a instanceof Unknown && b instanceof Unknown) return a.variable !== undefined && a.variable === b.variable;
  if (a instanceof Reference && b instanceof Reference) return a.target === b.target && a.attribute === b.attribute;
  if (a instanceof DynamicReference && b instanceof DynamicReference) return a.text === b.text;
  if (a instanceof Text && b instanceof Text) {
    return a.parts.length === b.parts.length && a.parts.every((part, i) => sameValue(part, b.parts[i] as Value));
  }
  return false;
}
