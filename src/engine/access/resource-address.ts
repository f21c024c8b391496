import { anyObject, managedKey, shownText, symbol } from '../../evaluator/index.js';
import type { AccessResource, Origin } from '../../model/index.js';
import { isAddress, isConstruct } from './principal-address.js';
import { indexOf } from './world-index.js';
import type { AccessWorld } from './worlds.js';

/** A resource that an address names in a world. */
export interface FoundResource {
  /** What the request asks about: an id of the model, an ARN, or `*`. */
  readonly on: string;
  readonly name: string;
  readonly shown: string;
  readonly held: boolean;
  /** A key that the world gains by the question: an AWS managed one. */
  readonly added?: AccessResource;
}

const OBJECT_ACTION = /^s3:(?:(?:get|put|delete|restore|replicate)object|abortmultipart|listmultipartuploadparts|bypassgovernance)/i;
const ALIAS_ACTION = /^kms:(?:create|update|delete)alias$/i;

/** Everything in the world that the text may mean for the action: `[path#]LogicalId`, name, ARN, `alias/x`, parameter name, bucket. */
export function resourcesNamed(world: AccessWorld, action: string, text: string): readonly FoundResource[] {
  if (text === '*') return [{ on: '*', name: 'every resource', shown: '*', held: false }];
  const alias = /^(?:arn:[^:]+:kms:[^:]*:[^:]*:)?(alias\/.+)$/.exec(text)?.[1];
  if (alias !== undefined && !ALIAS_ACTION.test(action)) return keysByAlias(world, text, alias);
  const { resources } = world.model;
  const exact = indexOf(world).resources.get(text);
  const named = exact ?? (text.startsWith('arn:') ? [] : resources.filter((resource) => isCalled(resource, text)));
  const fitting = named.filter(({ type }) => serves(type, action));
  const found = fitting.length > 0 ? fitting : named;
  return found.length > 0 ? found.map((resource) => foundResource(resource, action)) : literal(world, action, text);
}

function foundResource(resource: AccessResource, action: string): FoundResource {
  const shown = resource.id === resource.arn ? shownText(resource.arn) : `${resource.id} (${shownText(resource.arn)})`;
  const name = shownText(resource.name);
  if (resource.type !== 'AWS::S3::Bucket' || !OBJECT_ACTION.test(action)) return { on: resource.id, name, shown, held: true };
  return { on: anyObject(resource), name: `an object of ${name}`, shown, held: true };
}

/** Whether actions of this service are about resources of this type. */
function serves(type: string, action: string): boolean {
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  const own = (type.split('::')[1] ?? '').toLowerCase();
  return own === service || (own === 'iam' && service === 'sts') || (own === 'efs' && service === 'elasticfilesystem');
}

function isCalled({ id, name, arn, type }: AccessResource, text: string): boolean {
  const plain = text.replace(/^s3:\/\//, '');
  const rest = shownText(arn.split(':').slice(5).join(':'));
  const tail = rest.replace(/^[a-z-]+[:/]/, '');
  if (isAddress(id, text) || isConstruct(id, name, text) || rest === plain || tail === plain) return true;
  // A parameter's leading slash is not in its ARN; a secret's ARN ends in six random characters.
  if (type === 'AWS::SSM::Parameter') return tail === text.replace(/^\//, '');
  return type === 'AWS::SecretsManager::Secret' && tail.startsWith(`${text}-`) && !tail.slice(text.length + 1).includes('-');
}

function keysByAlias(world: AccessWorld, text: string, alias: string): readonly FoundResource[] {
  const region = text.startsWith('arn:') ? text.split(':')[3] : undefined;
  const keys = world.model.resources.filter(
    (resource) => resource.key?.aliases.includes(alias) === true && (region === undefined || resource.region === region),
  );
  if (keys.length > 0) return keys.map((key) => foundResource(key, 'kms:'));
  if (!alias.startsWith('alias/aws/')) return [];
  const [account, ...more] = [...indexOf(world).accounts];
  if (account === undefined || more.length > 0) return [];
  const added = managedKey(alias, { account, region: region ?? regionOf(world), origin: originOf(world) });
  return [{ on: added.id, name: added.name, shown: alias, held: true, added }];
}

/** Resources that need no entry in the model: an ARN, a parameter's or an object's name. */
function literal(world: AccessWorld, action: string, text: string): readonly FoundResource[] {
  const of = (on: string): FoundResource[] => [{ on, name: shownText(on), shown: shownText(on), held: false }];
  if (text.startsWith('arn:')) return of(text);
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  const path = text.replace(/^s3:\/\//, '');
  const slash = path.indexOf('/');
  if (service === 's3' && slash > 0) {
    const [bucket] = world.model.resources.filter(
      (resource) => resource.type === 'AWS::S3::Bucket' && isCalled(resource, path.slice(0, slash)),
    );
    if (bucket !== undefined) return [{ ...of(`${bucket.arn}/${path.slice(slash + 1)}`)[0], held: true } as FoundResource]; // of() has one entry
    if (text.startsWith('s3://')) return of(`arn:aws:s3:::${path}`);
  }
  if (service === 's3' && text.startsWith('s3://')) return of(`arn:aws:s3:::${path}`);
  if (service === 'ssm' && text.startsWith('/')) {
    const [account, ...more] = [...indexOf(world).accounts];
    return account === undefined || more.length > 0 ? [] : of(`arn:aws:ssm:${regionOf(world)}:${account}:parameter${text}`);
  }
  return [];
}

/** The one Region of the world's resources, else whichever. */
export function regionOf({ model }: AccessWorld): string {
  const [only, ...more] = [...new Set(model.resources.flatMap(({ region }) => region ?? []))];
  return only === undefined || more.length > 0 ? symbol('Region') : only;
}

export function originOf({ model, labels }: AccessWorld): Origin {
  const known = (model.resources[0] ?? model.principals[0])?.origin;
  const start = { line: 1, column: 1 };
  return known ?? { kind: 'file', file: labels[0] ?? '', range: { start, end: start } };
}
