import type { ReportRule, Resource, ResourceId, Scope, Severity, SourceKind, Verdict } from '../model/index.js';

/** A rule ready to judge. What it says about itself is what a report repeats. */
export interface Rule extends ReportRule {
  /** CloudFormation types it judges. */
  readonly resource: readonly string[];
  readonly sources: readonly SourceKind[];
  readonly message: string;
  /** Other concepts this rule serves. */
  readonly covers: readonly string[];
  judge(resource: Resource, context: RuleContext): readonly Verdict[];
}

/** What a rule may look at beyond its resource. */
export interface RuleContext {
  readonly scope: Scope;
  /** ISO date that age and expiry are judged by. */
  readonly asOf: string;
  /** A resource by id, of this scope or imported. */
  resource(id: ResourceId): Resource | undefined;
  /** Resources of a type in this scope. */
  ofType(type: string): readonly Resource[];
  /** Resources of this scope with a reference to the given one anywhere in their properties. */
  referrers(id: ResourceId): readonly Resource[];
  /** Parameters of the rule (allowed accounts, minimum period, TLS floor): its defaults overlaid by the config. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** A check of a rule that no schema can say: in `src/rules/<service>/<name>.ts`, exported as `check`. */
export type Check = (resource: Resource, context: RuleContext) => readonly Verdict[];

/** How two concepts stand when both fail for one cause; `wins` is reported. */
export interface Relation {
  readonly a: string;
  readonly b: string;
  readonly wins: string;
}

export interface Rulebook {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly relations: readonly Relation[];
  /** Rules that judge a type, sorted by id. */
  forType(type: string): readonly Rule[];
  /** Severity of a concept's id, for resources counted as catalogued. */
  readonly cataloguedTypes: ReadonlySet<string>;
}

export interface RuleSelection {
  /** Globs or tags; empty means all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly severity: Readonly<Record<string, Severity>>;
  readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
