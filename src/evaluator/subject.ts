import type { Caller } from '../model/index.js';
import type { CompiledAccess, CompiledPrincipal } from './compile.js';

/** The caller as policies see it. */
export interface Subject {
  readonly caller: Caller;
  /** Absent for services, identity providers and the anonymous. */
  readonly account?: string;
  /** The user's ARN, or the role's, with its path. */
  readonly identityArn?: string;
  /** For roles: the session's ARN, which never has the path. */
  readonly sessionArn?: string;
  readonly uniqueId?: string;
  /** Where its policies are in the model. */
  readonly held?: CompiledPrincipal;
  readonly kind: 'user' | 'role' | 'root' | 'service' | 'federated' | 'outsider' | 'anonymous';
}

/** A session's name nobody asked about: it stands for every session of the role. */
export const ANY_SESSION = 'session';

/** @throws Error where the caller is not in the model: callers look principals up before they ask. */
export function subjectOf(access: CompiledAccess, caller: Caller): Subject {
  switch (caller.kind) {
    case 'principal': {
      const held = access.principals.get(caller.id);
      if (held === undefined) throw new Error(`No principal ${caller.id} in the model.`);
      const { principal } = held;
      const session = principal.kind === 'role' ? { sessionArn: sessionArn(principal.arn, caller.session ?? ANY_SESSION) } : {};
      const uniqueId = principal.uniqueId === undefined ? {} : { uniqueId: principal.uniqueId };
      return { caller, kind: principal.kind, account: principal.account, identityArn: principal.arn, held, ...session, ...uniqueId };
    }
    case 'root':
      return { caller, kind: 'root', account: caller.account, identityArn: `arn:aws:iam::${caller.account}:root` };
    case 'service':
      return { caller, kind: 'service' };
    case 'federated':
      return { caller, kind: 'federated' };
    case 'outsider':
      return { caller, kind: 'outsider', account: caller.account, ...(caller.arn === undefined ? {} : outsiderArns(caller.arn)) };
    case 'anonymous':
      return { caller, kind: 'anonymous' };
  }
}

function outsiderArns(arn: string): Pick<Subject, 'identityArn' | 'sessionArn'> {
  return arn.includes(':role/') ? { identityArn: arn, sessionArn: sessionArn(arn, ANY_SESSION) } : { identityArn: arn };
}

/** `arn:aws:iam::1:role/path/App` is called as `arn:aws:sts::1:assumed-role/App/SESSION`. */
export function sessionArn(roleArn: string, session: string): string {
  const [, partition = 'aws', , , account = '', ...rest] = roleArn.split(':');
  const name = rest.join(':').split('/').at(-1) ?? '';
  return `arn:${partition}:sts::${account}:assumed-role/${name}/${session}`;
}
