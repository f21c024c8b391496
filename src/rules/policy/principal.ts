import { type Cause, isMap, isOpen, type Path, Reference, Unknown, type Value } from '../../model/index.js';
import { type Account, accountOf, isOwn, OWN_ACCOUNT } from './account.js';
import { readArn } from './arn.js';
import { someCauseOf } from './cause.js';
import type { Standpoint } from './standpoint.js';
import { listed, type Statement } from './statement.js';
import { partsOf, written } from './text.js';
import { open, type Truth } from './truth.js';

/** Whom a `Principal` element names, one entry each, at its place. */
export type Principal = (
  | { readonly kind: 'everyone' }
  /** A whole account: `arn:aws:iam::ID:root`, or its id alone. */
  | { readonly kind: 'account'; readonly account: Account }
  /** A user, role or session. `key` is equal where the same one is named again. */
  | { readonly kind: 'identity'; readonly account: Account; readonly key: string }
  | { readonly kind: 'service'; readonly name: Value }
  /** The unique id that is left of a deleted user or role [IAM guide: AWS JSON policy elements: Principal]. */
  | { readonly kind: 'unique-id' }
  /** A federated provider, a canonical user, or text that names nobody. */
  | { readonly kind: 'other' }
  | { readonly kind: 'open'; readonly because: readonly Cause[]; readonly key: string }
) & { readonly path: Path; readonly text: string };

export function principalsOf(statement: Statement, here: Standpoint): readonly Principal[] {
  const element = statement.body.Principal;
  const path: Path = [...statement.path, 'Principal'];
  if (element === undefined) return [];
  if (!isMap(element)) return listed(element, path).map(({ value, path: at }) => awsPrincipal(value, at, here));
  return Object.entries(element).flatMap(([kind, value]) =>
    listed(value, [...path, kind]).map(({ value: entry, path: at }): Principal => {
      const place = { path: at, text: written(entry) };
      if (kind === 'AWS') return awsPrincipal(entry, at, here);
      return kind === 'Service' ? { kind: 'service', name: entry, ...place } : { kind: 'other', ...place };
    }),
  );
}

function awsPrincipal(value: Value, path: Path, here: Standpoint): Principal {
  const place = { path, text: written(value) };
  if (value === '*') return { kind: 'everyone', ...place };
  if (typeof value === 'string' && /^A(ID|RO|NP|GP|IP)A[A-Z0-9]{16,}$/.test(value)) return { kind: 'unique-id', ...place };
  if (value instanceof Reference) {
    // Only users, roles and their like are principals, and what the scope makes belongs to its own account.
    const target = here.resource(value.target);
    if (target?.type.startsWith('AWS::IAM::')) return { kind: 'identity', account: OWN_ACCOUNT, key: place.text, ...place };
    return { kind: 'open', because: someCauseOf(value), key: place.text, ...place };
  }
  const arn = readArn(value);
  if (arn !== undefined) {
    const account = accountOf(arn.account);
    if (account === undefined) return { kind: 'other', ...place };
    if (arn.resource === 'root') return { kind: 'account', account, ...place };
    return { kind: 'identity', account, key: place.text, ...place };
  }
  const account = value instanceof Unknown && value.variable !== 'AWS::AccountId' ? undefined : accountOf(value);
  if (account !== undefined && account.kind !== 'open') return { kind: 'account', account, ...place };
  if (isOpen(value) && partsOf(value) !== undefined) return { kind: 'open', because: someCauseOf(value), key: place.text, ...place };
  return isOpen(value) ? { kind: 'open', because: someCauseOf(value), key: '', ...place } : { kind: 'other', ...place };
}

/** Whether it is the own account as a whole, whose IAM policies then decide: what every key policy should start with. */
export function isOwnAccount(principal: Principal, here: Standpoint): Truth {
  if (principal.kind === 'account') return isOwn(principal.account, here);
  return principal.kind === 'open' ? open(principal.because) : false;
}
