import type { AccessRequest } from '../../model/index.js';
import { FALSE, type Node, TRUE } from '../bdd.js';
import type { CompiledAccess } from '../compile.js';
import { canonicalKey, keyKind } from '../condition/keys.js';
import type { Meaning, Variables } from '../condition/open-context.js';
import { decide } from '../decide.js';
import { ALWAYS_THERE } from '../witness.js';
import type { PairOutcome } from './all-pairs.js';
import { type Axes, axesOf } from './axes.js';
import { Grid } from './grid.js';

/**
 * Decides many requests of one access: what `decide` says of each, without the explanation. Requests by principals of the
 * model on resources of the model with a complete context share all work; any other is decided alone.
 * @throws NodeLimitReached, ClassLimitReached where the policies tell too much apart
 */
export function decideMany(access: CompiledAccess, requests: readonly AccessRequest[]): readonly PairOutcome[] {
  return batchOf(access, requests).decide(requests);
}

/** What requests of a batch share. It answers further requests, too; those it was not made for one by one. */
export interface Batch {
  decide(requests: readonly AccessRequest[]): readonly PairOutcome[];
}

export function batchOf(access: CompiledAccess, requests: readonly AccessRequest[]): Batch {
  const principals = new Map<string, number>();
  const resources = new Map<string, number>();
  const actions = new Map<string, number>();
  const number = (numbers: Map<string, number>, name: string): void => {
    if (!numbers.has(name)) numbers.set(name, numbers.size);
  };
  for (const request of requests) {
    const { caller, resource, action } = request;
    if (caller.kind !== 'principal' || !access.principals.has(caller.id) || !access.resources.has(resource)) continue;
    number(principals, caller.id);
    number(resources, resource);
    number(actions, action);
  }
  const axes = axesOf(
    access,
    [...principals.keys()].flatMap((id) => access.principals.get(id)?.principal ?? []),
    [...resources.keys()].flatMap((id) => access.resources.get(id)?.resource ?? []),
    [...actions.keys()],
  );
  const grid = axes.targets.length > 0 && axes.subjects.length > 0 ? new Grid(axes) : undefined;
  const contexts = new Contexts(axes);

  const one = (request: AccessRequest): PairOutcome => {
    const { caller, contextComplete, sessionPolicies } = request;
    const principal = caller.kind === 'principal' && caller.session === undefined ? principals.get(caller.id) : undefined;
    const resource = resources.get(request.resource);
    const action = actions.get(request.action);
    const together = contextComplete && sessionPolicies.length === 0 && request.openKeys === undefined;
    if (!together || grid === undefined || principal === undefined || resource === undefined || action === undefined)
      return alone(access, request);
    const context = contexts.of(request.context);
    if (!context.full) return alone(access, request);
    const target = axes.targetAt(resource, action);
    if (context.doubtful.length > 0) {
      // What the request says goes before what the snapshot knows, and the grid holds what the snapshot knows.
      const known = axes.known(principal, target, action);
      if (context.doubtful.some((key) => known(key) !== undefined)) return alone(access, request);
    }
    const condition = grid.at(principal, target, action);
    if (condition <= TRUE) return condition === TRUE ? 'allowed' : 'denied';
    const outcome = context.outcome(condition);
    return outcome === 'ask alone' ? alone(access, request) : outcome;
  };
  return { decide: (asked) => asked.map(one) };
}

function alone(access: CompiledAccess, request: AccessRequest): PairOutcome {
  const { decision } = decide(access, request);
  return decision === 'implicitly-denied' || decision === 'explicitly-denied' ? 'denied' : decision;
}

/** Contexts of requests, each read once however many requests have it. */
class Contexts {
  private readonly byObject = new Map<AccessRequest['context'], Context>();
  private readonly sometimes = new Map<string, boolean>();

  constructor(private readonly axes: Axes) {}

  of(written: AccessRequest['context']): Context {
    const known = this.byObject.get(written);
    if (known !== undefined) return known;
    const values = new Map(
      Object.entries(written).map(([key, value]) => [canonicalKey(key), typeof value === 'string' ? [value] : value] as const),
    );
    const full = [...ALWAYS_THERE.keys()].every((key) => (values.get(key) ?? []).length > 0);
    const single = [...values].every(([key, list]) => list.length <= 1 || keyKind(key).multivalued);
    const doubtful = [...values.keys()].filter((key) => this.isSometimesKnown(key));
    const context = new Context(this.axes.variables, values, full && single, doubtful);
    this.byObject.set(written, context);
    return context;
  }

  /** The snapshot, or the kind of the action, settles the key at some crossing. */
  private isSometimesKnown(key: string): boolean {
    const found = this.sometimes.get(key);
    if (found !== undefined) return found;
    const { subjects, targets, actions } = this.axes;
    const known = (principal: number, target: number, action: number): boolean =>
      this.axes.known(principal, target, action)(key) !== undefined;
    const result =
      subjects.some((_, principal) => known(principal, 0, 0)) ||
      targets.some((_, target) => known(0, target, 0)) ||
      targets.some((_, target) => actions.some((__, action) => known(0, target, action)));
    this.sometimes.set(key, result);
    return result;
  }
}

type Read = PairOutcome | 'ask alone';

/** One complete context, with what conditions come to in it. */
class Context {
  private readonly outcomes = new Map<Node, Read>([
    [FALSE, 'denied'],
    [TRUE, 'allowed'],
  ]);

  constructor(
    private readonly variables: Variables,
    private readonly values: ReadonlyMap<string, readonly string[]>,
    /** It says the keys that every request has, and no list where one value belongs. */
    readonly full: boolean,
    readonly doubtful: readonly string[],
  ) {}

  outcome(node: Node): Read {
    const known = this.outcomes.get(node);
    if (known !== undefined) return known;
    const { bdd } = this.variables;
    const truth = this.truth(this.variables.meaning(bdd.variableAt(node)));
    let result: Read;
    if (truth === 'ask alone') result = truth;
    else if (truth !== 'free') result = this.outcome(truth ? bdd.high(node) : bdd.low(node));
    else {
      const [low, high] = [this.outcome(bdd.low(node)), this.outcome(bdd.high(node))];
      result = low === 'ask alone' || high === 'ask alone' ? 'ask alone' : low === high ? low : 'undecided';
    }
    this.outcomes.set(node, result);
    return result;
  }

  private truth(meaning: Meaning): boolean | 'free' | 'ask alone' {
    // The value of a policy variable was open when the condition was made; here it is not.
    if (meaning.kind === 'free')
      return meaning.cause.kind === 'policy-variable' || meaning.cause.kind === 'incomplete' ? 'ask alone' : 'free';
    const own = this.values.get(meaning.key) ?? [];
    if (meaning.kind === 'present') return own.length > 0;
    // A key that is there with an empty value, AWS's pages leave open.
    if (own.includes('')) return 'ask alone';
    if (meaning.kind === 'test') return own.some((value) => meaning.test.test(value));
    return own.some((value) => meaning.tests.every((test, index) => test.test(value) === meaning.textClass.matched.has(index)));
  }
}
