import type { AccessRequest, Cause, Decision, DecisionName } from '../model/index.js';
import { diagrams } from './algebra.js';
import type { Question } from './applies.js';
import { Bdd, FALSE, type Node, NodeLimitReached, TRUE } from './bdd.js';
import type { CompiledAccess } from './compile.js';
import type { KnownKeys } from './condition/context-truth.js';
import { feasible, type Shapes } from './condition/feasible.js';
import { openContext, Variables } from './condition/open-context.js';
import { knownKeys } from './known-keys.js';
import { type Layers, layersOf } from './layers.js';
import { stepsOf } from './steps.js';
import { type Subject, subjectOf } from './subject.js';
import { targetOf } from './target.js';
import { ClassLimitReached } from './text/classes.js';
import { type Glob, glob } from './text/glob.js';
import { witnessesOf } from './witness.js';
import { conditionsOf } from './words/conditions.js';

/** An open question worked out: the functions that a decision, a search or a comparison is read from. */
export interface Answer {
  readonly variables: Variables;
  readonly question: Question<Node>;
  readonly layers: Layers<Node>;
  /** What real requests satisfy, over the support of the answer. */
  readonly feasible: Node;
  /** What is known of keys whose value is open. */
  readonly shapes: Shapes;
  /** False where "never" is no proof. */
  readonly complete: boolean;
}

/** Works out one question for all contexts that its known part leaves open. */
export function answer(access: CompiledAccess, request: AccessRequest, variables = new Variables(new Bdd(), access.testsOf)): Answer {
  const subject = subjectOf(access, request.caller);
  const target = targetOf(access, request.action, request.resource);
  const known = knownKeys(access, subject, target, request);
  const question: Question<Node> = {
    algebra: diagrams(variables.bdd),
    context: openContext(variables, known),
    subject,
    action: request.action,
    resourceArn: target.arn,
  };
  const layers = layersOf(access, question, target, request.sessionPolicies);
  // Axioms for the answer and for the Deny behind it: "explicitly denied" is judged over the same requests.
  const shapes = shapesOf(subject, known);
  const { node, complete } = feasible(variables, [layers.allowed, layers.denied], shapes);
  return { variables, question, layers, feasible: node, shapes, complete };
}

/** A session nobody named still has its role's id [IAM guide: Policy elements, Variables and tags]. */
export function shapesOf({ anySession, uniqueId }: Subject, known: KnownKeys): Shapes {
  const shapes = new Map<string, Glob>();
  if (anySession && uniqueId !== undefined) {
    const of = [
      { text: `${uniqueId}:`, literal: true },
      { text: '?*', literal: false },
    ];
    shapes.set('aws:userid', glob(of, 'text'));
  }
  // The age of the sign-in is there only with the sign-in [IAM guide: aws:MultiFactorAuthAge].
  if ((known('aws:multifactorauthage') ?? []).length > 0) shapes.set('aws:multifactorauthpresent', glob('?*', 'text'));
  return shapes;
}

/**
 * Decides one request. `conditional` rests on the request's context alone and says exactly what must hold; where an
 * unknown of the snapshot, a gap or an undocumented rule decides, the answer is `undecided` with the causes.
 */
export function decide(access: CompiledAccess, request: AccessRequest): Decision {
  try {
    return read(access, request, answer(access, request));
  } catch (error) {
    if (!(error instanceof NodeLimitReached || error instanceof ClassLimitReached)) throw error;
    const because: Cause = { words: error.message, kind: 'limit' };
    return { decision: 'undecided', conditions: [], witnesses: [], assumptions: access.model.assumptions, because: [because], steps: [] };
  }
}

function read(access: CompiledAccess, request: AccessRequest, found: Answer): Decision {
  const { variables, layers } = found;
  const { bdd } = variables;
  const real = found.feasible;
  const base = { assumptions: [...access.model.assumptions, ...layers.scope.assumptions], steps: stepsOf(found) };
  const { atLeast, atMost, causes } = bounds(variables, layers.allowed, real);
  if (bdd.and(bdd.and(atMost, bdd.not(atLeast)), real) !== FALSE) {
    return { ...base, decision: 'undecided', conditions: [], witnesses: [], because: causes };
  }
  const never = bdd.and(atLeast, real) === FALSE;
  const always = bdd.and(bdd.not(atLeast), real) === FALSE;
  const undecided = (words: string): Decision => ({
    ...base,
    decision: 'undecided',
    conditions: [],
    witnesses: [],
    because: [{ words, kind: 'incomplete' }],
  });
  if (!found.complete && (never || always) && layers.allowed > TRUE) return undecided('a context key that is compared in two ways at once');
  if (always) return { ...base, decision: 'allowed', conditions: [], witnesses: [], because: [] };
  if (never) {
    const denied: DecisionName =
      bdd.and(bounds(variables, layers.denied, real).atLeast, real) === real ? 'explicitly-denied' : 'implicitly-denied';
    return { ...base, decision: denied, conditions: [], witnesses: [], because: [] };
  }
  const witnesses = witnessesOf(access, request, found, atLeast);
  if (witnesses === undefined) return undecided('a condition for which no request could be shown');
  return { ...base, decision: 'conditional', conditions: conditionsOf(variables, atLeast, real), witnesses, because: [] };
}

/** The function for the worst and the best turn of everything that is free, and the causes that make the two differ. */
export function bounds(variables: Variables, node: Node, real: Node): { atLeast: Node; atMost: Node; causes: readonly Cause[] } {
  const { bdd } = variables;
  let atLeast = node;
  let atMost = node;
  const causes = new Map<string, Cause>();
  for (const variable of bdd.support(node)) {
    const meaning = variables.meaning(variable);
    if (meaning.kind !== 'free') continue;
    const differs = bdd.and(bdd.restrict(node, variable, true), real) !== bdd.and(bdd.restrict(node, variable, false), real);
    if (differs) causes.set(meaning.id, meaning.cause);
    atLeast = bdd.forAll(atLeast, variable);
    atMost = bdd.exists(atMost, variable);
  }
  return { atLeast, atMost, causes: [...causes.entries()].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, cause]) => cause) };
}
