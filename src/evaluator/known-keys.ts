import type { AccessRequest } from '../model/index.js';
import type { CompiledAccess } from './compile.js';
import type { KnownKeys } from './condition/context-truth.js';
import { canonicalKey } from './condition/keys.js';
import type { Subject } from './subject.js';
import type { Target } from './target.js';

const NONE: readonly string[] = [];

/**
 * What a request's context is known to hold: what the question says, then what follows from the snapshot
 * [IAM guide: AWS global condition context keys; KMS guide: Condition keys]. A key neither says is open, or absent where
 * the question's context is complete.
 */
export function knownKeys(
  access: CompiledAccess,
  subject: Subject,
  target: Target,
  request: Pick<AccessRequest, 'context' | 'contextComplete'>,
): KnownKeys {
  const said = new Map(
    Object.entries(request.context).map(([key, value]) => [canonicalKey(key), typeof value === 'string' ? [value] : value]),
  );
  const facts = new Map<string, readonly string[]>([...callerFacts(access, subject), ...targetFacts(access, target)]);
  const principalTags = lowerKeys(subject.held?.principal.tags);
  const resourceTags = lowerKeys(target.held?.resource.tags);
  return (key) => {
    const given = said.get(key) ?? facts.get(key);
    if (given !== undefined) return given;
    const principalTag = tagOf(key, 'aws:principaltag/');
    if (principalTag !== undefined && (subject.held !== undefined || subject.kind === 'service' || subject.kind === 'anonymous')) {
      return valueOfTag(principalTags, principalTag);
    }
    const resourceTag = tagOf(key, 'aws:resourcetag/');
    if (resourceTag !== undefined && target.held !== undefined) return valueOfTag(resourceTags, resourceTag);
    return request.contextComplete ? NONE : undefined;
  };
}

function tagOf(key: string, prefix: string): string | undefined {
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
}

function valueOfTag(tags: ReadonlyMap<string, string>, name: string): readonly string[] {
  const value = tags.get(name);
  return value === undefined ? NONE : [value];
}

function lowerKeys(tags: Readonly<Record<string, string>> | undefined): ReadonlyMap<string, string> {
  return new Map(Object.entries(tags ?? {}).map(([key, value]) => [key.toLowerCase(), value]));
}

function* callerFacts(access: CompiledAccess, subject: Subject): Iterable<[string, readonly string[]]> {
  const { account, identityArn, held, kind } = subject;
  const isService = kind === 'service';
  yield ['aws:principalisawsservice', [String(isService)]];
  if (isService || kind === 'anonymous') {
    yield ['aws:principalarn', NONE];
    yield ['aws:principalorgid', NONE];
    yield ['aws:principalorgpaths', NONE];
    yield ['aws:username', NONE];
    if (kind === 'anonymous') yield ['aws:principalaccount', NONE];
    if (subject.caller.kind === 'service') yield ['aws:principalservicename', [subject.caller.service]];
  } else if (identityArn !== undefined) yield ['aws:principalarn', [identityArn]];
  if (account !== undefined) {
    yield ['aws:principalaccount', [account]];
    yield ['kms:calleraccount', [account]];
    const known = access.model.accounts.find(({ id }) => id === account);
    if (known?.organization !== undefined) yield ['aws:principalorgid', [known.organization]];
    if (known?.organizationPath !== undefined) yield ['aws:principalorgpaths', [known.organizationPath]];
  }
  if (!isService) {
    // Only on calls that a service principal makes [IAM guide: aws:SourceArn].
    for (const key of ['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:principalservicename'])
      yield [key, NONE];
  }
  if (kind === 'user' && held !== undefined) {
    yield ['aws:username', [held.principal.name]];
    if (held.principal.uniqueId !== undefined) yield ['aws:userid', [held.principal.uniqueId]];
  } else if (kind === 'role') {
    yield ['aws:username', NONE];
    const session = subject.sessionArn?.split('/').at(-1);
    if (held?.principal.uniqueId !== undefined && subject.caller.kind === 'principal' && subject.caller.session !== undefined) {
      yield ['aws:userid', [`${held.principal.uniqueId}:${session ?? ''}`]];
    }
  } else if (kind === 'root' && account !== undefined) yield ['aws:userid', [account]];
}

function* targetFacts(access: CompiledAccess, target: Target): Iterable<[string, readonly string[]]> {
  if (target.account !== undefined) {
    yield ['aws:resourceaccount', [target.account]];
    const known = access.model.accounts.find(({ id }) => id === target.account);
    if (known?.organization !== undefined) yield ['aws:resourceorgid', [known.organization]];
  }
  const key = target.held?.resource.key;
  if (key === undefined) return;
  yield ['kms:resourcealiases', key.aliases];
  if (key.spec !== undefined) yield ['kms:keyspec', [key.spec]];
  if (key.usage !== undefined) yield ['kms:keyusage', [key.usage]];
  if (key.keyOrigin !== undefined) yield ['kms:keyorigin', [key.keyOrigin]];
  if (key.multiRegion !== undefined) yield ['kms:multiregion', [String(key.multiRegion)]];
}
