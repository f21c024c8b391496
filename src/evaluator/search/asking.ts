import type { AccessPrincipal, Decision } from '../../model/index.js';
import type { CompiledAccess } from '../compile.js';
import { mentions } from '../could-allow.js';
import { decide } from '../decide.js';
import type { WhoCanQuery } from '../who-can.js';
import type { ChainLink } from './link.js';
import { isOpen } from './link.js';

/** What the principal may do to a thing, where that is not denied. `facts` are of this call alone. */
export function mayDo(
  access: CompiledAccess,
  principal: AccessPrincipal,
  action: string,
  on: string,
  query: WhoCanQuery,
  facts: WhoCanQuery['context'] = {},
): Decision | undefined {
  const decision = decide(access, {
    caller: { kind: 'principal', id: principal.id },
    action,
    resource: on,
    context: { ...query.context, ...facts },
    contextComplete: query.contextComplete,
    sessionPolicies: [],
  });
  return isOpen(decision) ? decision : undefined;
}

/** The same for actions that no resource policy gives, without asking where no policy of the principal speaks of it. */
export function mayByIam(...[access, principal, action, on, query, facts]: Parameters<typeof mayDo>): Decision | undefined {
  return mentions(access, principal, action) ? mayDo(access, principal, action, on, query, facts) : undefined;
}

export function linkOf(principal: AccessPrincipal, action: string, on: string, words: string, decision: Decision): ChainLink {
  return { by: `${principal.kind} ${principal.name}`, caller: { kind: 'principal', id: principal.id }, action, on, words, decision };
}
