import type { Caller, PrincipalEntry } from '../model/index.js';
import { type Node, TRUE } from './bdd.js';
import type { CompiledAccess } from './compile.js';
import type { Elementary } from './condition/elementary.js';
import type { Meaning, Variables } from './condition/open-context.js';
import { type OutsideAnswer, type Outsider, whatOutsidersMay } from './outsider.js';
import { without } from './pinning.js';
import { isOpenToAll, strangers } from './public.js';
import { askedActions } from './resource-actions.js';
import { type Target, targetOf } from './target.js';

/** What counts as inside: accounts, and organisations with all their accounts. */
export interface Zone {
  readonly accounts: readonly string[];
  readonly organizations: readonly string[];
}

/**
 * What those outside a zone may do with a resource, each distinct outsider apart: accounts, principals, organisations,
 * services and identity providers that its policy or grants name, and strangers. A service counts as outside where it may
 * act for a resource outside. The policies of an outside account are not known: they are taken to allow.
 */
export function outsideAccess(access: CompiledAccess, resource: string, zone: Zone, actions?: readonly string[]): OutsideAnswer {
  const target = targetOf(access, '', resource);
  const named = [...new Map(outsidersNamed(access, target, zone).map((outsider) => [outsider.who, outsider])).values()];
  return whatOutsidersMay(access, [...strangers(access, target.policy), ...named], askedActions(target, actions));
}

function outsidersNamed(access: CompiledAccess, { policy, held }: Target, zone: Zone): readonly Outsider[] {
  const inside = insideOf(access, zone);
  const statements = policy?.allows ?? [];
  const outsiders = statements.flatMap(({ statement }) =>
    (statement.principal?.entries ?? []).flatMap((entry) => ofEntry(entry, inside, zone)),
  );
  for (const { grantee } of held?.resource.key?.grants ?? []) {
    if (grantee.endsWith('.amazonaws.com')) outsiders.push(service(grantee, zone));
    else outsiders.push(...ofEntry({ kind: 'arn', arn: grantee }, inside, zone));
  }
  // Conditions name callers, too: whom `Principal: *` with an account or an organisation lets in.
  for (const { key, values } of statements.flatMap(({ statement }) => statement.conditions)) {
    for (const { text } of values) {
      if (!CALLER_KEYS.has(key.toLowerCase())) continue;
      const account = /(?<!\d)\d{12}(?!\d)/.exec(text)?.[0];
      if (account !== undefined) outsiders.push(...ofEntry({ kind: 'account', account }, inside, zone));
      const organization = /^o-[a-z0-9]+/.exec(text)?.[0];
      if (organization !== undefined && !zone.organizations.includes(organization)) outsiders.push(member(organization, access, policy));
    }
  }
  return outsiders.sort((a, b) => (a.who < b.who ? -1 : a.who > b.who ? 1 : 0));
}

const CALLER_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'kms:calleraccount',
]);

function insideOf(access: CompiledAccess, zone: Zone): (account: string) => boolean {
  const accounts = new Set(zone.accounts);
  for (const { id, organization } of access.model.accounts)
    if (organization !== undefined && zone.organizations.includes(organization)) accounts.add(id);
  return (account) => accounts.has(account);
}

function ofEntry(entry: PrincipalEntry, inside: (account: string) => boolean, zone: Zone): readonly Outsider[] {
  const outsider = (caller: Caller, who: string): Outsider => ({ caller, who, context: {}, shows: notOf(zone, OF_THE_CALLER) });
  switch (entry.kind) {
    case 'account':
      return inside(entry.account) ? [] : [outsider({ kind: 'outsider', account: entry.account }, `account ${entry.account}`)];
    case 'arn': {
      const account = entry.arn.split(':')[4] ?? '';
      if (inside(account)) return [];
      if (entry.arn.endsWith(':root')) return ofEntry({ kind: 'account', account }, inside, zone);
      return [outsider({ kind: 'outsider', account, arn: entry.arn }, entry.arn)];
    }
    case 'service':
      return [service(entry.service, zone)];
    case 'federated': {
      const account = /^arn:[^:]+:iam::(\d{12}):/.exec(entry.provider)?.[1];
      // Strangers that sign in there are asked about already.
      if (isOpenToAll(entry.provider) || (account !== undefined && inside(account))) return [];
      return [outsider({ kind: 'federated', provider: entry.provider }, `identity provider ${entry.provider}`)];
    }
    case 'anyone':
    case 'any-aws':
    case 'unique-id':
    case 'canonical-user':
    case 'unknown':
      return [];
  }
}

/** A service that acts for something outside: what it acts for is neither of an account nor of an organisation of the zone. */
function service(name: string, zone: Zone): Outsider {
  return {
    caller: { kind: 'service', service: name },
    who: `service ${name}, for resources outside`,
    context: {},
    shows: notOf(zone, OF_THE_SOURCE),
  };
}

function member(organization: string, access: CompiledAccess, policy: Target['policy']): Outsider {
  const [stranger] = strangers(access, policy);
  return {
    caller: stranger?.caller ?? { kind: 'anonymous' },
    who: `any account of organisation ${organization}`,
    context: { 'aws:PrincipalOrgID': organization },
    shows: () => TRUE,
  };
}

const OF_THE_CALLER: ReadonlySet<string> = new Set(['aws:principalorgid', 'aws:principalorgpaths']);
const OF_THE_SOURCE: ReadonlySet<string> = new Set([
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceowner',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
]);

/** Requests in which none of the keys has a value of the zone. */
function notOf({ accounts, organizations }: Zone, keys: ReadonlySet<string>): (variables: Variables, formula: Node) => Node {
  const ofZone = ({ glob, shown }: Elementary): boolean => {
    const account = shown.split(':')[4];
    if (account !== undefined && accounts.includes(account)) return true;
    // `o-ours/*`: a path of an organisation of ours, whatever comes after.
    if (organizations.some((organization) => shown.startsWith(`${organization}/`))) return true;
    return glob?.literal !== undefined && (accounts.includes(glob.literal) || organizations.includes(glob.literal));
  };
  const isInside = (meaning: Meaning): boolean => {
    if (meaning.kind === 'test') return keys.has(meaning.key) && ofZone(meaning.test);
    return (
      meaning.kind === 'class' && keys.has(meaning.key) && meaning.tests.some((test, i) => meaning.textClass.matched.has(i) && ofZone(test))
    );
  };
  return (variables, formula) => without(variables, formula, isInside);
}
