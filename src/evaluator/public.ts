import type { PrincipalEntry } from '../model/index.js';
import type { CompiledAccess, CompiledDocument } from './compile.js';
import { type OutsideAnswer, type Outsider, strangeAccount, whatOutsidersMay } from './outsider.js';
import { strangersLack } from './pinning.js';
import { askedActions } from './resource-actions.js';
import { targetOf } from './target.js';

/**
 * Is the resource public: may a stranger do anything with it? A stranger is a principal of an account no policy names, a
 * caller without any credentials, or a user of an identity provider where anyone can sign up; with keys that strangers
 * can't choose at anything but the fixed values of conditions [S3 guide: Blocking public access, The meaning of "public"].
 * `actions` are those to ask about, where not those of the resource's type and of its policy.
 */
export function publicAccess(access: CompiledAccess, resource: string, actions?: readonly string[]): OutsideAnswer {
  const target = targetOf(access, '', resource);
  return whatOutsidersMay(access, strangers(access, target.policy), askedActions(target, actions));
}

export function strangers(access: CompiledAccess, policy: CompiledDocument | undefined): readonly Outsider[] {
  const documents = policy === undefined ? [] : [policy];
  const account = strangeAccount(access, [...documents, ...[...access.rcps.values()].flat(2)]);
  const shows = strangersLack;
  const entries = (policy?.allows ?? []).flatMap(({ statement }) => statement.principal?.entries ?? []);
  const providers = [...new Set(entries.flatMap(publicProvider))].sort();
  return [
    { caller: { kind: 'outsider', account }, who: 'any principal of any AWS account', context: {}, shows },
    { caller: { kind: 'anonymous' }, who: 'anyone, without credentials', context: {}, shows },
    ...providers.map(
      (provider): Outsider => ({ caller: { kind: 'federated', provider }, who: `any user of ${issuerOf(provider)}`, context: {}, shows }),
    ),
  ];
}

/** Providers where anyone can have an account [IAM guide: Identity-provider controls for shared OIDC providers; Principal: Web identity]. */
const OPEN_TO_ALL =
  /^(?:graph\.facebook\.com|accounts\.google\.com|www\.amazon\.com|cognito-identity\.amazonaws\.com|token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|agent\.buildkite\.com|oidc\.codefresh\.io|api\.pulumi\.com\/oidc|oidc\.vercel\.com|proidc\.upbound\.io|scalr\.io)$/;

function publicProvider(entry: PrincipalEntry): readonly string[] {
  return entry.kind === 'federated' && isOpenToAll(entry.provider) ? [entry.provider] : [];
}

export function isOpenToAll(provider: string): boolean {
  return OPEN_TO_ALL.test(issuerOf(provider));
}

/** `token.actions.githubusercontent.com` of `arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com`. */
function issuerOf(provider: string): string {
  const [, issuer] = provider.split(':oidc-provider/');
  return issuer ?? provider;
}
