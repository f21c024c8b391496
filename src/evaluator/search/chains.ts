import type { AccessPrincipal, Caller } from '../../model/index.js';
import type { CompiledAccess } from '../compile.js';
import { couldAllow, mentions } from '../could-allow.js';
import { decide } from '../decide.js';
import { type Judge, othersNamed, type Reach, type WhoCanQuery, whoCan } from '../who-can.js';
import { becomingAble } from './becoming-able.js';
import { type Chain, type ChainLink, chainOf, isOpen } from './link.js';
import { passingRole } from './passing-role.js';
import { takingOver } from './taking-over.js';

/** Chains longer than this are not followed. */
const LONGEST = 5;
/** Principals looked at backwards, at most. */
const MOST = 500;

export interface Chains {
  readonly chains: readonly Chain[];
  /** True where the search stopped at its bounds. */
  readonly cutShort: boolean;
}

/**
 * Those who can't do what was asked and can get there: by assuming roles one after another, by rewriting a policy, by passing
 * a role to a service that runs their code. Backwards from those who can, breadth first: the shortest chain of each caller.
 */
export function chainsTo(access: CompiledAccess, query: WhoCanQuery, judge: Judge): Chains {
  const direct = whoCan(access, query, judge);
  const found = new Map<string, Chain>();
  const able = new Set(direct.map(({ caller }) => identity(caller)));
  let frontier: (readonly [string, readonly ChainLink[]])[] = [];
  for (const reach of direct) if (reach.caller.kind === 'principal') frontier.push([reach.caller.id, [finalLink(reach, query)]]);
  const keep = (links: readonly ChainLink[], next: (readonly [string, readonly ChainLink[]])[]): void => {
    const chain = chainOf(links);
    if (chain === undefined || able.has(identity(chain.caller))) return;
    able.add(identity(chain.caller));
    found.set(identity(chain.caller), chain);
    if (chain.caller.kind === 'principal') next.push([chain.caller.id, links]);
  };

  const principals = [...access.model.principals].sort((a, b) => (a.name + a.id < b.name + b.id ? -1 : 1));
  for (const principal of principals) {
    if (able.has(identity({ kind: 'principal', id: principal.id }))) continue;
    for (const links of becomingAble(access, principal, query)) keep(links, frontier);
  }

  let cutShort = false;
  for (let length = 2; frontier.length > 0; length += 1) {
    if (length > LONGEST || able.size > MOST) {
      cutShort = true;
      break;
    }
    const next: (readonly [string, readonly ChainLink[]])[] = [];
    for (const [id, rest] of frontier) {
      const target = access.principals.get(id)?.principal;
      if (target === undefined) continue;
      for (const link of waysInto(access, target, principals, query)) keep([link, ...rest], next);
    }
    frontier = next;
  }
  return { chains: [...found.values()].sort((a, b) => (a.who < b.who ? -1 : a.who > b.who ? 1 : 0)), cutShort };
}

function identity(caller: Caller): string {
  return JSON.stringify(caller);
}

function finalLink(reach: Reach, query: WhoCanQuery): ChainLink {
  return {
    by: reach.who,
    caller: reach.caller,
    action: query.action,
    on: query.resource,
    words: `may ${query.action}`,
    decision: reach.decision,
  };
}

/** How others come to act as the principal. */
function* waysInto(
  access: CompiledAccess,
  target: AccessPrincipal,
  principals: readonly AccessPrincipal[],
  query: WhoCanQuery,
): Iterable<ChainLink> {
  if (target.kind === 'role') yield* assuming(access, target, principals, query);
  for (const principal of principals) {
    if (principal.id === target.id) continue;
    yield* takingOver(access, principal, target, query);
    if (target.kind === 'role' && mentions(access, principal, 'iam:PassRole')) yield* passingRole(access, principal, target, query);
  }
}

/** Whoever the trust policy lets assume the role; AWS services that run as it are no news. */
function* assuming(
  access: CompiledAccess,
  role: AccessPrincipal,
  principals: readonly AccessPrincipal[],
  query: WhoCanQuery,
): Iterable<ChainLink> {
  const held = access.resources.get(role.id);
  if (held === undefined) return;
  const on = held.resource.id;
  const linkBy = (caller: Caller, who: string, action: string): ChainLink | undefined => {
    const { context, contextComplete } = query;
    const decision = decide(access, { caller, action, resource: on, context, contextComplete, sessionPolicies: [] });
    return isOpen(decision) ? { by: who, caller, action, on, words: `can assume role ${role.name}`, decision } : undefined;
  };
  for (const principal of principals) {
    if (principal.id === role.id || !couldAllow(access, principal, 'sts:AssumeRole', held)) continue;
    const link = linkBy({ kind: 'principal', id: principal.id }, `${principal.kind} ${principal.name}`, 'sts:AssumeRole');
    if (link !== undefined) yield link;
  }
  for (const { caller, who } of othersNamed(access, { ...query, action: 'sts:AssumeRole', resource: on })) {
    if (caller.kind === 'service' || caller.kind === 'root') continue;
    for (const action of caller.kind === 'federated' ? FEDERATED : ['sts:AssumeRole']) {
      const link = linkBy(caller, who, action);
      if (link !== undefined) yield link;
    }
  }
}

const FEDERATED = ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'];
