import type { Value } from '../../model/index.js';

/**
 * Policies of AWS that most roles carry, as far as they touch what keyward decides: keys, parameters, secrets, buckets,
 * queues, topics. What they allow elsewhere is left out; it changes no answer here. Read from the AWS managed policy
 * reference in 2026; a policy of no row is a gap.
 */
const ALLOWED: Readonly<Record<string, readonly { readonly action: readonly string[]; readonly resource: string }[]>> = {
  AdministratorAccess: [{ action: ['*'], resource: '*' }],
  'service-role/AWSLambdaBasicExecutionRole': [],
  'service-role/AWSLambdaVPCAccessExecutionRole': [],
  'service-role/AWSLambdaSQSQueueExecutionRole': [
    { action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], resource: '*' },
  ],
  'service-role/AWSLambdaKinesisExecutionRole': [],
  'service-role/AWSLambdaDynamoDBExecutionRole': [],
  'service-role/AmazonECSTaskExecutionRolePolicy': [],
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs': [],
  'service-role/AWSAppSyncPushToCloudWatchLogs': [],
  AWSXRayDaemonWriteAccess: [],
  AWSXrayWriteOnlyAccess: [],
  CloudWatchLambdaInsightsExecutionRolePolicy: [],
  AmazonEC2ContainerRegistryReadOnly: [],
  AmazonEKSClusterPolicy: [],
  AmazonEKSWorkerNodePolicy: [],
  AmazonEKS_CNI_Policy: [],
  CloudWatchAgentServerPolicy: [{ action: ['ssm:GetParameter'], resource: 'arn:aws:ssm:*:*:parameter/AmazonCloudWatch-*' }],
  AmazonSSMManagedInstanceCore: [{ action: ['ssm:GetParameter', 'ssm:GetParameters'], resource: '*' }],
  AmazonS3ReadOnlyAccess: [{ action: ['s3:Get*', 's3:List*', 's3:Describe*'], resource: '*' }],
  AmazonS3FullAccess: [{ action: ['s3:*'], resource: '*' }],
  AmazonSQSFullAccess: [{ action: ['sqs:*'], resource: '*' }],
  AmazonSNSFullAccess: [{ action: ['sns:*'], resource: '*' }],
  AmazonSSMFullAccess: [{ action: ['ssm:*'], resource: '*' }],
  AWSKeyManagementServicePowerUser: [
    {
      action: [
        'kms:CreateAlias',
        'kms:CreateKey',
        'kms:DeleteAlias',
        'kms:Describe*',
        'kms:GenerateRandom',
        'kms:Get*',
        'kms:List*',
        'kms:TagResource',
        'kms:UntagResource',
      ],
      resource: '*',
    },
  ],
};

/** The document of `arn:aws:iam::aws:policy/NAME`; undefined where we do not hold it. */
export function awsManagedPolicy(arn: string): Value | undefined {
  const name = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  const allowed = name === undefined ? undefined : ALLOWED[name];
  if (allowed === undefined) return undefined;
  return {
    Version: '2012-10-17',
    Statement: allowed.map(({ action, resource }) => ({ Effect: 'Allow', Action: action, Resource: resource })),
  };
}
