import type { AccessPrincipal } from '../../model/index.js';
import type { CompiledAccess } from '../compile.js';
import { decide } from '../decide.js';
import { targetOf } from '../target.js';
import { symbol } from '../text/symbol.js';
import type { WhoCanQuery } from '../who-can.js';
import { linkOf, mayByIam } from './asking.js';
import { COMPUTE } from './escalations.js';
import { type ChainLink, isOpen } from './link.js';

/** Who may pass a role to a service that runs their code acts as that role [IAM guide: Grant a user permissions to pass a role]. */
export function* passingRole(
  access: CompiledAccess,
  principal: AccessPrincipal,
  role: AccessPrincipal,
  query: WhoCanQuery,
): Iterable<ChainLink> {
  if (role.account !== principal.account) return;
  const region = targetOf(access, query.action, query.resource).held?.resource.region ?? symbol('Region');
  for (const { service, action, resource } of COMPUTE) {
    const passing = mayByIam(access, principal, 'iam:PassRole', role.arn, query, { 'iam:PassedToService': service });
    if (passing === undefined || !trusts(access, role, service, query)) continue;
    // Whoever makes it chooses its name.
    const made = `arn:aws:${action.split(':')[0]}:${region}:${role.account}:${resource.replace('any', symbol('name'))}`;
    if (mayByIam(access, principal, action, made, query) === undefined) continue;
    yield linkOf(principal, 'iam:PassRole', role.id, `can pass role ${role.name} to ${service} and run code there with ${action}`, passing);
    return;
  }
}

function trusts(access: CompiledAccess, role: AccessPrincipal, service: string, query: WhoCanQuery): boolean {
  if (!access.resources.has(role.id)) return false;
  return isOpen(
    decide(access, {
      caller: { kind: 'service', service },
      action: 'sts:AssumeRole',
      resource: role.id,
      context: {},
      contextComplete: query.contextComplete,
      sessionPolicies: [],
    }),
  );
}
