import type { AccessRequest, Caller, Cause, ContextLiteral } from '../model/index.js';
import { FALSE, type Node, NodeLimitReached } from './bdd.js';
import type { CompiledAccess, CompiledDocument } from './compile.js';
import { feasible, type Shapes } from './condition/feasible.js';
import type { Variables } from './condition/open-context.js';
import { answer, bounds } from './decide.js';
import type { AskedAction } from './resource-actions.js';
import { ClassLimitReached } from './text/classes.js';
import { glob } from './text/glob.js';
import { type WitnessContext, witnessesOf } from './witness.js';
import { conditionsOf } from './words/conditions.js';

/** Someone outside, and what is known of their requests. */
export interface Outsider {
  readonly caller: Caller;
  readonly who: string;
  readonly context: AccessRequest['context'];
  /** What their requests show, over the tests that the formula hangs on, beside what every request shows. */
  shows(variables: Variables, formula: Node): Node;
}

/** What an outsider may do under the same conditions. */
export interface OutsideWay {
  readonly caller: Caller;
  readonly who: string;
  readonly actions: readonly string[];
  /** Actions that stand for others without a name: AWS may come to have them. */
  readonly unnamed: readonly string[];
  /** The resource; of a bucket's objects one of each kind that the policy tells apart. */
  readonly on: readonly string[];
  /** Sum of products, minimal; empty where in every context. */
  readonly conditions: readonly (readonly ContextLiteral[])[];
  /** A context under which the plain evaluator allows it. */
  readonly witness: WitnessContext;
}

export type OutsideAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'some'; readonly ways: readonly OutsideWay[]; readonly because: readonly Cause[] }
  /** Nobody surely, and nobody surely not. */
  | { readonly kind: 'undecided'; readonly because: readonly Cause[] };

/** What the outsiders may do, each with when; a way of some known to be open besides is a cause. */
export function whatOutsidersMay(access: CompiledAccess, outsiders: readonly Outsider[], actions: readonly AskedAction[]): OutsideAnswer {
  const ways = new Map<string, OutsideWay>();
  const because = new Map<string, Cause>();
  for (const outsider of outsiders) {
    for (const asked of actions) {
      for (const resource of asked.on) {
        const found = mayDo(access, resource, outsider, asked.action);
        for (const cause of found.because) because.set(cause.words, cause);
        if (found.way !== undefined) join(ways, outsider, asked, resource, found.way);
      }
    }
  }
  if (ways.size > 0) return { kind: 'some', ways: [...ways.values()], because: [...because.values()] };
  return because.size > 0 ? { kind: 'undecided', because: [...because.values()] } : { kind: 'none' };
}

type Way = Pick<OutsideWay, 'conditions' | 'witness'>;

function mayDo(access: CompiledAccess, resource: string, outsider: Outsider, action: string): { way?: Way; because: readonly Cause[] } {
  const { caller, context } = outsider;
  const request: AccessRequest = { caller, action, resource, context, contextComplete: false, sessionPolicies: [] };
  try {
    const found = answer(access, request);
    const { variables, layers } = found;
    const { bdd } = variables;
    if (layers.allowed === FALSE) return { because: [] };
    const shapes = caller.kind === 'outsider' ? new Map([...found.shapes, ...arnsOf(caller)]) : found.shapes;
    const { node, complete } = feasible(variables, [layers.allowed], shapes);
    const real = bdd.and(node, outsider.shows(variables, layers.allowed));
    const { atLeast, atMost, causes } = bounds(variables, layers.allowed, real);
    if (bdd.and(atLeast, real) === FALSE) {
      if (bdd.and(atMost, real) !== FALSE) return { because: causes };
      return complete ? { because: [] } : { because: [TWO_WAYS] };
    }
    const [witness] = witnessesOf(access, request, { ...found, feasible: real, shapes }, atLeast) ?? [];
    if (witness === undefined) return { because: [{ words: 'a condition for which no request could be shown', kind: 'incomplete' }] };
    // In words, what an outsider can't show is a condition, too: "not from 10.0.0.0/8".
    const when = bdd.and(atLeast, real);
    const always = bdd.and(bdd.not(when), node) === FALSE;
    return { way: { conditions: always ? [] : conditionsOf(variables, when, node), witness }, because: [] };
  } catch (error) {
    if (!(error instanceof NodeLimitReached || error instanceof ClassLimitReached)) throw error;
    return { because: [{ words: error.message, kind: 'limit' }] };
  }
}

const TWO_WAYS: Cause = { words: 'a context key that is compared in two ways at once', kind: 'incomplete' };

/** A principal of an account has an ARN there, whatever its name. */
function arnsOf({ account, arn }: Extract<Caller, { kind: 'outsider' }>): Shapes {
  return arn === undefined ? new Map([['aws:principalarn', glob(`arn:aws:iam::${account}:?*`, 'arn')]]) : new Map();
}

function join(ways: Map<string, OutsideWay>, { caller, who }: Outsider, { action, named }: AskedAction, resource: string, way: Way): void {
  const key = `${who} ${JSON.stringify(way.conditions)}`;
  const known = ways.get(key) ?? { caller, who, actions: [], unnamed: [], on: [], ...way };
  const plus = (list: readonly string[], item: string): readonly string[] => (list.includes(item) ? list : [...list, item]);
  ways.set(key, {
    ...known,
    actions: named === 'yes' ? plus(known.actions, action) : known.actions,
    unnamed: named === 'no' ? plus(known.unnamed, action) : known.unnamed,
    on: plus(known.on, resource),
  });
}

/** An account that none of the documents names, and no account of the model: what it may do, any account may. */
export function strangeAccount(access: CompiledAccess, documents: readonly CompiledDocument[]): string {
  const text = JSON.stringify([documents.map(({ document }) => document.statements), access.model.accounts.map(({ id }) => id)]);
  let account = 999_999_999_999;
  while (text.includes(String(account))) account -= 1;
  return String(account);
}
