import type { AccessRequest, Caller, Decision, PrincipalEntry } from '../model/index.js';
import type { CompiledAccess } from './compile.js';
import { couldAllow } from './could-allow.js';
import { decide } from './decide.js';
import { OTHER_PRINCIPALS } from './inputs/assumptions.js';
import { targetOf } from './target.js';
import { generated } from './text/symbol.js';

/** Someone who can, may, or possibly can do what was asked. */
export interface Reach {
  readonly caller: Caller;
  /** How people call them: "role Checkout", "the account's administrators", "account 444455556666". */
  readonly who: string;
  readonly decision: Decision;
}

export interface WhoCanQuery {
  readonly action: string;
  /** A resource's id or ARN. */
  readonly resource: string;
  readonly context: AccessRequest['context'];
  readonly contextComplete: boolean;
  /** `all`: also principals whom no policy mentions, where the judge may find them open all the same. */
  readonly among?: 'possible' | 'all';
}

/**
 * Everyone who can perform the action on the resource: principals of the model, the account itself where a policy
 * delegates to it, and whoever the resource's policy or a grant names besides: other accounts, services, identity
 * providers, anyone. Sorted by name.
 */
export function whoCan(access: CompiledAccess, query: WhoCanQuery, judge: Judge = decide): readonly Reach[] {
  const { held } = targetOf(access, query.action, query.resource);
  const isPossible = ({ caller }: Candidate): boolean => {
    const principal = caller.kind === 'principal' ? access.principals.get(caller.id)?.principal : undefined;
    return principal === undefined || query.among === 'all' || couldAllow(access, principal, query.action, held);
  };
  return candidates(access, query)
    .filter(isPossible)
    .map(({ caller, who }) => ({ caller, who, decision: judge(access, { ...query, caller, sessionPolicies: [] }) }))
    .filter(({ decision }) => decision.decision !== 'implicitly-denied' && decision.decision !== 'explicitly-denied')
    .sort((a, b) => (a.who < b.who ? -1 : a.who > b.who ? 1 : 0));
}

/** Decides one request: the action alone, or all that it takes. */
export type Judge = (access: CompiledAccess, request: AccessRequest) => Decision;

export interface Candidate {
  readonly caller: Caller;
  readonly who: string;
}

/** Whom to ask about: every principal of the model, and whoever the resource names besides. */
function candidates(access: CompiledAccess, query: WhoCanQuery): readonly Candidate[] {
  const own = access.model.principals.map(
    ({ id, kind, name }): Candidate => ({ caller: { kind: 'principal', id }, who: `${kind} ${name}` }),
  );
  return [...own, ...othersNamed(access, query)];
}

/** Whoever the resource's policy or a grant names beside the principals of the model, and its owner. */
export function othersNamed(access: CompiledAccess, { action, resource }: WhoCanQuery): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  const add = (candidate: Candidate): void => void found.set(JSON.stringify(candidate.caller), candidate);
  const target = targetOf(access, action, resource);
  if (target.account !== undefined) {
    add({ caller: { kind: 'root', account: target.account }, who: ownerOf(access) });
  }
  const statements = [...(target.held?.policy?.allows ?? [])];
  for (const { statement } of statements) {
    for (const entry of statement.principal?.entries ?? []) {
      const named = candidateOf(entry, access, target.account);
      if (named !== undefined) add(named);
    }
  }
  for (const grant of target.held?.resource.key?.grants ?? []) {
    const named = candidateOf(granteeEntry(grant.grantee), access, target.account);
    if (named !== undefined) add(named);
  }
  return [...found.values()];
}

/** Where all principals of the account are known, its administrators are among them. */
function ownerOf({ model }: CompiledAccess): string {
  return model.assumptions.includes(OTHER_PRINCIPALS) ? "the account's root user and administrators" : "the account's root user";
}

function granteeEntry(grantee: string): PrincipalEntry {
  if (grantee.endsWith('.amazonaws.com')) return { kind: 'service', service: grantee };
  return { kind: 'arn', arn: grantee };
}

/** Whom a policy names beside the principals of the model. */
function candidateOf(entry: PrincipalEntry, access: CompiledAccess, own: string | undefined): Candidate | undefined {
  switch (entry.kind) {
    case 'anyone':
    case 'any-aws':
      return {
        caller: { kind: 'outsider', account: FRESH_ACCOUNT },
        who: 'anyone: any principal of any AWS account whose own policies allow it',
      };
    case 'account':
      if (entry.account === own) return undefined;
      return {
        caller: { kind: 'outsider', account: entry.account },
        who: `account ${entry.account}: any of its principals whose own policies allow it`,
      };
    case 'arn': {
      if (access.principals.has(entry.arn)) return undefined;
      const account = entry.arn.split(':')[4] ?? '';
      return { caller: { kind: 'outsider', account, arn: entry.arn }, who: entry.arn };
    }
    case 'service':
      return { caller: { kind: 'service', service: entry.service }, who: `service ${entry.service}` };
    case 'federated':
      return { caller: { kind: 'federated', provider: entry.provider }, who: `identity provider ${entry.provider}` };
    case 'unique-id':
    case 'canonical-user':
    case 'unknown':
      return undefined;
  }
}

/** An account that no policy names: what it may do, anyone may. */
const FRESH_ACCOUNT = generated('another account');
