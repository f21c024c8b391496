import type { Default } from './defaults.js';

const KEY = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-kms-key.html';
const REPLICA = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-kms-replicakey.html';
const BUCKET = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html';
const QUEUE = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html';
const QUEUE_TYPE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sqs-queue.html';
const EFS = 'https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html';
const CACHE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html';
const LISTENER = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html';
const ECR = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html';
const TRAIL = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudtrail-trail.html';

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
  {
    type: 'AWS::KMS::Key',
    property: 'RotationPeriodInDays',
    value: 365,
    reason: 'a key is rotated once a year where RotationPeriodInDays is absent',
    page: KEY,
    when: { EnableKeyRotation: [true] },
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
  { type: 'AWS::KMS::ReplicaKey', property: 'Enabled', value: true, reason: 'a key is enabled where Enabled is absent', page: REPLICA },
  {
    type: 'AWS::KMS::ReplicaKey',
    property: 'PendingWindowInDays',
    value: 30,
    reason: 'the waiting period is 30 days where PendingWindowInDays is absent',
    page: REPLICA,
  },
  {
    type: 'AWS::S3::Bucket',
    property: 'BucketEncryption',
    value: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
    reason: 'S3 encrypts every new object with its own key where nothing else is said',
    page: BUCKET,
    since: '2023-01-05',
  },
  {
    type: 'AWS::SQS::Queue',
    property: 'SqsManagedSseEnabled',
    value: true,
    reason: 'SQS encrypts with its own key where nothing else is said',
    page: QUEUE,
    unless: ['KmsMasterKeyId'],
  },
  {
    type: 'AWS::SQS::Queue',
    property: 'KmsDataKeyReusePeriodSeconds',
    value: 300,
    reason: 'a data key is used for five minutes where KmsDataKeyReusePeriodSeconds is absent',
    page: QUEUE_TYPE,
  },
  {
    type: 'AWS::EFS::FileSystem',
    property: 'Encrypted',
    value: false,
    reason: 'only the console turns encryption on by itself',
    page: EFS,
  },
  {
    type: 'AWS::ElastiCache::ReplicationGroup',
    property: 'AtRestEncryptionEnabled',
    value: true,
    reason: 'Valkey is encrypted at rest where nothing else is said',
    page: CACHE,
    when: { Engine: ['valkey'] },
  },
  {
    type: 'AWS::ElastiCache::ReplicationGroup',
    property: 'AtRestEncryptionEnabled',
    value: false,
    reason: 'Redis OSS is not encrypted at rest where nothing else is said',
    page: CACHE,
    when: { Engine: ['redis'] },
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    property: 'SslPolicy',
    value: 'ELBSecurityPolicy-2016-08',
    reason: 'a listener gets ELBSecurityPolicy-2016-08 where SslPolicy is absent',
    page: LISTENER,
    when: { Protocol: ['HTTPS', 'TLS'] },
  },
  {
    type: 'AWS::ECR::Repository',
    property: 'EncryptionConfiguration',
    value: { EncryptionType: 'AES256' },
    reason: 'ECR encrypts with a key of S3 where nothing else is said',
    page: ECR,
  },
  {
    type: 'AWS::CloudTrail::Trail',
    property: 'EnableLogFileValidation',
    value: false,
    reason: 'log files are not signed where EnableLogFileValidation is absent',
    page: TRAIL,
  },
  {
    type: 'AWS::CloudTrail::Trail',
    property: 'IsMultiRegionTrail',
    value: false,
    reason: 'a trail records one Region where IsMultiRegionTrail is absent',
    page: TRAIL,
  },
];
