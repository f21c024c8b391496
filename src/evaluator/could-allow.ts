import type { AccessPrincipal, PrincipalEntry } from '../model/index.js';
import type { CompiledAccess, CompiledResource } from './compile.js';
import { matches } from './text/glob.js';
import { hasSymbol } from './text/symbol.js';

/** Answers by model, action and principal: chains ask the same thousands of times. */
const known = new WeakMap<CompiledAccess, Map<string, WeakMap<AccessPrincipal, boolean>>>();

/** Whether some policy of the principal could allow the action on anything: cheap, and never wrongly false. */
export function mentions(access: CompiledAccess, principal: AccessPrincipal, action: string): boolean {
  const byAction = known.get(access) ?? new Map<string, WeakMap<AccessPrincipal, boolean>>();
  known.set(access, byAction);
  const answers = byAction.get(action) ?? new WeakMap<AccessPrincipal, boolean>();
  byAction.set(action, answers);
  const answer = answers.get(principal) ?? look(access, principal, action);
  answers.set(principal, answer);
  return answer;
}

function look(access: CompiledAccess, principal: AccessPrincipal, action: string): boolean {
  if (principal.missing.length > 0) return true;
  return (access.principals.get(principal.id)?.identity ?? []).some(
    ({ document, allows }) =>
      document.unreadable !== undefined ||
      allows.some(({ statement, actions }) => statement.action.negated || actions.some((pattern) => matches(pattern.glob, action))),
  );
}

/** Whether anything could let the principal do this: its own policies, or the resource's policy or grants. As cheap, as sound. */
export function couldAllow(access: CompiledAccess, principal: AccessPrincipal, action: string, on: CompiledResource | undefined): boolean {
  // It needs no permission [STS API reference: GetCallerIdentity].
  if (action.toLowerCase() === 'sts:getcalleridentity' || mentions(access, principal, action)) return true;
  if (on === undefined) return false;
  if ((on.resource.key?.grants.length ?? 0) > 0 || on.policy?.document.unreadable !== undefined) return true;
  return (on.policy?.allows ?? []).some(
    ({ statement: { principal: named } }) =>
      named === undefined || named.negated || named.entries.some((entry) => couldName(entry, principal)),
  );
}

/** An account as principal gives nothing by itself: IAM must speak of the action. */
function couldName(entry: PrincipalEntry, principal: AccessPrincipal): boolean {
  switch (entry.kind) {
    case 'anyone':
    case 'any-aws':
    case 'unknown':
      return true;
    case 'arn':
      return (
        entry.arn === principal.arn ||
        hasSymbol(entry.arn) ||
        hasSymbol(principal.arn) ||
        /:(?:assumed-role|federated-user)\//.test(entry.arn)
      );
    case 'unique-id':
      return entry.id === principal.uniqueId;
    case 'account':
    case 'service':
    case 'federated':
    case 'canonical-user':
      return false;
  }
}
