import { documentsOf } from '../policy/document.js';
import { judgePolicies } from '../policy/judge-policies.js';
import { type Principal, principalsOf } from '../policy/principal.js';
import type { Problem } from '../policy/problem.js';
import type { Standpoint } from '../policy/standpoint.js';
import { coversAction, hasEffect, namesResource, type PolicyDocument, type Statement } from '../policy/statement.js';
import { all, any, not, open, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** One user or role that may both manage a key and use it on data. */
export const check: Check = (resource, context) =>
  judgePolicies(resource, context, (closed, here) => documentsOf(closed).flatMap((document) => bothRoles(document, here)));

/**
 * CreateGrant is not among them: whoever uses a key through EBS or the like needs it, under GrantIsForAWSResource
 * [KMS guide: Allows key users to use the KMS key with AWS services].
 */
const MANAGE = ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:DisableKey'];
const USE = ['Decrypt', 'ReEncryptFrom', 'GenerateDataKey', 'GenerateDataKeyPair', 'Sign', 'GenerateMac', 'DeriveSharedSecret'].map(
  (action) => `kms:${action}`,
);

type Individual = Extract<Principal, { readonly kind: 'identity' | 'open' }>;

/** One user, role or open principal, with what the document lets it do. */
interface Actor {
  readonly principal: Individual;
  readonly manages: Truth;
  readonly uses: Truth;
}

function bothRoles(document: PolicyDocument, here: Standpoint): readonly Problem[] {
  const statements = document.statements.filter(namesResource);
  const actors = actorsOf(statements, here);
  const problems = actors.map((actor): Problem => {
    const { principal } = actor;
    const both = all([actor.manages, actor.uses]);
    return { truth: any([both, couldMeet(actor, actors)]), path: principal.path, words: { principal: principal.text } };
  });
  const unread = document.unread.length > 0;
  return unread ? [...problems, { truth: open(document.unread), path: document.path, words: { principal: 'somebody' } }] : problems;
}

/** An open principal could turn out to be another one that has the other half. */
function couldMeet(actor: Actor, actors: readonly Actor[]): Truth {
  if (actor.principal.kind !== 'open') return false;
  const halves = actors.filter((other) => all([other.manages, other.uses]) === false);
  const meets = halves.some((other) => all([any([actor.manages, other.manages]), any([actor.uses, other.uses])]) !== false);
  return meets ? open(actor.principal.because) : false;
}

/** Each at the place where it is named last, so that the finding stands at the statement that adds the second half. */
function actorsOf(statements: readonly Statement[], here: Standpoint): readonly Actor[] {
  const named = new Map<string, { readonly principal: Individual; readonly statements: readonly Statement[] }>();
  for (const statement of statements) {
    for (const principal of principalsOf(statement, here)) {
      if (principal.kind !== 'identity' && principal.kind !== 'open') continue;
      const before = named.get(principal.key);
      const place = hasEffect(statement, 'Allow') === false ? (before?.principal ?? principal) : principal;
      named.set(principal.key, { principal: place, statements: [...(before?.statements ?? []), statement] });
    }
  }
  return [...named.values()].map(({ principal, statements: own }) => {
    const denials = [...own, ...statements.filter((statement) => principalsOf(statement, here).some(({ kind }) => kind === 'everyone'))];
    const may = (action: string): Truth =>
      all([any(own.map((statement) => does(statement, 'Allow', action))), not(isDenied(denials, action))]);
    return { principal, manages: any(MANAGE.map(may)), uses: any(USE.map(may)) };
  });
}

/** A Deny with a condition leaves a way. */
function isDenied(statements: readonly Statement[], action: string): Truth {
  return any(statements.map((statement) => (statement.body.Condition === undefined ? does(statement, 'Deny', action) : false)));
}

function does(statement: Statement, effect: 'Allow' | 'Deny', action: string): Truth {
  return all([hasEffect(statement, effect), coversAction(statement, action)]);
}
