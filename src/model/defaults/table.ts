import type { Default } from './defaults.js';

const KEY = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-kms-key.html';
const QUEUE = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html';

/** By type, then in the order in which one default rests on another. */
export const DEFAULTS: readonly Default[] = [
  {
    type: 'AWS::KMS::Key',
    property: 'KeySpec',
    value: 'SYMMETRIC_DEFAULT',
    reason: 'a key is symmetric where KeySpec is absent',
    page: KEY,
  },
  {
    type: 'AWS::KMS::Key',
    property: 'KeyUsage',
    value: 'ENCRYPT_DECRYPT',
    reason: 'a symmetric key encrypts and decrypts',
    page: KEY,
    when: { KeySpec: ['SYMMETRIC_DEFAULT'] },
  },
  { type: 'AWS::KMS::Key', property: 'Origin', value: 'AWS_KMS', reason: 'KMS makes the key material where Origin is absent', page: KEY },
  {
    type: 'AWS::KMS::Key',
    property: 'EnableKeyRotation',
    value: false,
    reason: 'rotation is off where EnableKeyRotation is absent',
    page: KEY,
  },
  { type: 'AWS::KMS::Key', property: 'Enabled', value: true, reason: 'a key is enabled where Enabled is absent', page: KEY },
  {
    type: 'AWS::KMS::Key',
    property: 'PendingWindowInDays',
    value: 30,
    reason: 'the waiting period is 30 days where PendingWindowInDays is absent',
    page: KEY,
  },
  { type: 'AWS::KMS::Key', property: 'MultiRegion', value: false, reason: 'a key is of one Region where MultiRegion is absent', page: KEY },
  {
    type: 'AWS::SQS::Queue',
    property: 'SqsManagedSseEnabled',
    value: true,
    reason: 'SQS encrypts with its own key where nothing else is said',
    page: QUEUE,
    unless: ['KmsMasterKeyId'],
  },
];
