import {
  assumedLayer,
  type CompiledAccess,
  compileAccess,
  extendAccess,
  unreadPolicy,
  unseenKey,
  withKeysBehind,
} from '../../evaluator/index.js';
import type { AccessModel, AccessPrincipal, AccessResource, Cause } from '../../model/index.js';
import type { FoundCaller } from './principal-address.js';
import { type FoundResource, originOf } from './resource-address.js';
import { indexOf } from './world-index.js';
import type { AccessWorld } from './worlds.js';

/** `stated`: what a source can't hold is assumed not to change the answer, and said. `none`: it leaves the answer open. */
export type Assume = 'stated' | 'none';

/** A world with what a question adds to it. */
export interface Additions {
  readonly caller?: FoundCaller;
  readonly resource?: FoundResource;
  /** The key behind the data that are asked about: an id, ARN or alias. */
  readonly encryptedBy?: string;
}

const MOST_KEPT = 32;

/** Makes ready the models that questions ask; equal additions share one. */
export function preparer(assume: Assume): (world: AccessWorld, additions: Additions) => CompiledAccess {
  const known = new Map<AccessWorld, Map<string, CompiledAccess>>();
  return (world, additions) => {
    const resource = additions.resource;
    const unheld = resource !== undefined && !resource.held && !isHeld(world, resource.on) ? resource.on : '';
    const key = JSON.stringify([
      additions.caller?.unseen?.arn,
      unheld,
      resource?.added?.id,
      additions.encryptedBy,
      additions.encryptedBy && resource?.on,
    ]);
    const prepared = known.get(world) ?? new Map<string, CompiledAccess>();
    known.set(world, prepared);
    const made = prepared.get(key) ?? make(world, additions, unheld, assume, prepared);
    // Each copies the tables of a whole account: few are kept.
    if (prepared.size >= MOST_KEPT) for (const old of [...prepared.keys()].slice(1)) prepared.delete(old);
    prepared.set(key, made);
    return made;
  };
}

/** A large account is compiled once; what a question adds is laid over it. */
function make(
  world: AccessWorld,
  additions: Additions,
  unheld: string,
  assume: Assume,
  prepared: Map<string, CompiledAccess>,
): CompiledAccess {
  const model = extended(world, additions, unheld, assume);
  if (assume === 'none' || additions.encryptedBy !== undefined) return compileAccess(withKeysBehind(settled(model, assume)));
  const base = prepared.get('') ?? compileAccess(withKeysBehind(world.model));
  prepared.set('', base);
  return extendAccess(base, {
    principals: model.principals.slice(world.model.principals.length),
    resources: model.resources.slice(world.model.resources.length),
    assumptions: model.assumptions.slice(world.model.assumptions.length),
  });
}

function isHeld(world: AccessWorld, on: string): boolean {
  const bucket = /^(arn:[^:]+:s3:::[^/]+)\//.exec(on)?.[1];
  const { resources } = indexOf(world);
  return resources.has(on) || (bucket !== undefined && resources.has(bucket));
}

function extended(world: AccessWorld, additions: Additions, unheld: string, assume: Assume): AccessModel {
  const { model } = world;
  const { caller, resource, encryptedBy } = additions;
  const seen = unheld === '' || unheld === '*' ? { resources: [], assumptions: [] } : unreadResource(world, unheld, additions, assume);
  const resources = [...model.resources, ...(resource?.added === undefined ? [] : [resource.added]), ...seen.resources];
  return {
    ...model,
    principals: [...model.principals, ...(caller?.unseen === undefined ? [] : [unseenPrincipal(world, caller.unseen)])],
    resources:
      encryptedBy === undefined ? resources : resources.map((item) => (owns(item, resource?.on) ? { ...item, encryptedBy } : item)),
    assumptions: [...model.assumptions, ...seen.assumptions],
  };
}

function owns({ id, arn, type }: AccessResource, on: string | undefined): boolean {
  return on !== undefined && (id === on || arn === on || (type === 'AWS::S3::Bucket' && on.startsWith(`${arn}/`)));
}

/** A user or role of an account of which only a part was read: its policies could say anything. */
function unseenPrincipal(world: AccessWorld, { arn, account }: { readonly arn: string; readonly account: string }): AccessPrincipal {
  const cause: Cause = {
    words: `the policies of ${arn}, which were not read`,
    kind: 'gap',
    settle: 'name the output of `aws iam get-account-authorization-details` among the inputs',
  };
  return {
    id: arn,
    kind: arn.includes(':user/') ? 'user' : 'role',
    arn,
    account,
    name: arn.split('/').at(-1) ?? arn,
    tags: {},
    identity: [],
    serviceLinked: false,
    missing: [cause],
    origin: originOf(world),
  };
}

/** Types of resources that carry a policy of their own, by service. */
const WITH_POLICY: Readonly<Record<string, string>> = {
  s3: 'AWS::S3::Bucket',
  secretsmanager: 'AWS::SecretsManager::Secret',
  sqs: 'AWS::SQS::Queue',
  sns: 'AWS::SNS::Topic',
  dynamodb: 'AWS::DynamoDB::Table',
  lambda: 'AWS::Lambda::Function',
  ssm: 'AWS::SSM::Parameter',
};

/**
 * A resource that no input holds. A key's policy and a role's trust policy decide by themselves: unread, they leave the answer
 * open. Any other resource's policy is assumed not to change it, and said.
 */
function unreadResource(
  world: AccessWorld,
  arn: string,
  { caller, encryptedBy }: Additions,
  assume: Assume,
): Pick<AccessModel, 'resources' | 'assumptions'> {
  const [, , service = '', region = '', written = ''] = arn.split(':');
  const account = written === '' ? accountOf(world, caller) : written;
  const near = { account, region: region === '' ? undefined : region, origin: originOf(world), name: arn };
  if (service === 'kms' && arn.includes(':key/')) return { resources: [unseenKey(without(near), arn)], assumptions: [] };
  const shell = (type: string, on: string): AccessResource => ({
    id: on,
    arn: on,
    type,
    account,
    ...(region === '' ? {} : { region }),
    name: on,
    tags: {},
    origin: near.origin,
  });
  if (service === 'iam' && arn.includes(':role/')) {
    const cause: Cause = { words: `the trust policy of ${arn}, which was not read`, kind: 'gap' };
    return {
      resources: [{ ...shell('AWS::IAM::Role', arn), policy: unreadPolicy(`trust policy of ${arn}`, cause, near, 'trust') }],
      assumptions: [],
    };
  }
  const type = WITH_POLICY[service];
  if (type === undefined) return { resources: [], assumptions: [] };
  const on = service === 's3' ? (arn.split('/')[0] ?? arn) : arn;
  if (service === 'ssm') {
    return {
      resources: [shell(type, on)],
      assumptions:
        encryptedBy === undefined ? ['If the parameter is a SecureString, its key is needed, too: name it with --encrypted-by.'] : [],
    };
  }
  if (assume === 'none') {
    const cause: Cause = { words: `the policy of ${on}, which was not read`, kind: 'gap' };
    return { resources: [{ ...shell(type, on), policy: unreadPolicy(`policy of ${on}`, cause, near) }], assumptions: [] };
  }
  const whose = written === '' ? ` It is taken to be of account ${account}.` : '';
  return {
    resources: [shell(type, on)],
    assumptions: [`No policy of ${on} changes the answer, and no key stands behind its data: neither was read.${whose}`],
  };
}

function without<T extends { readonly region: string | undefined }>({ region, ...rest }: T) {
  return region === undefined ? rest : { ...rest, region };
}

function accountOf(world: AccessWorld, caller: FoundCaller | undefined): string {
  const found = caller?.caller;
  if (found?.kind === 'principal') {
    const held = indexOf(world).principals.get(found.id)?.[0]?.account ?? caller?.unseen?.account;
    if (held !== undefined) return held;
  }
  return (world.model.principals[0] ?? world.model.resources[0])?.account ?? '';
}

/** Under `none`, control policies that no input holds could say anything. */
function settled(model: AccessModel, assume: Assume): AccessModel {
  if (assume === 'stated') return model;
  const ids = new Set([...model.principals, ...model.resources].map(({ account }) => account).filter((id) => id !== ''));
  const origin = (model.resources[0] ?? model.principals[0])?.origin;
  if (origin === undefined) return model;
  const accounts = [...ids].map((id) => {
    const known = model.accounts.find((account) => account.id === id) ?? { id, management: false };
    const unread = (which: 'service' | 'resource') => {
      const cause: Cause = { words: `the ${which} control policies, which were not read`, kind: 'gap' };
      return [[unreadPolicy(`${which} control policies of account ${id}`, cause, { origin }, which === 'service' ? 'scp' : 'rcp')]];
    };
    return { ...known, scps: known.scps ?? unread('service'), rcps: known.rcps ?? unread('resource') };
  });
  return { ...model, accounts, assumptions: model.assumptions.filter((sentence) => assumedLayer(sentence) !== 'control-policies') };
}
