import { type Resource, type Scope, type Value, valueAt } from '../../model/index.js';
import { generated, symbol } from '../text/symbol.js';

/** The account and Region a scope is deployed to: literals where known, else symbols. */
export interface Deployment {
  readonly account: string;
  readonly region: string;
}

export function deploymentOf(scope: Scope): Deployment {
  return { account: scope.account ?? symbol('AccountId'), region: scope.region ?? symbol('Region') };
}

/** How ARNs of a type are made [Service Authorization Reference]; `name` is the property that names it. */
interface ArnShape {
  readonly service: string;
  readonly global?: 'region' | 'region-and-account';
  readonly prefix: string;
  readonly name?: string;
  /** What `Ref` gives. */
  readonly ref: 'name' | 'arn' | 'other';
}

const SHAPES: Readonly<Record<string, ArnShape>> = {
  'AWS::KMS::Key': { service: 'kms', prefix: 'key/', ref: 'name' },
  'AWS::KMS::ReplicaKey': { service: 'kms', prefix: 'key/', ref: 'name' },
  'AWS::KMS::Alias': { service: 'kms', prefix: '', name: 'AliasName', ref: 'name' },
  'AWS::IAM::Role': { service: 'iam', global: 'region', prefix: 'role', name: 'RoleName', ref: 'name' },
  'AWS::IAM::User': { service: 'iam', global: 'region', prefix: 'user', name: 'UserName', ref: 'name' },
  'AWS::IAM::Group': { service: 'iam', global: 'region', prefix: 'group', name: 'GroupName', ref: 'name' },
  'AWS::IAM::ManagedPolicy': { service: 'iam', global: 'region', prefix: 'policy', name: 'ManagedPolicyName', ref: 'arn' },
  'AWS::S3::Bucket': { service: 's3', global: 'region-and-account', prefix: '', name: 'BucketName', ref: 'name' },
  'AWS::SQS::Queue': { service: 'sqs', prefix: '', name: 'QueueName', ref: 'other' },
  'AWS::SNS::Topic': { service: 'sns', prefix: '', name: 'TopicName', ref: 'arn' },
  'AWS::SecretsManager::Secret': { service: 'secretsmanager', prefix: 'secret:', name: 'Name', ref: 'arn' },
  'AWS::SSM::Parameter': { service: 'ssm', prefix: 'parameter/', name: 'Name', ref: 'name' },
  'AWS::DynamoDB::Table': { service: 'dynamodb', prefix: 'table/', name: 'TableName', ref: 'name' },
  'AWS::Lambda::Function': { service: 'lambda', prefix: 'function:', name: 'FunctionName', ref: 'name' },
  'AWS::Logs::LogGroup': { service: 'logs', prefix: 'log-group:', name: 'LogGroupName', ref: 'name' },
  'AWS::Kinesis::Stream': { service: 'kinesis', prefix: 'stream/', name: 'Name', ref: 'name' },
  'AWS::CloudTrail::Trail': { service: 'cloudtrail', prefix: 'trail/', name: 'TrailName', ref: 'name' },
  'AWS::ECR::Repository': { service: 'ecr', prefix: 'repository/', name: 'RepositoryName', ref: 'name' },
  'AWS::Events::EventBus': { service: 'events', prefix: 'event-bus/', name: 'Name', ref: 'name' },
  'AWS::EFS::FileSystem': { service: 'elasticfilesystem', prefix: 'file-system/', ref: 'name' },
};

/** Turns a value into text with symbols; undefined where it can't be known. */
export type TextOf = (value: Value) => string | undefined;

/** The resource's name: as written, or one that deployment generates from stack name, logical id and a random part. */
export function nameOf(resource: Resource, textOf: TextOf): string {
  const property = SHAPES[resource.type]?.name;
  const written = property === undefined ? undefined : valueAt(resource.properties, [property]);
  const text = written === undefined ? undefined : textOf(written);
  if (text !== undefined) return text;
  const random = generated(resource.id);
  return property === undefined ? random : `${symbol('StackName')}-${resource.address.split('/').at(-1)}-${random}`;
}

/** The ARN a resource will have, unlike any other's. */
export function arnOf(resource: Resource, { account, region }: Deployment, textOf: TextOf): string {
  const shape = SHAPES[resource.type];
  const name = nameOf(resource, textOf);
  if (shape === undefined)
    return `arn:aws:${(resource.type.split('::')[1] ?? 'unknown').toLowerCase()}:${region}:${account}:${generated(resource.id)}`;
  const place = shape.global === 'region-and-account' ? ':' : shape.global === 'region' ? `:${account}` : `${region}:${account}`;
  return `arn:aws:${shape.service}:${place}:${shape.prefix}${lastPart(resource, shape, name, textOf)}`;
}

function lastPart(resource: Resource, shape: ArnShape, name: string, textOf: TextOf): string {
  if (shape.service === 'iam') {
    const path = valueAt(resource.properties, ['Path']);
    return `${(path === undefined ? undefined : textOf(path)) ?? '/'}${name}`;
  }
  // A parameter's leading slash merges with the one of its ARN; a secret's ARN ends in six random characters.
  if (shape.service === 'ssm') return name.replace(/^\//, '');
  return shape.service === 'secretsmanager' ? `${name}-${generated(`${resource.id}#suffix`)}` : name;
}

/** What a reference to a resource stands for as text; undefined for attributes that exist after deployment only. */
export function referenceText(resource: Resource, attribute: string, deployment: Deployment, textOf: TextOf): string | undefined {
  const shape = SHAPES[resource.type];
  const arn = (): string => arnOf(resource, deployment, textOf);
  if (attribute === 'Ref') {
    if (shape?.ref === 'arn') return arn();
    return shape?.ref === 'name' ? nameOf(resource, textOf) : undefined;
  }
  if (attribute === 'Arn' || attribute.endsWith('Arn') || (attribute === 'Id' && resource.type === 'AWS::SecretsManager::Secret'))
    return arn();
  if (attribute === 'KeyId' || attribute === shape?.name) return nameOf(resource, textOf);
  return undefined;
}
