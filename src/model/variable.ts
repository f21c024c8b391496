import type { Scalar, Value, ValueType } from './value.js';

/** A variable's identity, unique in its scope: `parameter Env`, `AWS::Region`. */
export type VariableId = string;

/** Something that is decided outside the source and may be used in several places: a template parameter, a pseudo parameter. */
export interface Variable {
  readonly id: VariableId;
  /** How people call it: "parameter Env". */
  readonly words: string;
  readonly type: ValueType;
  /** Every value it admits, where the source closes the list (`AllowedValues`). */
  readonly values?: readonly Value[];
  /** The literals that conditions and look-ups compare it with; with `values` absent, these and "something else" are its cases. */
  readonly compared: readonly Scalar[];
  /** What it is when nobody says otherwise. */
  readonly default?: Value;
  /** How to settle it: "pass --parameters Env=VALUE". */
  readonly settle?: string;
  /** True where the source hides what is passed in (`NoEcho`, `sensitive`), false where it shows it; absent where neither is known. */
  readonly masked?: boolean;
}

/** A condition over variables, three-valued until they are known. Hash-consing is not needed: formulas stay small. */
export type Formula =
  | { readonly op: 'constant'; readonly value: boolean }
  /** The variable equals the literal. */
  | { readonly op: 'is'; readonly variable: VariableId; readonly value: Scalar }
  /** Two variables (or a test we can't take apart): free, but the same wherever its id is the same. */
  | { readonly op: 'free'; readonly id: string; readonly words: string }
  | { readonly op: 'not'; readonly of: Formula }
  | { readonly op: 'and' | 'or'; readonly of: readonly Formula[] }
  /** A named condition of the source; carries the formula behind it so that words can use the name. */
  | { readonly op: 'named'; readonly name: string; readonly of: Formula };

export const ALWAYS: Formula = { op: 'constant', value: true };
export const NEVER: Formula = { op: 'constant', value: false };

/** Stands for "a value none of the named ones" of a variable. */
export const OTHER: unique symbol = Symbol('other');
export type Assigned = Value | typeof OTHER;

/** One way the variables and free conditions could turn out. A variable that is not in it stays open. */
export interface World {
  readonly values: ReadonlyMap<VariableId, Assigned>;
  readonly free: ReadonlyMap<string, boolean>;
}
export const EMPTY_WORLD: World = { values: new Map(), free: new Map() };
