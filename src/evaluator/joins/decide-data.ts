import type { AccessRequest, Cause, Decision, DecisionName, DecisionStep } from '../../model/index.js';
import { Bdd, FALSE, type Node, NodeLimitReached, TRUE } from '../bdd.js';
import type { CompiledAccess } from '../compile.js';
import { feasible } from '../condition/feasible.js';
import { Variables } from '../condition/open-context.js';
import { type Answer, answer, bounds, decide } from '../decide.js';
import { irredundantProducts } from '../isop.js';
import { stepsOf } from '../steps.js';
import { targetOf } from '../target.js';
import { ClassLimitReached } from '../text/classes.js';
import { shownText } from '../text/symbol.js';
import { assignmentContext, isAllowed, type WitnessContext } from '../witness.js';
import { conditionsOf } from '../words/conditions.js';
import { type Need, needsOf } from './needs.js';

/** One permission of several that are needed, judged on its own. */
export interface DecisionPart {
  readonly part: Need['part'];
  readonly action: string;
  /** As people call it. */
  readonly on: string;
  readonly decision: DecisionName;
}

/** A decision on data: all that it takes, together. */
export interface DataDecision extends Decision {
  /** One where the data are under no key of KMS. */
  readonly parts: readonly DecisionPart[];
  /** Where the data may be asked for and the key may not be used: the permission is worth nothing. */
  readonly dead?: string;
}

/** At most so many ways are shown with a request each. */
const MOST = 5;

/** Decides one request with everything it takes: the permission on the data and, where a key stands behind them, on the key. */
export function decideData(access: CompiledAccess, request: AccessRequest): DataDecision {
  const needs = needsOf(access, request);
  const part = (need: Need, decision: DecisionName): DecisionPart => ({
    part: need.part,
    action: need.action,
    on: called(access, need),
    decision,
  });
  const [only, ...more] = needs;
  if (only !== undefined && more.length === 0 && only.requests.length === 1) {
    const decision = decide(access, request);
    return { ...decision, parts: [part(only, decision.decision)] };
  }
  const parts = needs.map((need) => part(need, best(access, need)));
  const dead = deadGrant(parts);
  return { ...together(access, needs, parts), parts, ...(dead === undefined ? {} : { dead }) };
}

const STRENGTH: readonly DecisionName[] = ['allowed', 'conditional', 'undecided', 'implicitly-denied', 'explicitly-denied'];

function best(access: CompiledAccess, need: Need): DecisionName {
  const decisions = need.requests.map((request) => decide(access, request).decision);
  return STRENGTH.find((name) => decisions.includes(name)) ?? 'undecided';
}

/** The resource's name; of an object its bucket's, and its own. */
function called(access: CompiledAccess, { action, on }: Need): string {
  const resource = targetOf(access, action, on).held?.resource;
  if (resource === undefined) return shownText(on);
  const inside = on.startsWith(`${resource.arn}/`) ? shownText(on.slice(resource.arn.length)) : '';
  return `${shownText(resource.name)}${inside}`;
}

function deadGrant(parts: readonly DecisionPart[]): string | undefined {
  const isOpen = ({ decision }: DecisionPart): boolean => decision === 'allowed' || decision === 'conditional';
  const [data] = parts;
  const key = parts.find(({ part, decision }) => part === 'key' && decision.endsWith('denied'));
  if (data === undefined || key === undefined || !isOpen(data)) return undefined;
  return `The grant is dead: ${data.action} on ${data.on} is allowed, and ${key.action} on its key ${key.on} is not.`;
}

/** All needs in one diagram, so that conditions of both halves are shortened together and no witness fits only one. */
function together(access: CompiledAccess, needs: readonly Need[], parts: readonly DecisionPart[]): Decision {
  try {
    const variables = new Variables(new Bdd(), access.testsOf);
    const answers = needs.map(({ requests }) => requests.map((request) => answer(access, request, variables)));
    return read(access, needs, parts, answers, variables);
  } catch (error) {
    if (!(error instanceof NodeLimitReached || error instanceof ClassLimitReached)) throw error;
    const because: Cause = { words: error.message, kind: 'limit' };
    return { decision: 'undecided', conditions: [], witnesses: [], assumptions: access.model.assumptions, because: [because], steps: [] };
  }
}

function read(
  access: CompiledAccess,
  needs: readonly Need[],
  parts: readonly DecisionPart[],
  answers: readonly (readonly Answer[])[],
  variables: Variables,
): Decision {
  const { bdd } = variables;
  const any = (nodes: readonly Node[]): Node => nodes.reduce((sum, node) => bdd.or(sum, node), FALSE);
  const all = (nodes: readonly Node[]): Node => nodes.reduce((product, node) => bdd.and(product, node), TRUE);
  const allowed = all(answers.map((of) => any(of.map(({ layers }) => layers.allowed))));
  const denied = any(answers.map((of) => all(of.map(({ layers }) => layers.denied))));
  const { node: real, complete } = feasible(variables, [allowed, denied]);
  const { atLeast, atMost, causes } = bounds(variables, allowed, real);
  const base = {
    assumptions: [...new Set([...access.model.assumptions, ...answers.flat().flatMap(({ layers }) => layers.scope.assumptions)])],
    steps: stepsTogether(answers, parts),
    conditions: [],
    witnesses: [],
    because: [],
  };
  const undecided = (because: readonly Cause[]): Decision => ({ ...base, decision: 'undecided', because });
  if (bdd.and(bdd.and(atMost, bdd.not(atLeast)), real) !== FALSE) return undecided(causes);
  const never = bdd.and(atLeast, real) === FALSE;
  const always = bdd.and(bdd.not(atLeast), real) === FALSE;
  if (!complete && (never || always) && allowed > TRUE) {
    return undecided([{ words: 'a context key that is compared in two ways at once', kind: 'incomplete' }]);
  }
  if (always) return { ...base, decision: 'allowed' };
  if (never) {
    const explicit = bdd.and(bounds(variables, denied, real).atLeast, real) === real;
    return { ...base, decision: explicit ? 'explicitly-denied' : 'implicitly-denied' };
  }
  const witnesses = witnessesTogether(access, needs, variables, atLeast, real);
  if (witnesses.length === 0) return undecided([{ words: 'a condition for which no request could be shown', kind: 'incomplete' }]);
  return { ...base, decision: 'conditional', conditions: conditionsOf(variables, atLeast, real), witnesses };
}

/** A context for each way, under which the plain evaluator allows every need. */
function witnessesTogether(
  access: CompiledAccess,
  needs: readonly Need[],
  variables: Variables,
  atLeast: Node,
  real: Node,
): readonly WitnessContext[] {
  const { bdd } = variables;
  const possible = bdd.and(atLeast, real);
  return irredundantProducts(bdd, possible, bdd.or(atLeast, bdd.not(real)))
    .slice(0, MOST)
    .flatMap((product) => {
      const inside = [...product].reduce((node, [variable, value]) => {
        const literal = bdd.variable(variable);
        return bdd.and(node, value ? literal : bdd.not(literal));
      }, possible);
      const found = bdd.witness(inside);
      const context = found === undefined ? undefined : assignmentContext(variables, new Map([...product, ...found]));
      if (context === undefined) return [];
      const holds = needs.every(({ requests }) =>
        requests.some((request) => isAllowed(access, { ...request, context: { ...context, ...request.context } })),
      );
      return holds ? [context] : [];
    });
}

const OUTCOMES: Readonly<Record<DecisionName, DecisionStep['outcome']>> = {
  allowed: 'allows',
  conditional: 'may allow',
  undecided: 'may allow',
  'implicitly-denied': 'is silent',
  'explicitly-denied': 'denies',
};

/** Each half under a line that says what it came to. */
function stepsTogether(answers: readonly (readonly Answer[])[], parts: readonly DecisionPart[]): readonly DecisionStep[] {
  return parts.flatMap((part, index) => {
    const of = answers[index] ?? [];
    const head: DecisionStep = {
      layer: part.part === 'data' ? 'permission on the data' : 'permission on the key',
      outcome: OUTCOMES[part.decision],
      words: `${part.action} on ${part.on}: ${part.decision}`,
    };
    const able = of.filter(({ layers }) => layers.allowed !== FALSE);
    return [head, ...(able.length > 0 ? able : of.slice(0, 1)).flatMap(stepsOf)];
  });
}
