import type { AccessPrincipal } from '../../model/index.js';
import type { CompiledAccess } from '../compile.js';
import type { WhoCanQuery } from '../who-can.js';
import { linkOf, mayByIam } from './asking.js';
import { ESCALATIONS } from './escalations.js';
import type { ChainLink } from './link.js';

/** How a principal comes by the credentials of another. Service-linked roles can't be edited. */
export function* takingOver(
  access: CompiledAccess,
  principal: AccessPrincipal,
  target: AccessPrincipal,
  query: WhoCanQuery,
): Iterable<ChainLink> {
  if (target.serviceLinked || target.account !== principal.account) return;
  for (const { action, on, gives, words } of ESCALATIONS) {
    if (gives !== 'credentials' || on !== target.kind) continue;
    const decision = mayByIam(access, principal, action, target.arn, query);
    if (decision === undefined) continue;
    yield linkOf(principal, action, target.id, words.replace('%', target.name), decision);
    return;
  }
}
