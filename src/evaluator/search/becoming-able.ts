import type { AccessPrincipal, AccessResource } from '../../model/index.js';
import type { CompiledAccess } from '../compile.js';
import { couldAllow, mentions } from '../could-allow.js';
import { decide } from '../decide.js';
import { targetOf } from '../target.js';
import { shownText } from '../text/symbol.js';
import type { WhoCanQuery } from '../who-can.js';
import { linkOf, mayByIam, mayDo } from './asking.js';
import { ESCALATIONS, GRANTABLE } from './escalations.js';
import { type ChainLink, isOpen } from './link.js';

/** How a principal makes itself able: by the resource's own policy, or by IAM where the resource lets IAM decide. */
export function* becomingAble(access: CompiledAccess, principal: AccessPrincipal, query: WhoCanQuery): Iterable<readonly ChainLink[]> {
  const { held } = targetOf(access, query.action, query.resource);
  if (held !== undefined) yield* byResourcePolicy(access, principal, held.resource, query);
  const writing = ESCALATIONS.filter(({ gives, action }) => gives === 'identity-policy' && mentions(access, principal, action));
  if (writing.length === 0 || !letsIamDecide(access, principal, query)) return;
  for (const { action, on, words } of writing) {
    if (on !== principal.kind) continue;
    const decision = mayByIam(access, principal, action, principal.arn, query);
    if (decision !== undefined) yield [linkOf(principal, action, principal.id, sentence(words, 'itself'), decision)];
  }
  if (!ROLE_WRITING.some(({ action }) => mentions(access, principal, action))) return;
  for (const role of access.model.principals) yield* byAnotherRole(access, principal, role, query);
}

const ROLE_WRITING = ESCALATIONS.filter(({ gives, on }) => gives === 'identity-policy' && on === 'role');

function* byResourcePolicy(
  access: CompiledAccess,
  principal: AccessPrincipal,
  resource: AccessResource,
  query: WhoCanQuery,
): Iterable<readonly ChainLink[]> {
  for (const { action, on, types, words } of ESCALATIONS) {
    if (on !== 'resource' || types?.includes(resource.type) !== true) continue;
    if (action === 'kms:CreateGrant' && !GRANTABLE.has(query.action.toLowerCase())) continue;
    if (!couldAllow(access, principal, action, access.resources.get(resource.id))) continue;
    const decision = mayDo(access, principal, action, resource.id, query);
    if (decision !== undefined) yield [linkOf(principal, action, resource.id, sentence(words, shownText(resource.name)), decision)];
  }
}

/** A role that the principal may both give a policy and assume. */
function* byAnotherRole(
  access: CompiledAccess,
  principal: AccessPrincipal,
  role: AccessPrincipal,
  query: WhoCanQuery,
): Iterable<readonly ChainLink[]> {
  if (role.kind !== 'role' || role.id === principal.id || role.serviceLinked || role.account !== principal.account) return;
  for (const { action, words } of ROLE_WRITING) {
    const writing = mayByIam(access, principal, action, role.arn, query);
    if (writing === undefined) continue;
    const assuming = mayDo(access, principal, 'sts:AssumeRole', role.id, query);
    if (assuming === undefined) continue;
    yield [
      linkOf(principal, action, role.id, sentence(words, role.name), writing),
      linkOf(principal, 'sts:AssumeRole', role.id, `can assume role ${role.name}`, assuming),
    ];
    return;
  }
}

/**
 * A new IAM policy of the principal counts: its account owns the resource and, for a key, the key policy lets the account's
 * IAM decide. Across accounts the resource would have to name the principal, and then it would be found directly.
 */
function letsIamDecide(access: CompiledAccess, { account }: AccessPrincipal, query: WhoCanQuery): boolean {
  const target = targetOf(access, query.action, query.resource);
  if (target.account !== undefined && target.account !== account) return false;
  return isOpen(decide(access, { ...query, caller: { kind: 'root', account }, sessionPolicies: [] }));
}

function sentence(words: string, name: string): string {
  return words.replace('%', name).replace(/(?:role|user) itself/, 'itself');
}
