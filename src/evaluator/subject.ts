import type { Caller } from '../model/index.js';
import type { CompiledAccess, CompiledPrincipal } from './compile.js';

/** The caller as policies see it. */
export interface Subject {
  readonly caller: Caller;
  /** Absent for services, identity providers and the anonymous. */
  readonly account?: string;
  /** The user's ARN, or the role's, with its path. */
  readonly identityArn?: string;
  /** For roles: the session's ARN, which never has the path. For federated users: theirs. */
  readonly sessionArn?: string;
  /** The session's name was not said: any session of the role. */
  readonly anySession: boolean;
  /** For federated users: the user whose credentials asked for the session. */
  readonly parentArn?: string;
  readonly uniqueId?: string;
  /** Where its policies are in the model. */
  readonly held?: CompiledPrincipal;
  readonly kind: 'user' | 'role' | 'federated-user' | 'root' | 'service' | 'federated' | 'outsider' | 'anonymous';
}

/** Stands for the name of a session that nobody named; texts are not compared with it. */
const ANY_SESSION = '*';

/** @throws Error where the caller is not in the model: callers look principals up before they ask. */
export function subjectOf(access: CompiledAccess, caller: Caller): Subject {
  switch (caller.kind) {
    case 'principal': {
      const held = access.principals.get(caller.id);
      if (held === undefined) throw new Error(`No principal ${caller.id} in the model.`);
      return ofPrincipal(held, caller);
    }
    case 'root':
      return { caller, kind: 'root', account: caller.account, identityArn: `arn:aws:iam::${caller.account}:root`, anySession: false };
    case 'service':
      return { caller, kind: 'service', anySession: false };
    case 'federated':
      return { caller, kind: 'federated', anySession: false };
    case 'outsider':
      return { caller, kind: 'outsider', account: caller.account, ...outsiderArns(caller.arn) };
    case 'anonymous':
      return { caller, kind: 'anonymous', anySession: false };
  }
}

function ofPrincipal(held: CompiledPrincipal, caller: Extract<Caller, { kind: 'principal' }>): Subject {
  const { principal } = held;
  const { account, arn, kind } = principal;
  const base = { caller, account, held };
  if (kind === 'role') {
    const uniqueId = principal.uniqueId === undefined ? {} : { uniqueId: principal.uniqueId };
    const session = sessionArn(arn, caller.session ?? ANY_SESSION);
    return { ...base, kind, identityArn: arn, sessionArn: session, anySession: caller.session === undefined, ...uniqueId };
  }
  if (caller.session !== undefined) {
    const [, partition = 'aws'] = arn.split(':');
    const own = `arn:${partition}:sts::${account}:federated-user/${caller.session}`;
    return { ...base, kind: 'federated-user', identityArn: own, sessionArn: own, parentArn: arn, anySession: false };
  }
  const uniqueId = principal.uniqueId === undefined ? {} : { uniqueId: principal.uniqueId };
  return { ...base, kind, identityArn: arn, anySession: false, ...uniqueId };
}

function outsiderArns(arn: string | undefined): Pick<Subject, 'identityArn' | 'sessionArn' | 'anySession'> {
  if (arn === undefined) return { anySession: false };
  if (!arn.includes(':role/')) return { identityArn: arn, anySession: false };
  return { identityArn: arn, sessionArn: sessionArn(arn, ANY_SESSION), anySession: true };
}

/** `arn:aws:iam::1:role/path/App` is called as `arn:aws:sts::1:assumed-role/App/SESSION`. */
export function sessionArn(roleArn: string, session: string): string {
  const [, partition = 'aws', , , account = '', ...rest] = roleArn.split(':');
  const name = rest.join(':').split('/').at(-1) ?? '';
  return `arn:${partition}:sts::${account}:assumed-role/${name}/${session}`;
}
