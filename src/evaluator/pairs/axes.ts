import type { AccessPrincipal, AccessResource } from '../../model/index.js';
import { type Algebra, diagrams } from '../algebra.js';
import type { Question } from '../applies.js';
import { Bdd, type Node } from '../bdd.js';
import type { CompiledAccess } from '../compile.js';
import type { KnownKeys } from '../condition/context-truth.js';
import { openContext, Variables } from '../condition/open-context.js';
import { knownKeys } from '../known-keys.js';
import { type Subject, subjectOf } from '../subject.js';
import { type Target, targetOf } from '../target.js';

/** The three axes of all pairs, and the questions at their crossings: the same questions that `decide` asks one by one. */
export interface Axes {
  readonly access: CompiledAccess;
  readonly variables: Variables;
  readonly bdd: Bdd;
  readonly algebra: Algebra<Node>;
  readonly principals: readonly AccessPrincipal[];
  readonly subjects: readonly Subject[];
  readonly resources: readonly AccessResource[];
  /** What is acted on: the resources, and `*` where some action knows no resource. */
  readonly targets: readonly Target[];
  readonly actions: readonly string[];
  /** The target of an action on a resource, both by index. */
  targetAt(resource: number, action: number): number;
  /** What is known of the context at a crossing. */
  known(principal: number, target: number, action: number): KnownKeys;
  question(principal: number, target: number, action: number): Question<Node>;
}

/** Nodes of all pairs of a company: at some forty bytes each, with the caches, they fill half a gigabyte. */
export const MOST_NODES = 10_000_000;

export function axesOf(
  access: CompiledAccess,
  principals: readonly AccessPrincipal[],
  resources: readonly AccessResource[],
  actions: readonly string[],
  variables = new Variables(new Bdd(MOST_NODES), access.testsOf),
): Axes {
  const { bdd } = variables;
  const algebra = diagrams(bdd);
  const subjects = principals.map(({ id }) => subjectOf(access, { kind: 'principal', id }));
  const targets: Target[] = [];
  const index = new Map<string, number>();
  const at = new Int32Array(resources.length * actions.length);
  resources.forEach((resource, r) => {
    actions.forEach((action, a) => {
      const target = targetOf(access, action, resource.id);
      const key = `${target.arn}\n${target.held?.resource.id ?? ''}\n${target.policy?.document.name ?? ''}`;
      let number = index.get(key);
      if (number === undefined) {
        number = targets.push(target) - 1;
        index.set(key, number);
      }
      at[r * actions.length + a] = number;
    });
  });
  const requests = actions.map((action) => ({ action, context: {}, contextComplete: false }));
  const knownAt = (principal: number, target: number, action: number): KnownKeys =>
    knownKeys(access, element(subjects, principal), element(targets, target), element(requests, action));
  return {
    access,
    variables,
    bdd,
    algebra,
    principals,
    subjects,
    resources,
    targets,
    actions,
    targetAt: (resource, action) => at[resource * actions.length + action] ?? 0,
    known: knownAt,
    question(principal, target, action) {
      return {
        algebra,
        context: openContext(variables, knownAt(principal, target, action)),
        subject: element(subjects, principal),
        action: element(actions, action),
        resourceArn: element(targets, target).arn,
      };
    },
  };
}

/** An element whose index is known to be inside. */
export function element<T>(list: readonly T[], index: number): T {
  return list[index] as T; // indexes come from the same list
}
