import type { AccessRequest } from '../model/index.js';
import { booleans } from './algebra.js';
import type { Node } from './bdd.js';
import type { CompiledAccess } from './compile.js';
import { closedContext } from './condition/closed-context.js';
import type { Elementary } from './condition/elementary.js';
import { casesOf, type Shapes } from './condition/feasible.js';
import type { Variables } from './condition/open-context.js';
import type { Answer } from './decide.js';
import { irredundantProducts, type Product } from './isop.js';
import { knownKeys } from './known-keys.js';
import { layersOf } from './layers.js';
import { subjectOf } from './subject.js';
import { targetOf } from './target.js';

export type WitnessContext = Readonly<Record<string, string | readonly string[]>>;

/** At most so many ways are shown with a request each. */
const MOST = 5;

/**
 * A request for each way the function holds, each put to the plain evaluator, which must say allowed. Undefined where none
 * of the ways could be shown: then the answer is not fit to be given.
 */
export function witnessesOf(
  access: CompiledAccess,
  request: AccessRequest,
  found: Answer,
  node: Node,
): readonly WitnessContext[] | undefined {
  const { variables } = found;
  const { bdd } = variables;
  const possible = bdd.and(node, found.feasible);
  const products = irredundantProducts(bdd, possible, bdd.or(node, bdd.not(found.feasible)));
  const witnesses: WitnessContext[] = [];
  for (const product of products.slice(0, MOST)) {
    const assignment = assignmentIn(found, possible, product);
    const context = assignment === undefined ? undefined : assignmentContext(found.variables, assignment, found.shapes);
    if (context !== undefined && isAllowed(access, { ...request, context: { ...context, ...request.context } })) witnesses.push(context);
  }
  return witnesses.length === 0 ? undefined : witnesses;
}

/** A full assignment inside one product. */
function assignmentIn(found: Answer, possible: Node, product: Product): ReadonlyMap<number, boolean> | undefined {
  const { bdd } = found.variables;
  let node = possible;
  for (const [variable, value] of product) {
    const literal = bdd.variable(variable);
    node = bdd.and(node, value ? literal : bdd.not(literal));
  }
  const witness = bdd.witness(node);
  return witness === undefined ? undefined : new Map([...product, ...witness]);
}

/** Values of context keys that fit the assignment. */
export function assignmentContext(
  variables: Variables,
  assignment: ReadonlyMap<number, boolean>,
  shapes: Shapes = new Map(),
): WitnessContext | undefined {
  const wanted = new Map<string, { present?: boolean; tests: { test: Elementary; value: boolean }[]; classes: string[] }>();
  const of = (key: string) => {
    const known = wanted.get(key) ?? { tests: [], classes: [] };
    wanted.set(key, known);
    return known;
  };
  for (const [variable, value] of assignment) {
    const meaning = variables.meaning(variable);
    if (meaning.kind === 'present') of(meaning.key).present = value;
    else if (meaning.kind === 'test') of(meaning.key).tests.push({ test: meaning.test, value });
    else if (meaning.kind === 'class' && value) of(meaning.key).classes.push(meaning.textClass.example);
  }
  const context: Record<string, string | readonly string[]> = {};
  for (const [key, { present, tests, classes }] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (classes.length > 0) {
      context[key] = classes;
      continue;
    }
    if (present === false || (present === undefined && !tests.some(({ value }) => value))) continue;
    const { cases } = casesOf(
      key,
      tests.map(({ test }) => test),
      ...(shapes.has(key) ? [shapes.get(key)] : []),
    );
    const fitting = cases.find(({ fits }) => tests.every(({ test, value }) => fits.has(test.id) === value));
    if (fitting === undefined) return undefined;
    context[key] = fitting.example;
  }
  return context;
}

/** The keys every request has, with values for requests that do not say them. */
export const ALWAYS_THERE: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws:securetransport', ['true']],
  ['aws:currenttime', ['2026-01-01T00:00:00Z']],
  ['aws:requestedregion', ['us-east-1']],
]);

/** The plain evaluator on a closed request; what is free counts against the request. */
export function isAllowed(access: CompiledAccess, request: AccessRequest): boolean {
  const subject = subjectOf(access, request.caller);
  const target = targetOf(access, request.action, request.resource);
  const known = knownKeys(access, subject, target, { ...request, contextComplete: true });
  const context = closedContext(
    (key) => {
      const values = known(key);
      return (values === undefined || values.length === 0) && !request.contextComplete ? (ALWAYS_THERE.get(key) ?? values) : values;
    },
    (id) => id.endsWith(':deny'),
  );
  const question = { algebra: booleans, context, subject, action: request.action, resourceArn: target.arn };
  return layersOf(access, question, target, request.sessionPolicies).allowed;
}
