import type { AccessPrincipal, AccessResource } from '../../model/index.js';
import { FALSE, type Node, TRUE } from '../bdd.js';
import type { CompiledAccess } from '../compile.js';
import { feasible, type Shapes } from '../condition/feasible.js';
import type { Variables } from '../condition/open-context.js';
import { bounds, shapesOf } from '../decide.js';
import { axesOf, element } from './axes.js';
import { Grid } from './grid.js';

/** One cell, by the indexes of its principal, resource and action; the node is the exact condition, `FALSE` never, `TRUE` always. */
export interface PairCell {
  readonly principal: number;
  readonly resource: number;
  readonly action: number;
  readonly condition: Node;
}

export type PairOutcome = 'allowed' | 'conditional' | 'denied' | 'undecided';

/** Who may do what to what, for all pairs at once. */
export interface AllPairs {
  readonly principals: readonly AccessPrincipal[];
  readonly resources: readonly AccessResource[];
  readonly actions: readonly string[];
  /** What the conditions are over; its diagrams hold their nodes. */
  readonly variables: Variables;
  /** When the principal may do the action on the resource, all by index: the function that `decide` would reach. */
  condition(principal: number, resource: number, action: number): Node;
  /** Cells that are not surely denied, by principal, resource, action. */
  cells(): Iterable<PairCell>;
  /** What a cell's condition amounts to over real requests: what `decide` would say. */
  outcome(cell: PairCell): PairOutcome;
  readonly size: { readonly rows: number; readonly nodes: number; readonly plans: number; readonly targets: number };
}

export interface PairsOf {
  readonly actions: readonly string[];
  /** All of the model where they are not said; keys where there are any, else every resource. */
  readonly principals?: readonly AccessPrincipal[];
  readonly resources?: readonly AccessResource[];
  /** To compare conditions of two accesses: variables that know the tests of both. */
  readonly variables?: Variables;
}

/**
 * Decides every principal against every resource for some actions. Statements, patterns, facts and key policies are looked at
 * once for each class of principals and targets that they tell apart; a cell is then a few operations on diagrams.
 * @throws NodeLimitReached, ClassLimitReached where the policies tell too much apart
 */
export function allPairs(access: CompiledAccess, { actions, principals, resources, variables: shared }: PairsOf): AllPairs {
  const keys = access.model.resources.filter(({ key }) => key !== undefined);
  const ofModel = keys.length > 0 ? keys : access.model.resources;
  const axes = axesOf(access, principals ?? access.model.principals, resources ?? ofModel, actions, shared);
  const grid = axes.principals.length > 0 && axes.targets.length > 0 ? new Grid(axes) : undefined;
  for (const principal of axes.principals.keys()) grid?.at(principal, 0, 0);
  const { variables } = axes;
  const outcomes = new Map<Node, PairOutcome>();
  const condition: AllPairs['condition'] = (principal, resource, action) =>
    grid?.at(principal, axes.targetAt(resource, action), action) ?? FALSE;
  return {
    principals: axes.principals,
    resources: axes.resources,
    actions,
    variables,
    condition,
    *cells() {
      for (let principal = 0; principal < axes.principals.length; principal += 1) {
        for (let resource = 0; resource < axes.resources.length; resource += 1) {
          for (let action = 0; action < actions.length; action += 1) {
            const node = condition(principal, resource, action);
            if (node !== FALSE) yield { principal, resource, action, condition: node };
          }
        }
      }
    },
    outcome({ principal, resource, action, condition: node }) {
      const known = outcomes.get(node);
      if (known !== undefined) return known;
      const subject = element(axes.subjects, principal);
      const shapes = shapesOf(subject, axes.known(principal, axes.targetAt(resource, action), action));
      const shaped = variables.bdd.support(node).some((variable) => {
        const meaning = variables.meaning(variable);
        return meaning.kind !== 'free' && shapes.has(meaning.key);
      });
      const outcome = outcomeOf(variables, node, shapes);
      if (!shaped) outcomes.set(node, outcome);
      return outcome;
    },
    size: { rows: grid?.rows.count ?? 0, nodes: axes.bdd.size, plans: grid?.plans ?? 0, targets: axes.targets.length },
  };
}

function outcomeOf(variables: Variables, node: Node, shapes: Shapes): PairOutcome {
  if (node <= TRUE) return node === TRUE ? 'allowed' : 'denied';
  const { bdd } = variables;
  const { node: real, complete } = feasible(variables, [node], shapes);
  const { atLeast, atMost } = bounds(variables, node, real);
  if (bdd.and(bdd.and(atMost, bdd.not(atLeast)), real) !== FALSE) return 'undecided';
  const possible = bdd.and(atLeast, real);
  if (possible !== FALSE && possible !== real) return 'conditional';
  if (!complete) return 'undecided';
  return possible === FALSE ? 'denied' : 'allowed';
}
