import type { Path } from './place.js';
import type { Resource } from './resource.js';
import type { World } from './variable.js';

/** What an undecided verdict rests on: a value nobody knows yet, or a fact that was not read. */
export interface Cause {
  /** A noun phrase: "parameter KeyArn, which has no default". */
  readonly words: string;
  /** How to settle it, in the imperative. */
  readonly settle?: string;
  /** Groups causes in statistics: the Unknown's reason kind, `gap`, or `default` where another admitted value changes the verdict. */
  readonly kind: string;
}

/** Where in a resource the deciding value stands. */
export interface Spot {
  readonly path: Path;
  /** `properties` where absent. */
  readonly section?: 'properties' | 'attributes';
  /** Under an unknown condition: the world in which this is so. */
  readonly world?: World;
}

/** Another place that helps to understand a finding: "this statement", "granted here". */
export interface RelatedSpot extends Spot {
  readonly resource: Resource;
  readonly label: string;
}

/** The answer of one rule on one resource, at one place. `pass` is said once; `fail` and `undecided` once for each place. */
export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'not-applicable' }
  | {
      readonly kind: 'fail';
      readonly spot: Spot;
      /** Values for the `{placeholders}` of the rule's message. Never a secret. */
      readonly words?: Readonly<Record<string, string>>;
      /** "when condition IsProd is true": where it fails only in some worlds but the resource exists only there, too. */
      readonly condition?: string;
      readonly related?: readonly RelatedSpot[];
      /** What the place shows is a secret: no snippet, no hash of the line leaves the engine. */
      readonly secret?: boolean;
      /** How the verdict came about, a sentence a step. */
      readonly steps?: readonly string[];
    }
  | {
      readonly kind: 'undecided';
      readonly spot: Spot;
      readonly because: readonly Cause[];
      readonly words?: Readonly<Record<string, string>>;
      readonly condition?: string;
      readonly secret?: boolean;
    };

export const PASS: Verdict = { kind: 'pass' };
export const NOT_APPLICABLE: Verdict = { kind: 'not-applicable' };
