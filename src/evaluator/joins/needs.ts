import type { AccessRequest } from '../../model/index.js';
import type { CompiledAccess } from '../compile.js';
import { targetOf } from '../target.js';
import { keyUseOf } from './key-uses.js';

/** One permission that what was asked takes. Any of the requests gives it. */
export interface Need {
  readonly part: 'data' | 'key';
  readonly action: string;
  /** The id or ARN of what is acted on. */
  readonly on: string;
  readonly requests: readonly AccessRequest[];
}

/** Every permission that the request takes: on what it names, and on the key behind its data. */
export function needsOf(access: CompiledAccess, request: AccessRequest): readonly Need[] {
  const data: Need = { part: 'data', action: request.action, on: request.resource, requests: onPaths(access, request) };
  const { held, arn } = targetOf(access, request.action, request.resource);
  const key = held?.resource.encryptedBy;
  const found = held === undefined ? undefined : keyUseOf(held.resource.type, request.action);
  if (held === undefined || typeof key !== 'string' || found === undefined) return [data];
  const { resource } = held;
  const { pairs, whole } = found.user.encryptionContext(resource, arn);
  // The service calls KMS with the caller's permissions [KMS guide: kms:ViaService; IAM guide: aws:ViaAWSService].
  const context: AccessRequest['context'] = {
    ...request.context,
    'kms:ViaService': `${found.user.service}.${resource.region ?? ''}.amazonaws.com`,
    'aws:ViaAWSService': 'true',
    ...Object.fromEntries(Object.entries(pairs).map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
    ...(whole ? { 'kms:EncryptionContextKeys': Object.keys(pairs) } : {}),
  };
  const openKeys = whole ? {} : { openKeys: ['kms:encryptioncontext'] };
  return [
    data,
    ...found.use.needs.map(
      (action): Need => ({ part: 'key', action, on: key, requests: [{ ...request, ...openKeys, action, resource: key, context }] }),
    ),
  ];
}

/**
 * `ssm:GetParametersByPath` is authorised on a path, and who may read a path reads all below it
 * [Systems Manager guide: Restricting access to parameters using IAM policies]. Asked of a parameter, any path above it will do.
 */
function onPaths(access: CompiledAccess, request: AccessRequest): readonly AccessRequest[] {
  if (request.action.toLowerCase() !== 'ssm:getparametersbypath') return [request];
  const { held } = targetOf(access, request.action, request.resource);
  if (held?.resource.type !== 'AWS::SSM::Parameter') return [request];
  const [before = '', name = ''] = held.resource.arn.split(':parameter/');
  const steps = name.split('/').slice(0, -1);
  const paths = steps.map((_, index) => steps.slice(0, steps.length - index).join('/'));
  // A path may be written with a slash at its end, and is authorised as written.
  return [...paths.flatMap((path) => [path, `${path}/`]), ''].map((path) => ({ ...request, resource: `${before}:parameter/${path}` }));
}
