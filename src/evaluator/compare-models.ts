import type { AccessPrincipal, AccessRequest, AccessResource, Cause, ContextLiteral } from '../model/index.js';
import { covers, namedAs } from './applies.js';
import { Bdd, FALSE, type Node } from './bdd.js';
import type { CompiledAccess } from './compile.js';
import { feasible } from './condition/feasible.js';
import { Variables } from './condition/open-context.js';
import { type Answer, answer, bounds } from './decide.js';
import { type AllPairs, allPairs } from './pairs/index.js';
import { assignmentContext, isAllowed, type WitnessContext } from './witness.js';
import { conditionsOf } from './words/conditions.js';

/** Access of one principal to one resource that one side gives and the other does not. */
export interface ModelDifference {
  readonly principal: AccessPrincipal;
  readonly resource: AccessResource;
  /** Actions that differ alike. */
  readonly actions: readonly string[];
  /** When, minimally; empty where in every context. */
  readonly conditions: readonly (readonly ContextLiteral[])[];
  /** A context under which the plain evaluator allows it on the one side and not on the other. */
  readonly witness: WitnessContext;
  readonly granted: Grantor;
  readonly otherwise: Otherwise;
}

/** What gives it: a statement, by its place in its policy, or a grant on the key. */
export type Grantor =
  | { readonly kind: 'statement'; readonly policy: string; readonly index: number; readonly sid?: string }
  | { readonly kind: 'grant' }
  /** No single thing: the account's root user needs no statement, or several only together. */
  | { readonly kind: 'several' };

/** Why the other side does not. */
export type Otherwise =
  | 'the principal is not there'
  | 'the resource is not there'
  | 'a Deny applies'
  | 'no service control policy allows it'
  | 'the permissions boundary does not allow it'
  | 'no identity policy allows it'
  | 'the policy of the resource does not let the principal in'
  | 'no statement allows it in these contexts';

export type ModelComparison =
  | { readonly kind: 'none' }
  | { readonly kind: 'some'; readonly differences: readonly ModelDifference[]; readonly because: readonly Cause[] }
  /** Not proved either way. */
  | { readonly kind: 'undecided'; readonly because: readonly Cause[] };

export interface ModelChange {
  readonly gained: ModelComparison;
  readonly lost: ModelComparison;
}

/**
 * What principals may do after a change that they could not before, and the reverse: every principal and resource of
 * both models, by ARN, over the actions. `none` is a proof over all contexts. Callers outside the models are not compared,
 * and what neither side could read is taken to be the same on both.
 * @throws NodeLimitReached, ClassLimitReached where the policies tell too much apart
 */
export function compareModels(before: CompiledAccess, after: CompiledAccess, actions: readonly string[]): ModelChange {
  const variables = new Variables(new Bdd(), (key) => [
    ...new Map([...before.testsOf(key), ...after.testsOf(key)].map((test) => [test.id, test])).values(),
  ]);
  const sides = [sideOf(before, actions, variables), sideOf(after, actions, variables)] as const;
  return { gained: gain(sides[0], sides[1], variables, actions), lost: gain(sides[1], sides[0], variables, actions) };
}

interface Side {
  readonly access: CompiledAccess;
  readonly pairs: AllPairs;
  readonly principals: ReadonlyMap<string, number>;
  readonly resources: ReadonlyMap<string, number>;
}

function sideOf(access: CompiledAccess, actions: readonly string[], variables: Variables): Side {
  const { principals, resources } = access.model;
  const byArn = (list: readonly { readonly arn: string }[]) => new Map(list.map(({ arn }, index) => [arn, index]));
  return {
    access,
    pairs: allPairs(access, { actions, principals, resources, variables }),
    principals: byArn(principals),
    resources: byArn(resources),
  };
}

function gain(old: Side, now: Side, variables: Variables, actions: readonly string[]): ModelComparison {
  const { bdd } = variables;
  const differences: ModelDifference[] = [];
  const because = new Map<string, Cause>();
  now.pairs.principals.forEach((principal, p) => {
    const oldPrincipal = old.principals.get(principal.arn);
    now.pairs.resources.forEach((resource, r) => {
      const oldResource = old.resources.get(resource.arn);
      const alike = new Map<Node, string[]>();
      actions.forEach((action, a) => {
        const gives = now.pairs.condition(p, r, a);
        const gave = oldPrincipal === undefined || oldResource === undefined ? FALSE : old.pairs.condition(oldPrincipal, oldResource, a);
        if (gives === gave || gives === FALSE) return;
        const gained = bdd.and(gives, bdd.not(gave));
        if (gained !== FALSE) alike.set(gained, [...(alike.get(gained) ?? []), action]);
      });
      for (const [gained, same] of alike) {
        // What differs alike in its condition may do so for different reasons, so it is explained by reason.
        const explained = new Map<string, ModelDifference>();
        for (const action of same) {
          const found = explain(old, now, { principal, resource, action, gained }, variables);
          if ('because' in found) for (const cause of found.because) because.set(cause.words, cause);
          else {
            const reason = JSON.stringify([found.granted, found.otherwise]);
            const known = explained.get(reason);
            explained.set(reason, known === undefined ? found : { ...known, actions: [...known.actions, action] });
          }
        }
        differences.push(...explained.values());
      }
    });
  });
  if (differences.length > 0) return { kind: 'some', differences, because: [...because.values()] };
  return because.size > 0 ? { kind: 'undecided', because: [...because.values()] } : { kind: 'none' };
}

interface Gained {
  readonly principal: AccessPrincipal;
  readonly resource: AccessResource;
  readonly action: string;
  readonly gained: Node;
}

function explain(
  old: Side,
  now: Side,
  { principal, resource, action, gained }: Gained,
  variables: Variables,
): ModelDifference | { readonly because: readonly Cause[] } {
  const { bdd } = variables;
  const found = answer(now.access, requestOf(principal.id, resource.id, action), variables);
  const { node: real, complete } = feasible(variables, [gained], found.shapes);
  const { atLeast, atMost, causes } = bounds(variables, gained, real);
  const certain = bdd.and(atLeast, real);
  if (certain === FALSE) {
    if (bdd.and(atMost, real) !== FALSE) return { because: causes };
    return { because: complete ? [] : [{ words: 'a context key that is compared in two ways at once', kind: 'incomplete' }] };
  }
  const oldPrincipal = old.access.model.principals[old.principals.get(principal.arn) ?? -1];
  const oldResource = old.access.model.resources[old.resources.get(resource.arn) ?? -1];
  const before = oldPrincipal === undefined || oldResource === undefined ? undefined : requestOf(oldPrincipal.id, oldResource.id, action);
  const witness = assignmentContext(variables, bdd.witness(certain) ?? new Map(), found.shapes);
  const shown =
    witness !== undefined &&
    isAllowed(now.access, { ...requestOf(principal.id, resource.id, action), context: witness }) &&
    (before === undefined || !isAllowed(old.access, { ...before, context: witness }));
  if (!shown) return { because: [{ words: 'a difference for which no request could be shown', kind: 'incomplete' }] };
  const always = bdd.and(bdd.not(atLeast), real) === FALSE;
  return {
    principal,
    resource,
    actions: [action],
    conditions: always ? [] : conditionsOf(variables, atLeast, real),
    witness,
    granted: grantorOf(found, certain),
    otherwise:
      before === undefined
        ? oldPrincipal === undefined
          ? 'the principal is not there'
          : 'the resource is not there'
        : whyNot(answer(old.access, before, variables), certain),
  };
}

function requestOf(principal: string, resource: string, action: string): AccessRequest {
  return { caller: { kind: 'principal', id: principal }, action, resource, context: {}, contextComplete: false, sessionPolicies: [] };
}

/** The first Allow whose reach meets the difference: of the resource's policy, where it names the principal itself, else of identity. */
function grantorOf({ variables, question, layers }: Answer, certain: Node): Grantor {
  const { bdd } = variables;
  const { scope, resource, grants } = layers;
  const direct = (['user', 'role', 'session', 'anyone'] as const).some((as) => bdd.and(resource.get(as) ?? FALSE, certain) !== FALSE);
  const byResource = (scope.resource?.allows ?? []).filter((allow) =>
    [...namedAs(question, allow)].some(([as, truth]) => as !== 'account' && bdd.and(truth, certain) !== FALSE),
  );
  const candidates = [...(direct ? byResource : []), ...scope.identity.flatMap(({ allows }) => allows)];
  for (const allow of candidates) {
    if (bdd.and(covers(question, allow), certain) === FALSE) continue;
    const { index, sid } = allow.statement;
    return { kind: 'statement', policy: allow.document.document.name, index, ...(sid === undefined ? {} : { sid }) };
  }
  return bdd.and(grants, certain) === FALSE ? { kind: 'several' } : { kind: 'grant' };
}

function whyNot({ variables, layers }: Answer, certain: Node): Otherwise {
  const { bdd } = variables;
  const absent = (node: Node): boolean => bdd.and(node, certain) === FALSE;
  if (bdd.and(layers.denied, certain) === certain) return 'a Deny applies';
  if (absent(layers.scp)) return 'no service control policy allows it';
  if (absent(layers.boundary)) return 'the permissions boundary does not allow it';
  const named = [...layers.resource.values()].reduce((any, node) => bdd.or(any, node), FALSE);
  const asksResource = layers.scope.relation === 'cross-account' || layers.scope.resource !== undefined;
  if (!absent(layers.identity) && asksResource && absent(named)) return 'the policy of the resource does not let the principal in';
  return absent(layers.identity) ? 'no identity policy allows it' : 'no statement allows it in these contexts';
}
