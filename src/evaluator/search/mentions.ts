import type { AccessPrincipal } from '../../model/index.js';
import type { CompiledAccess } from '../compile.js';
import { matches } from '../text/glob.js';

/** Answers by model, then by principal and action: chains ask the same thousands of times. */
const known = new WeakMap<CompiledAccess, Map<string, boolean>>();

/** Whether some policy of the principal could allow the action on anything: cheap, and never wrongly false. */
export function mentions(access: CompiledAccess, principal: AccessPrincipal, action: string): boolean {
  const answers = known.get(access) ?? new Map<string, boolean>();
  known.set(access, answers);
  const key = `${action} ${principal.id}`;
  const answer = answers.get(key) ?? look(access, principal, action);
  answers.set(key, answer);
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
