import { isOpen, type Path, Reference, type Value } from '../../model/index.js';
import { type Account, accountOf } from './account.js';
import { readArn } from './arn.js';
import { someCauseOf } from './cause.js';
import { admitsMissing, type Matching, matchingOf, someTest, type Test, testsOf } from './condition.js';
import type { Statement } from './statement.js';
import { partsOf } from './text.js';
import { all, open, type Truth } from './truth.js';

/** What the value of a condition key is, as far as it tells who calls or from where. */
type CallerKey = 'account' | 'organization' | 'arn' | 'unique-id' | 'network' | 'address';

/**
 * Condition keys that fix who calls [IAM guide: AWS global condition context keys; KMS guide: AWS KMS condition keys].
 * A tag, a user name or a service is not among them: every account can have its own of that name.
 */
const CALLER_KEYS: Readonly<Record<string, CallerKey>> = {
  'kms:calleraccount': 'account',
  'aws:principalaccount': 'account',
  'aws:sourceaccount': 'account',
  'aws:sourceowner': 'account',
  'aws:vpceaccount': 'account',
  'aws:principalorgid': 'organization',
  'aws:principalorgpaths': 'organization',
  'aws:sourceorgid': 'organization',
  'aws:sourceorgpaths': 'organization',
  'aws:vpceorgid': 'organization',
  'aws:vpceorgpaths': 'organization',
  'aws:principalarn': 'arn',
  'aws:sourcearn': 'arn',
  'lambda:sourcefunctionarn': 'arn',
  'ec2:sourceinstancearn': 'arn',
  'aws:userid': 'unique-id',
  'aws:sourcevpc': 'network',
  'aws:sourcevpce': 'network',
  'aws:sourceip': 'address',
};

/** Keys that every signed request carries, so that `IfExists` takes nothing from them. */
const ALWAYS_THERE = new Set(['kms:calleraccount', 'aws:principalaccount', 'aws:principalarn', 'aws:userid']);

/** Policy variables that stand for the owner of the resource; any other is the caller's own to choose. */
const OWNER_VARIABLE = /^\$\{aws:Resource(Account|OrgID|OrgPaths)\}\/?\*?$/i;

/** Whether the statement's condition admits only callers of known accounts, organisations or networks. */
export function restrictsCaller(statement: Statement): Truth {
  return someTest(statement, fixesCaller);
}

export function fixesCaller(test: Test): Truth {
  const kind = CALLER_KEYS[test.key];
  const matching = matchingOf(test);
  if (kind === undefined || matching === undefined) return false;
  if (admitsMissing(test) && !ALWAYS_THERE.has(test.key)) return false;
  if (test.values.length === 0) return true;
  return all(test.values.map(({ value }) => fixes(value, kind, matching, test)));
}

/** The accounts that the condition admits; empty where it names none. */
export function accountsAdmitted(statement: Statement): readonly { readonly account: Account; readonly path: Path }[] {
  const tests = testsOf(statement);
  if ('because' in tests) return [];
  return tests.flatMap((test) => {
    const kind = CALLER_KEYS[test.key];
    if (fixesCaller(test) === false || (kind !== 'account' && kind !== 'arn')) return [];
    return test.values.flatMap(({ value, path }) => {
      const named = kind === 'arn' ? readArn(value)?.account : value;
      const account = named === undefined ? undefined : accountOf(named);
      return account === undefined ? [] : [{ account, path }];
    });
  });
}

function fixes(value: Value, kind: CallerKey, matching: Matching, test: Test): Truth {
  if (typeof value === 'string' && value.includes('${') && test.statement.version === '2012-10-17') return OWNER_VARIABLE.test(value);
  switch (kind) {
    case 'address':
      return matching === 'address' ? isNarrow(value) : open(someCauseOf(value));
    case 'arn':
      return matching === 'exact' || fixesAccountOfArn(value);
    case 'unique-id':
      return matching === 'exact' || isFixedStart(value, /^A(ID|RO)A[A-Z0-9]{8,}/);
    case 'organization':
      return matching === 'exact' || isFixedStart(value, /^o-[a-z0-9]{10,32}(\/|$)/);
    case 'account':
    case 'network':
      return matching === 'exact' || hasNoWildcard(value);
  }
}

function hasNoWildcard(value: Value): Truth {
  const parts = partsOf(value);
  if (parts === undefined) return isOpen(value) ? open(someCauseOf(value)) : true;
  if (parts.some((part) => typeof part === 'string' && /[*?]/.test(part))) return false;
  return accountOf(value)?.kind === 'open' ? open(someCauseOf(value)) : true;
}

function isFixedStart(value: Value, start: RegExp): Truth {
  if (typeof value === 'string') return start.test(value);
  const first = partsOf(value)?.[0];
  return typeof first === 'string' && start.test(first) ? true : open(someCauseOf(value));
}

/** An ARN names its account; those of buckets have none, but a bucket's name is one in the world. */
function fixesAccountOfArn(value: Value): Truth {
  if (value instanceof Reference) return true;
  const arn = readArn(value);
  if (arn === undefined) return isOpen(value) ? open(someCauseOf(value)) : false;
  if (arn.account === '' && arn.service === 's3') return typeof arn.resource === 'string' ? /^[^*?]{3,}/.test(arn.resource) : true;
  const account = accountOf(arn.account);
  if (account === undefined) return arn.account instanceof Reference;
  return account.kind === 'open' ? open(account.because) : true;
}

/** A range that is not a good part of the whole internet: at least /8 of IPv4, /32 of IPv6. */
function isNarrow(value: Value): Truth {
  if (typeof value !== 'string') return open(someCauseOf(value));
  const [address, length] = value.split('/');
  if (length === undefined) return true;
  return Number(length) >= (address?.includes(':') ? 32 : 8);
}
