import type { AccessRequest, AccessResource, Caller } from '../../model/index.js';
import type { CompiledAccess } from '../compile.js';
import { type DataDecision, decideData } from '../joins/decide-data.js';
import { symbol } from '../text/symbol.js';
import { isOpen } from './link.js';

/** Something a principal can decrypt, may decrypt, or possibly can. */
export interface Decryptable {
  readonly resource: AccessResource;
  readonly action: string;
  readonly decision: DataDecision;
}

/** The action that gives the plaintext of what is kept in a resource. */
const READING: Readonly<Record<string, string>> = {
  'AWS::KMS::Key': 'kms:Decrypt',
  'AWS::KMS::ReplicaKey': 'kms:Decrypt',
  'AWS::SSM::Parameter': 'ssm:GetParameter',
  'AWS::SecretsManager::Secret': 'secretsmanager:GetSecretValue',
  'AWS::S3::Bucket': 's3:GetObject',
  'AWS::SQS::Queue': 'sqs:ReceiveMessage',
  'AWS::DynamoDB::Table': 'dynamodb:GetItem',
};

/** The reverse of a search for who can: every key, parameter, secret, bucket, queue and table whose content the caller can read. */
export function canDecrypt(
  access: CompiledAccess,
  caller: Caller,
  context: Pick<AccessRequest, 'context' | 'contextComplete'>,
  judge: (request: AccessRequest) => DataDecision = (request) => decideData(access, request),
): readonly Decryptable[] {
  return access.model.resources
    .flatMap((resource): Decryptable[] => {
      const action = READING[resource.type];
      // An AWS managed key decrypts nothing but its service's data, and those are listed themselves.
      if (action === undefined || resource.key?.manager === 'aws-managed') return [];
      const on = resource.type === 'AWS::S3::Bucket' ? anyObject(resource) : resource.id;
      const decision = judge({ ...context, caller, action, resource: on, sessionPolicies: [] });
      return isOpen(decision) ? [{ resource, action, decision }] : [];
    })
    .sort((a, b) => (a.resource.type + a.resource.name < b.resource.type + b.resource.name ? -1 : 1));
}

/** An object of the bucket, whichever: a policy that is about some of them only leaves it open. */
export function anyObject(bucket: AccessResource): string {
  return `${bucket.arn}/${symbol('object')}`;
}
