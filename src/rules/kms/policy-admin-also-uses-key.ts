import { type Cause, sameValue } from '../../model/index.js';
import { documentsOf } from '../policy/document.js';
import { judgePolicies } from '../policy/judge-policies.js';
import { type Principal, principalsOf } from '../policy/principal.js';
import type { Problem } from '../policy/problem.js';
import type { Standpoint } from '../policy/standpoint.js';
import { coversAction, hasEffect, namesResource, type PolicyDocument, type Statement } from '../policy/statement.js';
import { all, any, not, open, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** One user or role that may both manage a key and decrypt with it. */
export const check: Check = (resource, context) =>
  judgePolicies(resource, context, (closed, here) => documentsOf(closed).flatMap((document) => bothRoles(document, here)));

/**
 * CreateGrant is not among them: whoever uses a key through EBS or the like needs it, under GrantIsForAWSResource
 * [KMS guide: Allows key users to use the KMS key with AWS services].
 */
const MANAGE = ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:DisableKey'];
const USE = [
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyPair',
  'kms:Sign',
  'kms:GenerateMac',
  'kms:DeriveSharedSecret',
];

interface Named {
  readonly statement: Statement;
  readonly principal: Principal;
}

function bothRoles(document: PolicyDocument, here: Standpoint): readonly Problem[] {
  const statements = document.statements.filter(namesResource);
  const named = statements.flatMap((statement) => principalsOf(statement, here).map((principal): Named => ({ statement, principal })));
  const some = (entries: readonly Named[], actions: readonly string[], whose: Principal): Truth =>
    any(actions.map((action) => all([any(entries.map((entry) => allows(entry, action))), not(isDenied(named, whose, action))])));
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const { principal } of named) {
    if ((principal.kind !== 'identity' && principal.kind !== 'open') || seen.has(principal.key)) continue;
    seen.add(principal.key);
    const own = named.filter((entry) => isSame(entry.principal, principal));
    const uses = some(own, USE, principal);
    const manages = some(own, MANAGE, principal);
    const last = own.filter((entry) => any(USE.map((action) => allows(entry, action))) !== false).at(-1) ?? own.at(-1);
    problems.push({ truth: all([uses, manages]), path: (last?.principal ?? principal).path, words: { principal: principal.text } });
    if (principal.kind === 'open' && all([uses, manages]) === false) problems.push(...couldBeSame(principal, uses, manages, named, some));
  }
  return document.unread.length > 0
    ? [...problems, { truth: open(document.unread), path: document.path, words: { principal: 'somebody' } }]
    : problems;
}

/** An open principal could turn out to be another one that is named for the other half. */
function couldBeSame(
  principal: Principal & { readonly because: readonly Cause[] },
  uses: Truth,
  manages: Truth,
  named: readonly Named[],
  some: (entries: readonly Named[], actions: readonly string[], whose: Principal) => Truth,
): readonly Problem[] {
  const others = named.filter(
    (entry) => (entry.principal.kind === 'identity' || entry.principal.kind === 'open') && !isSame(entry.principal, principal),
  );
  const other = all([uses === false ? some(others, USE, principal) : true, manages === false ? some(others, MANAGE, principal) : true]);
  const half = any([uses, manages]);
  return half === false || other === false
    ? []
    : [{ truth: open(principal.because), path: principal.path, words: { principal: principal.text } }];
}

function allows({ statement }: Named, action: string): Truth {
  return all([hasEffect(statement, 'Allow'), coversAction(statement, action)]);
}

function isDenied(named: readonly Named[], principal: Principal, action: string): Truth {
  return any(
    named.map(({ statement, principal: hit }) =>
      statement.body.Condition === undefined && (hit.kind === 'everyone' || isSame(hit, principal))
        ? all([hasEffect(statement, 'Deny'), coversAction(statement, action)])
        : false,
    ),
  );
}

function isSame(a: Principal, b: Principal): boolean {
  const named = (a.kind === 'identity' || a.kind === 'open') && (b.kind === 'identity' || b.kind === 'open');
  return named && a.key !== '' && sameValue(a.key, b.key);
}
