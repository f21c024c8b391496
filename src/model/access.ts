import type { Origin } from './place.js';
import type { PolicyDocument } from './policy.js';
import type { Gap } from './snapshot.js';
import type { Cause } from './verdict.js';

/** A user or role of the snapshot, with every policy that bounds it. */
export interface AccessPrincipal {
  /** The id of its resource in the snapshot, or its ARN. */
  readonly id: string;
  readonly kind: 'user' | 'role';
  /** Before deployment the ARN is symbolic: made of the scope's account and the logical id, and no two are alike. */
  readonly arn: string;
  readonly account: string;
  /** How people call it. */
  readonly name: string;
  /** AIDA… or AROA…, where known. */
  readonly uniqueId?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Own and attached policies and those of every group. */
  readonly identity: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
  readonly trust?: PolicyDocument;
  /** Under `/aws-service-role/`: exempt from SCPs and RCPs. */
  readonly serviceLinked: boolean;
  /** Policies that are attached but not in the snapshot: each makes an answer that could hang on it undecided. */
  readonly missing: readonly Cause[];
  readonly origin: Origin;
}

export interface Grant {
  readonly id: string;
  readonly grantee: string;
  readonly retiring?: string;
  readonly issuingAccount?: string;
  readonly operations: readonly string[];
  readonly contextEquals?: Readonly<Record<string, string>>;
  readonly contextSubset?: Readonly<Record<string, string>>;
  readonly sourceArn?: string;
  readonly origin: Origin;
}

/** Facts about a KMS key that policies can ask for. */
export interface KeyFacts {
  readonly manager: 'customer' | 'aws-managed' | 'aws-owned';
  readonly aliases: readonly string[];
  readonly spec?: string;
  readonly usage?: string;
  readonly keyOrigin?: string;
  readonly multiRegion?: boolean;
  /** Ids or ARNs of the other keys of a multi-Region set: what one decrypts, all do. */
  readonly related: readonly string[];
  readonly grants: readonly Grant[];
}

/** Something that is acted on: a key, parameter, secret, bucket, queue, topic, table, function, role. */
export interface AccessResource {
  readonly id: string;
  readonly arn: string;
  /** CloudFormation type. */
  readonly type: string;
  readonly account: string;
  readonly region?: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Absent where it has none; `unreadable` inside where it has one we could not read. */
  readonly policy?: PolicyDocument;
  readonly key?: KeyFacts;
  /** The key that stands behind its data: a resource id or ARN; `aws/ssm` and its like name AWS managed keys. */
  readonly encryptedBy?: string | Cause;
  readonly origin: Origin;
}

/** An account as organisations see it. */
export interface AccessAccount {
  readonly id: string;
  readonly organization?: string;
  readonly organizationPath?: string;
  readonly management: boolean;
  /** From the root to the account, the policies of each level; `undefined` where not known (then assumed or open, see `assume`). */
  readonly scps?: readonly (readonly PolicyDocument[])[];
  readonly rcps?: readonly (readonly PolicyDocument[])[];
}

/** A VPC endpoint with its policy: in play only for calls that come through it. */
export interface AccessEndpoint {
  /** `vpce-…`, as `aws:SourceVpce` has it. */
  readonly id: string;
  readonly policy: PolicyDocument;
}

/** Everything the evaluator decides from: one or more accounts' principals, resources and policies. */
export interface AccessModel {
  readonly principals: readonly AccessPrincipal[];
  readonly resources: readonly AccessResource[];
  readonly accounts: readonly AccessAccount[];
  readonly endpoints?: readonly AccessEndpoint[];
  readonly gaps: readonly Gap[];
  /** Layers this kind of source can't hold, each a sentence: "service control policies, which a template does not hold". */
  readonly assumptions: readonly string[];
}

/** Who calls. A role calls as one of its sessions; a user with a session is a federated user (GetFederationToken). */
export type Caller =
  | { readonly kind: 'principal'; readonly id: string; readonly session?: string }
  | { readonly kind: 'root'; readonly account: string }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'federated'; readonly provider: string }
  /** A principal of an account we hold no policies of. */
  | { readonly kind: 'outsider'; readonly arn?: string; readonly account: string }
  | { readonly kind: 'anonymous' };

export interface AccessRequest {
  readonly caller: Caller;
  /** `kms:Decrypt`. */
  readonly action: string;
  /** A resource's id or ARN in the model, or any ARN. */
  readonly resource: string;
  /** Context keys by name (ignoring case). A key not in here is unknown, unless `contextComplete`. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly contextComplete: boolean;
  /** Beginnings, in lower case, of keys that stay unknown though the context is complete: what a service puts in by itself. */
  readonly openKeys?: readonly string[];
  readonly sessionPolicies: readonly PolicyDocument[];
}

export type DecisionName = 'allowed' | 'conditional' | 'explicitly-denied' | 'implicitly-denied' | 'undecided';

/** One test on the request's context, as a decision's condition states it. */
export interface ContextLiteral {
  readonly key: string;
  /** `present`, `equals`, `equals ignoring case`, `like`, `arn like`, `in`, `numeric <`, `date >=`; `some` for sets of values. */
  readonly test: string;
  readonly values: readonly string[];
  readonly negated: boolean;
  /** "the call comes through the VPC endpoint vpce-1". */
  readonly words: string;
}

export interface DecisionStep {
  /** `SCP`, `key policy`, `identity policies`, … */
  readonly layer: string;
  readonly outcome: 'allows' | 'denies' | 'is silent' | 'may allow' | 'may deny' | 'does not apply';
  readonly words: string;
  readonly statement?: { readonly policy: string; readonly index: number; readonly sid?: string };
  readonly origin?: Origin;
}

export interface Decision {
  readonly decision: DecisionName;
  /** For `conditional`: sum of products; any one product suffices. Minimal. Empty otherwise. */
  readonly conditions: readonly (readonly ContextLiteral[])[];
  /** One context for each product under which the plain evaluator says allowed. */
  readonly witnesses: readonly Readonly<Record<string, string | readonly string[]>>[];
  readonly assumptions: readonly string[];
  /** For `undecided`: the unknown values, gaps and unverified rules in the answer's support. */
  readonly because: readonly Cause[];
  readonly steps: readonly DecisionStep[];
}
