import { shownText } from '../../evaluator/index.js';
import type { AccessPrincipal, Caller } from '../../model/index.js';
import { indexOf } from './world-index.js';
import type { AccessWorld } from './worlds.js';

/** A caller that an address names in a world. */
export interface FoundCaller {
  readonly caller: Caller;
  /** As people call it. */
  readonly who: string;
  /** How a list of candidates shows it. */
  readonly shown: string;
  /** False where the text itself says all: a service, a principal of an account that no input holds. */
  readonly held: boolean;
  /** A principal of a known account whose policies no input holds. */
  readonly unseen?: { readonly arn: string; readonly account: string };
}

const SESSION = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/;
const ROOT = /^arn:[^:]+:iam::(\d{12}):root$/;
const ACCOUNT = /^\d{12}$/;

/** Everyone in the world that the text may mean: `[path#]LogicalId`, construct path, name, ARN, account, service, `anonymous`. */
export function callersNamed(world: AccessWorld, text: string): readonly FoundCaller[] {
  const session = SESSION.exec(text);
  if (session !== null) return sessionsNamed(world, text, session);
  const exact = indexOf(world).principals.get(text);
  // A literal ARN means itself alone.
  const named = exact ?? (text.startsWith('arn:') ? [] : world.model.principals.filter((principal) => isCalled(principal, text)));
  return named.length > 0 ? named.map((principal) => foundPrincipal(principal)) : literal(world, text);
}

function foundPrincipal(principal: AccessPrincipal, session?: string): FoundCaller {
  return {
    caller: { kind: 'principal', id: principal.id, ...(session === undefined ? {} : { session }) },
    who: `${principal.kind} ${shownText(principal.name)}`,
    shown: principal.id === principal.arn ? shownText(principal.arn) : `${principal.id} (${shownText(principal.arn)})`,
    held: true,
  };
}

function isCalled({ id, name, arn, kind }: AccessPrincipal, text: string): boolean {
  const tail = shownText(arn.slice(arn.indexOf(':', arn.indexOf('iam::') + 5) + 1));
  const last = tail.split('/').at(-1);
  return isAddress(id, text) || isConstruct(id, name, text) || tail === text || last === text || `${kind}/${last}` === text;
}

/** `path#Logical/Id`, its end, or the logical id alone; of a nested stack's resource the last part will do. */
export function isAddress(id: string, text: string): boolean {
  const hash = id.lastIndexOf('#');
  if (hash < 0) return false;
  const [path, address] = [id.slice(0, hash), id.slice(hash + 1)];
  const cut = text.lastIndexOf('#');
  const wanted = cut < 0 ? text : text.slice(cut + 1);
  const within = cut < 0 ? undefined : text.slice(0, cut).replace(/^\.\//, '');
  if (within !== undefined && path !== within && !path.endsWith(`/${within}`)) return false;
  return address === wanted || address.split('/').at(-1) === wanted;
}

/** A construct's path as it is named here, or whole: `Stack/Key/Resource`. */
export function isConstruct(id: string, name: string, text: string): boolean {
  const path = text.replace(/\/Resource$/, '');
  const slash = path.indexOf('/');
  if (name === path) return true;
  return slash > 0 && name === path.slice(slash + 1) && id.slice(0, id.lastIndexOf('#')).includes(path.slice(0, slash));
}

function sessionsNamed(world: AccessWorld, text: string, match: RegExpExecArray): readonly FoundCaller[] {
  const [, account = '', role = '', session = ''] = match;
  const roles = world.model.principals.filter(
    (principal) => principal.kind === 'role' && principal.account === account && principal.arn.split('/').at(-1) === role,
  );
  if (roles.length > 0)
    return roles.map((principal) => ({ ...foundPrincipal(principal, session), who: `session ${session} of role ${role}`, shown: text }));
  return literal(world, text);
}

/** Callers that need no entry in the model. */
function literal(world: AccessWorld, text: string): readonly FoundCaller[] {
  const of = (caller: Caller, who: string, held = false): FoundCaller[] => [{ caller, who, shown: who, held }];
  const { accounts } = indexOf(world);
  const root = ROOT.exec(text)?.[1];
  if (text === 'root') {
    const [only, ...more] = [...accounts];
    return only === undefined || more.length > 0 ? [] : of({ kind: 'root', account: only }, "the account's root user", true);
  }
  if (root !== undefined) {
    return accounts.has(root)
      ? of({ kind: 'root', account: root }, `the root user of account ${root}`, true)
      : of({ kind: 'outsider', account: root, arn: text }, `the root user of account ${root}`);
  }
  if (text === '*' || text === 'anonymous') return of({ kind: 'anonymous' }, 'an anonymous caller');
  if (/^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(text)) return of({ kind: 'service', service: text }, `service ${text}`);
  if (/:(?:oidc|saml)-provider\//.test(text)) return of({ kind: 'federated', provider: text }, `identity provider ${text}`);
  if (ACCOUNT.test(text)) return of({ kind: 'outsider', account: text }, `account ${text}`);
  const account = /^arn:[^:]+:(?:iam|sts)::(\d{12}):(?:user|role|assumed-role|federated-user)\/.+$/.exec(text)?.[1];
  if (account === undefined) return [];
  if (!accounts.has(account)) return of({ kind: 'outsider', account, arn: text }, text);
  // Its account is here, whole: then it does not exist. In part: then its policies are not known.
  if (world.complete.has(account)) return [];
  return [{ caller: { kind: 'principal', id: text }, who: text, shown: text, held: false, unseen: { arn: text, account } }];
}
