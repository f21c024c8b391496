import { type Cause, Reference, Unknown, type Value } from '../../model/index.js';
import { someCauseOf } from './cause.js';
import type { Standpoint } from './standpoint.js';
import { written } from './text.js';
import { open, type Truth } from './truth.js';

/** An account as a policy names it: by its twelve digits, as the account of deployment, or by something open. */
export type Account =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'own' }
  | { readonly kind: 'open'; readonly because: readonly Cause[]; readonly text: string };

export const OWN_ACCOUNT: Account = { kind: 'own' };

/** Undefined for text that is no account id: a wildcard, nothing at all, a name. */
export function accountOf(value: Value): Account | undefined {
  if (typeof value === 'number') return accountOf(String(value).padStart(12, '0'));
  if (typeof value === 'string') return /^\d{12}$/.test(value) ? { kind: 'id', id: value } : undefined;
  if (value instanceof Unknown && value.variable === 'AWS::AccountId') return OWN_ACCOUNT;
  if (typeof value !== 'object' || value === null || value instanceof Reference) return undefined;
  return { kind: 'open', because: someCauseOf(value), text: written(value) };
}

/** Whether it is the account that the scope is deployed to. */
export function isOwn(account: Account, here: Standpoint): Truth {
  switch (account.kind) {
    case 'own':
      return true;
    case 'open':
      return open(account.because);
    case 'id':
      if (here.account === undefined) return open([UNKNOWN_ACCOUNT]);
      return account.id === here.account;
  }
}

const UNKNOWN_ACCOUNT: Cause = {
  words: 'the account that this is deployed to',
  settle: 'name the account of this path in keyward.yaml',
  kind: 'pseudo-parameter',
};

export function accountText(account: Account): string {
  switch (account.kind) {
    case 'own':
      return 'the own account';
    case 'open':
      return account.text;
    case 'id':
      return account.id;
  }
}
