import { actionMatches, filledPattern, patternCovers, resourceMatches, stands } from '../applies.js';
import { FALSE, type Node, TRUE } from '../bdd.js';
import type { CompiledDocument, CompiledStatement, ResourcePattern } from '../compile.js';
import { UNSURE } from '../condition/context-truth.js';
import { type Glob, matches } from '../text/glob.js';
import { hasSymbol } from '../text/symbol.js';
import { type Axes, element } from './axes.js';
import type { Dependence, Dependences } from './dependence.js';
import type { Feature, Features } from './features.js';

/** Truth by action, as far as it is not FALSE. */
export interface ActionTruth {
  readonly actions: readonly number[];
  readonly nodes: readonly Node[];
}

/** An Allow or Deny of an identity policy or boundary, as one principal has it: where it reaches, and under which condition. */
export interface Reach {
  readonly statement: StatementReach;
  /** It covers a target where one of these is true. */
  readonly patterns: readonly Feature[];
  /** It covers these targets besides. */
  readonly exact: readonly number[];
}

/** What of a statement is the same for all principals. */
export interface StatementReach {
  readonly compiled: CompiledStatement;
  readonly action: ActionTruth;
  readonly dependence: Dependence;
  /** What the conditions ask of targets; absent where they ask nothing. */
  readonly facts?: Feature;
  /** Where Resource is the same for all principals. */
  readonly resource?: Omit<Reach, 'statement'>;
  readonly conditions: Map<number, Node>;
  readonly unconditional: boolean;
}

/** Reads statements into reaches, each once; those with the principal's variables in Resource once for each principal. */
export class Statements {
  private readonly documents = new Map<CompiledDocument, readonly StatementReach[]>();
  private readonly actionTruths = new Map<string, ActionTruth>();
  private readonly arns: ReadonlyMap<string, number>;
  /** Where a target's ARN holds a symbol, even a plain name may or may not be its name. */
  private readonly symbolic: boolean;

  constructor(
    private readonly axes: Axes,
    private readonly dependences: Dependences,
    private readonly features: Features,
  ) {
    this.arns = new Map(axes.targets.map(({ arn }, index) => [arn, index]));
    this.symbolic = axes.targets.some(({ arn }) => hasSymbol(arn)) || this.arns.size < axes.targets.length;
  }

  /** What of a document touches any of the actions. */
  of(document: CompiledDocument): readonly StatementReach[] {
    const known = this.documents.get(document);
    if (known !== undefined) return known;
    const found: StatementReach[] = [];
    for (const compiled of [...document.allows, ...document.denies]) {
      const action = this.actionTruth(compiled);
      if (action.actions.length === 0) continue;
      const dependence = this.dependences.of(compiled);
      const { statement, conditions, doubts } = compiled;
      const shared = isShared(compiled) ? this.resource(compiled, 0) : undefined;
      found.push({
        compiled,
        action,
        dependence,
        ...(dependence.byTarget.length === 0
          ? {}
          : {
              facts: this.features.facts(`facts ${dependence.targetShape}`, (target) => this.dependences.targetSign(dependence, target)),
            }),
        ...(shared === undefined ? {} : { resource: shared }),
        conditions: new Map(),
        unconditional: conditions.length === 0 && doubts.length === 0 && statement.exists === undefined,
      });
    }
    this.documents.set(document, found);
    return found;
  }

  reach(statement: StatementReach, principal: number): Reach {
    return { statement, ...(statement.resource ?? this.resource(statement.compiled, principal)) };
  }

  /** When the statement stands at a crossing. */
  condition(statement: StatementReach, principal: number, target: number, action: number): Node {
    if (statement.unconditional) return TRUE;
    const { dependence, conditions } = statement;
    const at = dependence.byAction ? action : 0;
    const crossing = this.dependences.principalSign(dependence, principal) * 2 ** 26 + this.dependences.targetSign(dependence, target);
    const sign = crossing * this.axes.actions.length + at;
    const known = conditions.get(sign);
    if (known !== undefined) return known;
    const node = stands(this.axes.question(principal, target, at), statement.compiled);
    conditions.set(sign, node);
    return node;
  }

  private actionTruth(compiled: CompiledStatement): ActionTruth {
    const { action } = compiled.statement;
    const certain = compiled.actions.every(({ unknown }) => unknown === undefined);
    const key = `${action.negated} ${action.patterns.map(({ text }) => text).join()}`;
    const known = certain ? this.actionTruths.get(key) : undefined;
    if (known !== undefined) return known;
    const actions: number[] = [];
    const nodes: Node[] = [];
    this.axes.actions.forEach((_, index) => {
      const node = actionMatches(this.axes.question(0, 0, index), compiled);
      if (node === FALSE) return;
      actions.push(index);
      nodes.push(node);
    });
    const truth = { actions, nodes };
    if (certain) this.actionTruths.set(key, truth);
    return truth;
  }

  private resource(compiled: CompiledStatement, principal: number): Omit<Reach, 'statement'> {
    const { statement, resources, document } = compiled;
    const plain = resources.every(({ kind }) => kind === 'constant');
    const label = plain ? '' : `${document.document.name}#${statement.index} ${isShared(compiled) ? '' : principal}`;
    if (statement.resource === undefined || statement.resource.negated) {
      const key = `all ${label} ${statement.resource?.negated} ${statement.resource?.patterns.map(({ text }) => text).join('\n')}`;
      const whole = this.features.pattern(`${document.document.version} ${key}`, (target) =>
        resourceMatches(this.axes.question(principal, target, 0), compiled),
      );
      return whole.few === undefined ? { patterns: [whole], exact: [] } : { patterns: [], exact: whole.few };
    }
    const patterns: Feature[] = [];
    const exact: number[] = [];
    resources.forEach((pattern, index) => {
      const found = this.pattern(pattern, principal, `${label} ${index}`);
      if (found === undefined) return;
      if (typeof found === 'number') exact.push(found);
      else if (found.few === undefined) patterns.push(found);
      else exact.push(...found.few);
    });
    return { patterns, exact };
  }

  /** The target a pattern names, or the feature it is; undefined where it fits none. */
  private pattern(pattern: ResourcePattern, principal: number, label: string): number | Feature | undefined {
    if (pattern.kind === 'constant') return this.constant(pattern.glob);
    if (pattern.kind === 'template') {
      const filled = filledPattern(pattern.template, (variable) => this.dependences.value(variable, principal) ?? UNSURE);
      if (filled.kind === 'missing') return undefined;
      if (filled.kind === 'pattern') return this.constant(filled.glob);
    }
    return this.features.pattern(`open ${label}`, (target) => patternCovers(this.axes.question(principal, target, 0), pattern, false));
  }

  private constant(pattern: Glob): number | Feature | undefined {
    const open = this.symbolic || pattern.tooShort || hasSymbol(pattern.source);
    if (!open && pattern.literal !== undefined) return this.arns.get(pattern.literal);
    const tokens = pattern.literal ?? pattern.tokens.map((token) => (token.kind === 'char' ? token.char : `\u0000${token.kind}`)).join('');
    return this.features.pattern(`glob ${tokens}`, (target) => {
      if (!open) return matches(pattern, element(this.axes.targets, target).arn) ? TRUE : FALSE;
      return patternCovers(this.axes.question(0, target, 0), { kind: 'constant', glob: pattern }, false);
    });
  }
}

/** Resource reads the same whoever calls. */
function isShared({ resources }: CompiledStatement): boolean {
  return resources.every(({ kind }) => kind !== 'template');
}
