import type { Origin } from './place.js';
import type { Formula } from './variable.js';
import type { Cause } from './verdict.js';

/** Which part of a decision a policy takes part in. */
export type PolicyKind = 'identity' | 'resource' | 'trust' | 'boundary' | 'session' | 'scp' | 'rcp' | 'endpoint';

/** An element that names what it matches, or, negated (`NotAction`, `NotResource`, `NotPrincipal`), what it leaves out. */
export interface PatternElement {
  readonly negated: boolean;
  readonly patterns: readonly PolicyText[];
}

/**
 * A text of a policy. Before deployment parts of it may be unknown: `unknown` then says why, and `text` holds the pattern
 * with each unknown part written as `*` (so it covers at least what the real one will).
 */
export interface PolicyText {
  readonly text: string;
  readonly unknown?: Cause;
}

export type PrincipalEntry =
  | { readonly kind: 'anyone' } // "*"
  | { readonly kind: 'any-aws' } // {"AWS": "*"}
  | { readonly kind: 'account'; readonly account: string }
  /** A user, role, assumed-role session or federated-user ARN. */
  | { readonly kind: 'arn'; readonly arn: string }
  /** What AWS leaves of a deleted user or role: AIDA…, AROA…. */
  | { readonly kind: 'unique-id'; readonly id: string }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'federated'; readonly provider: string }
  | { readonly kind: 'canonical-user'; readonly id: string }
  | { readonly kind: 'unknown'; readonly cause: Cause };

export interface PrincipalElement {
  readonly negated: boolean;
  readonly entries: readonly PrincipalEntry[];
}

export interface ConditionTest {
  /** The base operator as documented: `StringEquals`, `ArnLike`, `Null`; without set prefix and `IfExists`. */
  readonly operator: string;
  readonly set?: 'ForAllValues' | 'ForAnyValue';
  readonly ifExists: boolean;
  /** As written; compared ignoring case. */
  readonly key: string;
  readonly values: readonly PolicyText[];
  readonly origin: Origin;
}

export interface Statement {
  /** Position in its document, from 0. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principal?: PrincipalElement;
  readonly action: PatternElement;
  /** Absent in trust policies. */
  readonly resource?: PatternElement;
  readonly conditions: readonly ConditionTest[];
  readonly origin: Origin;
  /** A statement that is there only under a condition the source leaves open; the formula is part of the answer then. */
  readonly exists?: { readonly when: Formula; readonly causes: readonly Cause[] };
}

export interface PolicyDocument {
  /** How people call it: "policy ReadOrders of role Checkout", "key policy of OrdersKey". */
  readonly name: string;
  readonly kind: PolicyKind;
  /** The ARN of a managed policy. */
  readonly arn?: string;
  /** Policy variables work under 2012-10-17 only. */
  readonly version: '2012-10-17' | '2008-10-17';
  readonly statements: readonly Statement[];
  readonly origin: Origin;
  /** Set where the document is known to exist but could not be read: it could say anything. */
  readonly unreadable?: Cause;
}
