import {
  type AuthorizationDetails,
  accessOfDetails,
  DETAILS_ASSUMPTIONS,
  generated,
  parsePolicy,
  type ScopeAccess,
  symbol,
} from '../../evaluator/index.js';
import type {
  AccessModel,
  AccessPrincipal,
  AccessResource,
  Grant,
  Origin,
  Path,
  PolicyDocument,
  PolicyKind,
  Value,
} from '../../model/index.js';
import type { PolicyFile } from '../../readers/index.js';
import { UsageError } from '../usage-error.js';

/** What one input adds to the access model. */
export interface AccessSource extends ScopeAccess {
  /** The input as its users call it. */
  readonly label: string;
  /** Absent where nothing says it. */
  readonly account?: string;
  readonly region?: string;
  /** `account`: it lists every principal of its account. */
  readonly holds: 'template' | 'account' | 'policy';
  /** For a template: its scope, and the scopes whose exports it imports. */
  readonly scope?: { readonly id: string; readonly imports: readonly string[] };
  /** Facts on keys that another input may hold, by key ARN. */
  readonly grants?: readonly (Grant & { readonly key: string })[];
  readonly aliases?: readonly { readonly key: string; readonly alias: string }[];
}

type Problems = ScopeAccess['problems'];

/** The access that a policy file holds. `on` names the resource of a policy that does not name it itself. */
export function policySource(policy: PolicyFile, account: string | undefined, region: string | undefined, on?: string): AccessSource {
  const { content, file, place } = policy;
  const base = {
    label: file,
    holds: 'policy' as const,
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
  };
  switch (content.kind) {
    case 'authorization-details':
      return detailsSource(policy, content.value);
    case 'document': {
      const at = (path: Path): Origin => place(path);
      if (on !== undefined || namesPrincipal(content.text)) return { ...base, ...resourcePolicy(on ?? file, content.text, base, at) };
      return { ...base, ...identityPolicy(file, content.text, base, at) };
    }
    case 'wrapped':
      return { ...base, ...resourcePolicy(on ?? file, content.text, base, () => place(['Policy'])) };
    case 'on-resource':
      return { ...base, ...accountIn(content.arn), ...resourcePolicy(content.arn, content.text, base, () => place(['ResourcePolicy'])) };
    case 'grants':
      return { ...base, ...EMPTY, grants: grantsOf(content.value, place) };
    case 'aliases':
      return { ...base, ...EMPTY, aliases: aliasesOf(content.value) };
  }
}

const NO_MODEL: AccessModel = { principals: [], resources: [], accounts: [], gaps: [], assumptions: [] };
const EMPTY: ScopeAccess = { model: NO_MODEL, problems: [] };

function detailsSource({ file, place }: PolicyFile, value: Value): AccessSource {
  const found = accessOfDetails(checkedDetails(value, file), (path) => place(path));
  const accounts = [...new Set(found.model.principals.map(({ account }) => account))];
  const [account] = accounts;
  return { label: file, holds: 'account', ...(account === undefined ? {} : { account }), ...found };
}

/** The lists and their ARNs are what the rest hangs on; policies are checked by their own parser. */
function checkedDetails(value: Value, file: string): AuthorizationDetails {
  for (const list of ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies']) {
    const items: unknown = typeof value === 'object' && value !== null && list in value ? (value as Record<string, unknown>)[list] : [];
    const good =
      Array.isArray(items) &&
      items.every((item: unknown) => typeof item === 'object' && item !== null && 'Arn' in item && typeof item.Arn === 'string');
    if (!good) {
      throw new UsageError(
        `${file} is no output of get-account-authorization-details: an entry of ${list} has no Arn.`,
        'Save it anew: aws iam get-account-authorization-details > account.json',
      );
    }
  }
  return value as AuthorizationDetails; // checked above as far as it is relied on
}

function namesPrincipal(text: string): boolean {
  return /"(?:Not)?Principal"\s*:/.test(text);
}

/** A policy that stands alone is attached to a principal of its own, called as the file. */
function identityPolicy(file: string, text: string, near: Near, place: (path: Path) => Origin): ScopeAccess {
  const { document, problems } = parsed(text, 'identity', file, place);
  const account = near.account ?? symbol('AccountId');
  const principal: AccessPrincipal = {
    id: file,
    kind: 'user',
    arn: `arn:aws:iam::${account}:user/${generated(file)}`,
    account,
    name: file,
    tags: {},
    identity: [document],
    serviceLinked: false,
    missing: [],
    origin: place([]),
  };
  return { model: { ...NO_MODEL, principals: [principal], assumptions: DETAILS_ASSUMPTIONS }, problems };
}

interface Near {
  readonly account?: string;
  readonly region?: string;
}

/** A resource's policy: of the resource that `on` names by its ARN, else of one that is called as the file. */
function resourcePolicy(on: string, text: string, near: Near, place: (path: Path) => Origin): ScopeAccess {
  const isArn = on.startsWith('arn:');
  const service = isArn ? (on.split(':')[2] ?? '') : serviceIn(text);
  const type = TYPES[service] ?? 'AWS::S3::Bucket';
  const name = isArn ? shortName(on) : (on.split('/').at(-1) ?? on);
  const kind = type === 'AWS::IAM::Role' ? 'trust' : 'resource';
  const { document, problems } = parsed(text, kind, `${type.startsWith('AWS::KMS') ? 'key policy' : 'policy'} of ${name}`, place);
  const [, , , regionIn, account] = isArn ? on.split(':') : [];
  const own = account === undefined || account === '' ? (near.account ?? symbol('AccountId')) : account;
  const region = regionIn === undefined || regionIn === '' ? (near.region ?? (isArn ? undefined : symbol('Region'))) : regionIn;
  const resource: AccessResource = {
    id: on,
    arn: isArn ? on : madeArn(type, service, region ?? '', own, on),
    type,
    account: own,
    ...(region === undefined ? {} : { region }),
    name,
    tags: {},
    policy: document,
    ...(type === 'AWS::KMS::Key'
      ? { key: { manager: 'customer', aliases: [], related: [], grants: [], multiRegion: /:key\/mrk-/.test(on) } }
      : {}),
    origin: place([]),
  };
  return { model: { ...NO_MODEL, resources: [resource], assumptions: DETAILS_ASSUMPTIONS }, problems };
}

const TYPES: Readonly<Record<string, string>> = {
  kms: 'AWS::KMS::Key',
  s3: 'AWS::S3::Bucket',
  secretsmanager: 'AWS::SecretsManager::Secret',
  sqs: 'AWS::SQS::Queue',
  sns: 'AWS::SNS::Topic',
  dynamodb: 'AWS::DynamoDB::Table',
  lambda: 'AWS::Lambda::Function',
  iam: 'AWS::IAM::Role',
  sts: 'AWS::IAM::Role',
};

/** `key/1111-…`; of a multi-Region key with its Region, since replicas share the id. */
function shortName(arn: string): string {
  const [, , service, region, , ...rest] = arn.split(':');
  if (service !== 'kms') return arn;
  return /^key\/mrk-/.test(rest.join(':')) ? `${rest.join(':')} in ${region}` : rest.join(':');
}

/** The service of the first action that names one. */
function serviceIn(text: string): string {
  return /"(?:Not)?Action"\s*:\s*\[?\s*"([a-z0-9-]+):/i.exec(text)?.[1]?.toLowerCase() ?? 's3';
}

const PREFIXES: Readonly<Record<string, string>> = { kms: 'key/', secretsmanager: 'secret:', dynamodb: 'table/', lambda: 'function:' };

function madeArn(type: string, service: string, region: string, account: string, file: string): string {
  if (type === 'AWS::S3::Bucket') return `arn:aws:s3:::${generated(file)}`;
  if (type === 'AWS::IAM::Role') return `arn:aws:iam::${account}:role/${generated(file)}`;
  return `arn:aws:${service}:${region}:${account}:${PREFIXES[service] ?? ''}${generated(file)}`;
}

function parsed(
  text: string,
  kind: PolicyKind,
  name: string,
  place: (path: Path) => Origin,
): { document: PolicyDocument; problems: Problems } {
  const { document, problems } = parsePolicy(text, { name, kind, place, text: (value) => ({ text: String(value) }) });
  return { document, problems: problems.map((problem) => ({ ...problem, policy: name, origin: place(problem.path) })) };
}

function accountIn(arn: string): { readonly account?: string } {
  const account = arn.split(':')[4];
  return account === undefined || account === '' ? {} : { account };
}

/** `aws kms list-grants`: entries without the members a grant must have are none. */
function grantsOf(value: Value, place: (path: Path) => Origin): (Grant & { readonly key: string })[] {
  const grants = (value as { Grants?: readonly Record<string, unknown>[] }).Grants ?? []; // a list, by how the file was recognised
  return grants.flatMap((grant, index) => {
    const { KeyId, GrantId, GranteePrincipal, Operations, Constraints } = grant;
    if (typeof KeyId !== 'string' || typeof GranteePrincipal !== 'string' || !Array.isArray(Operations)) return [];
    const constraints = (Constraints ?? {}) as {
      EncryptionContextEquals?: Record<string, string>;
      EncryptionContextSubset?: Record<string, string>;
      SourceArn?: string;
    };
    const { EncryptionContextEquals: equals, EncryptionContextSubset: subset, SourceArn: source } = constraints;
    return [
      {
        key: KeyId,
        id: String(GrantId ?? index),
        grantee: GranteePrincipal,
        operations: Operations.map(String),
        ...(typeof grant.RetiringPrincipal === 'string' ? { retiring: grant.RetiringPrincipal } : {}),
        ...(typeof grant.IssuingAccount === 'string' ? { issuingAccount: grant.IssuingAccount } : {}),
        ...(equals === undefined ? {} : { contextEquals: equals }),
        ...(subset === undefined ? {} : { contextSubset: subset }),
        ...(source === undefined ? {} : { sourceArn: source }),
        origin: place(['Grants', index]),
      },
    ];
  });
}

function aliasesOf(value: Value): { key: string; alias: string }[] {
  const aliases = (value as { Aliases?: readonly Record<string, unknown>[] }).Aliases ?? []; // a list, by how the file was recognised
  return aliases.flatMap(({ AliasArn, AliasName, TargetKeyId }) => {
    if (typeof AliasArn !== 'string' || typeof AliasName !== 'string' || typeof TargetKeyId !== 'string') return [];
    return [{ key: AliasArn.replace(/:alias\/.*$/, `:key/${TargetKeyId}`), alias: AliasName }];
  });
}
