import type { AccessModel, AccessResource, Cause, KeyFacts, PolicyDocument } from '../../model/index.js';
import { parsePolicy } from '../policy/parse.js';
import { generated, shownText } from '../text/symbol.js';
import { serviceOfManagedKey } from './key-uses.js';

/**
 * The model with every key that stands behind data: keys that data name by ARN, id or alias are linked, AWS managed keys are
 * there with the policy AWS gives them, and a key that is not in the model has a policy that could say anything.
 */
export function withKeysBehind(model: AccessModel): AccessModel {
  const added = new Map<string, AccessResource>();
  const keep = (key: AccessResource): string => {
    if (!added.has(key.id)) added.set(key.id, key);
    return key.id;
  };
  const resources = model.resources.map((resource): AccessResource => {
    if (resource.encryptedBy === undefined) return resource;
    const id = knownKey(model, resource, resource.encryptedBy) ?? keep(keyOutside(resource, resource.encryptedBy));
    return { ...resource, encryptedBy: id };
  });
  return added.size === 0 && resources.every((resource, index) => resource === model.resources[index])
    ? model
    : { ...model, resources: [...resources, ...added.values()] };
}

/** The id of a key of the model that the text names: an id, an ARN, an alias, a bare key id. */
function knownKey(model: AccessModel, data: AccessResource, named: string | Cause): string | undefined {
  if (typeof named !== 'string') return undefined;
  const alias = aliasIn(named);
  const near = model.resources.filter(({ key, account }) => key !== undefined && account === data.account);
  const found =
    model.resources.find(({ id, arn, key }) => key !== undefined && (id === named || arn === named)) ??
    near.find(({ arn }) => arn.endsWith(`:key/${named}`)) ??
    near.find(({ key, region }) => alias !== undefined && region === data.region && key?.aliases.includes(alias) === true);
  return found?.id;
}

function aliasIn(named: string): string | undefined {
  const alias = /(?:^|:)(alias\/.+)$/.exec(named)?.[1];
  return alias ?? (named.startsWith('aws/') ? `alias/${named}` : undefined);
}

function keyOutside(data: AccessResource, named: string | Cause): AccessResource {
  const alias = typeof named === 'string' ? aliasIn(named) : undefined;
  return alias?.startsWith('alias/aws/') === true ? managedKey(alias, data) : unseenKey(data, named);
}

/** An AWS managed key, as it is in every account that has data under it [KMS guide: AWS managed keys]. */
export function managedKey(alias: string, near: Pick<AccessResource, 'account' | 'region' | 'origin'>): AccessResource {
  const region = near.region ?? 'us-east-1';
  const arn = `arn:aws:kms:${region}:${near.account}:key/${generated(alias)}`;
  return {
    ...keyShell(arn, near),
    id: arn,
    region,
    name: alias.replace(/^alias\//, ''),
    policy: managedPolicy(alias, near.account, region, near),
    key: { ...NOTHING_KNOWN, manager: 'aws-managed', aliases: [alias], spec: 'SYMMETRIC_DEFAULT', multiRegion: false },
  };
}

const NOTHING_KNOWN: KeyFacts = { manager: 'customer', aliases: [], related: [], grants: [] };

/** The account's principals may use it through its service and no other way; the account itself may only look. */
function managedPolicy(alias: string, account: string, region: string, near: Pick<AccessResource, 'origin'>): PolicyDocument {
  const service = serviceOfManagedKey(alias);
  const statement = [
    {
      Sid: 'ThroughTheService',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:CreateGrant', 'kms:DescribeKey'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com`, 'kms:CallerAccount': account } },
    },
    {
      Sid: 'DirectAccessToMetadata',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
      Resource: '*',
    },
  ];
  return parsePolicy(
    { Version: '2012-10-17', Statement: statement },
    {
      name: `key policy of the AWS managed key ${alias.replace(/^alias\//, '')}`,
      kind: 'resource',
      place: () => near.origin,
      text: (value) => ({ text: String(value) }),
    },
  ).document;
}

/** A key of which no policy was read. */
export function unseenKey(data: Pick<AccessResource, 'account' | 'region' | 'origin' | 'name'>, named: string | Cause): AccessResource {
  const text = typeof named === 'string' ? named : undefined;
  const arn = text?.startsWith('arn:')
    ? text
    : `arn:aws:kms:${data.region ?? ''}:${data.account}:key/${text ?? generated(`key of ${data.name}`)}`;
  const name = text ?? `the key of ${data.name}`;
  const cause: Cause =
    typeof named !== 'string'
      ? named
      : {
          words: `the key policy of ${shownText(named)}, which was not read`,
          kind: 'gap',
          settle: 'give it: --key-policy KEYARN=FILE, with the output of `aws kms get-key-policy`',
        };
  return {
    ...keyShell(arn, data),
    id: arn,
    name,
    policy: unreadPolicy(`key policy of ${shownText(name)}`, cause, data),
    key: NOTHING_KNOWN,
  };
}

/** A policy that exists and was not read: it could say anything. */
export function unreadPolicy(
  name: string,
  cause: Cause,
  near: Pick<AccessResource, 'origin'>,
  kind: PolicyDocument['kind'] = 'resource',
): PolicyDocument {
  return { name, kind, version: '2012-10-17', statements: [], origin: near.origin, unreadable: cause };
}

function keyShell(
  arn: string,
  near: Pick<AccessResource, 'account' | 'region' | 'origin'>,
): Pick<AccessResource, 'arn' | 'type' | 'account' | 'region' | 'tags' | 'origin'> {
  const [, , , region, account] = arn.split(':');
  const at = region === undefined || region === '' ? near.region : region;
  return {
    arn,
    type: 'AWS::KMS::Key',
    account: account === undefined || account === '' ? near.account : account,
    ...(at === undefined ? {} : { region: at }),
    tags: {},
    origin: near.origin,
  };
}
