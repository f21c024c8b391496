import type { Path, Range } from './place.js';
import type { SourceKind } from './resource.js';
import type { Severity } from './severity.js';
import type { Cause } from './verdict.js';

/** One line of a frame, already masked, escaped for control and bidi characters, and cut to a readable width. */
export interface FrameLine {
  /** The line's number in the file. */
  readonly number: number;
  readonly text: string;
  /** Marked stretches, by index into `text`, end exclusive; `primary` is the deciding one. */
  readonly marks: readonly { readonly start: number; readonly end: number; readonly primary: boolean; readonly label?: string }[];
}

/** A few lines of the source with the deciding stretch marked. */
export interface Frame {
  readonly file: string;
  readonly lines: readonly FrameLine[];
}

/** A place a finding points at. `range` is absent for what has no file line (a live resource without a snapshot file). */
export interface Location {
  readonly file?: string;
  readonly range?: Range;
  /** True where the place is the deciding value itself, false where it is the nearest thing that is written. */
  readonly exact: boolean;
  /** "this statement"; the primary location has none. */
  readonly label?: string;
  readonly frame?: Frame;
}

/** Why a finding does not count. */
export interface Suppression {
  readonly by: 'comment' | 'metadata' | 'config';
  readonly reason: string;
  /** ISO date after which it no longer holds. */
  readonly until?: string;
  /** Where it is written. */
  readonly file?: string;
  readonly line?: number;
}

/** What a rule found at one place, stamped by the engine. Everything a reporter shows is in here or in the report's rule table. */
export interface Finding {
  readonly rule: string;
  /** `fail`: the problem is there. `undecided`: it may be. */
  readonly kind: 'fail' | 'undecided';
  readonly severity: Severity;
  readonly message: string;
  readonly resource: {
    readonly id: string;
    readonly type: string;
    readonly address: string;
    readonly name: string;
    readonly source: SourceKind;
  };
  /** The deciding value, below the resource's properties; empty for the resource itself. */
  readonly path: Path;
  readonly location: Location;
  readonly related: readonly Location[];
  /** Hex, stable across moved lines and renamed files' siblings: see `docs/decisions` on fingerprints. */
  readonly fingerprint: string;
  /** GitHub's own line hash, `hash:n`; absent for secrets and for what has no file. */
  readonly lineHash?: string;
  readonly condition?: string;
  readonly because: readonly Cause[];
  readonly steps: readonly string[];
  readonly secret: boolean;
  readonly suppression?: Suppression;
  readonly baselined: boolean;
  /** Ids of rules whose finding here this one stands for (one cause, one finding). */
  readonly silences: readonly string[];
  /** At or above the run's threshold and active: it makes the run exit 1. */
  readonly failsRun: boolean;
  /** Other places where the same cause shows (duplicates folded), beyond `location`. */
  readonly also: readonly Location[];
}
