/**
 * Permissions with which a principal makes itself able [IAM guide; KMS guide: Key policies, Grants]. What is changed is the
 * resource asked about, or a user or role whose IAM policies or credentials come under the caller's hand.
 */
export interface Escalation {
  readonly action: string;
  /** What the action is done to. */
  readonly on: 'resource' | 'role' | 'user';
  /** Types of resources it is for, where `on` is `resource`. */
  readonly types?: readonly string[];
  /**
   * `own-policy`: the resource's policy then says what the caller wants; `identity-policy`: IAM does, which counts only where
   * the resource lets IAM decide; `credentials`: the caller acts as the principal.
   */
  readonly gives: 'own-policy' | 'identity-policy' | 'credentials';
  readonly words: string;
}

const KEY = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'];

export const ESCALATIONS: readonly Escalation[] = [
  { action: 'kms:PutKeyPolicy', on: 'resource', types: KEY, gives: 'own-policy', words: 'can rewrite the key policy of %' },
  { action: 'kms:CreateGrant', on: 'resource', types: KEY, gives: 'own-policy', words: 'can grant itself the use of %' },
  {
    action: 's3:PutBucketPolicy',
    on: 'resource',
    types: ['AWS::S3::Bucket'],
    gives: 'own-policy',
    words: 'can rewrite the policy of bucket %',
  },
  {
    action: 'secretsmanager:PutResourcePolicy',
    on: 'resource',
    types: ['AWS::SecretsManager::Secret'],
    gives: 'own-policy',
    words: 'can rewrite the policy of secret %',
  },
  {
    action: 'sqs:SetQueueAttributes',
    on: 'resource',
    types: ['AWS::SQS::Queue'],
    gives: 'own-policy',
    words: 'can rewrite the policy of queue %',
  },
  {
    action: 'sns:SetTopicAttributes',
    on: 'resource',
    types: ['AWS::SNS::Topic'],
    gives: 'own-policy',
    words: 'can rewrite the policy of topic %',
  },
  { action: 'iam:PutRolePolicy', on: 'role', gives: 'identity-policy', words: 'can write an inline policy for role %' },
  { action: 'iam:AttachRolePolicy', on: 'role', gives: 'identity-policy', words: 'can attach any policy to role %' },
  { action: 'iam:PutUserPolicy', on: 'user', gives: 'identity-policy', words: 'can write an inline policy for user %' },
  { action: 'iam:AttachUserPolicy', on: 'user', gives: 'identity-policy', words: 'can attach any policy to user %' },
  {
    action: 'iam:UpdateAssumeRolePolicy',
    on: 'role',
    gives: 'credentials',
    words: 'can rewrite the trust policy of role % and then assume it',
  },
  { action: 'iam:CreateAccessKey', on: 'user', gives: 'credentials', words: 'can make an access key of user %' },
  { action: 'iam:CreateLoginProfile', on: 'user', gives: 'credentials', words: 'can give user % a password' },
  { action: 'iam:UpdateLoginProfile', on: 'user', gives: 'credentials', words: 'can change the password of user %' },
];

/** Operations a grant can hold [KMS guide: Grants]: kms:CreateGrant helps with these alone. */
export const GRANTABLE: ReadonlySet<string> = new Set(
  [
    'Decrypt',
    'Encrypt',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateDataKeyPair',
    'GenerateDataKeyPairWithoutPlaintext',
    'ReEncryptFrom',
    'ReEncryptTo',
    'Sign',
    'Verify',
    'GenerateMac',
    'VerifyMac',
    'DeriveSharedSecret',
    'GetPublicKey',
    'DescribeKey',
    'CreateGrant',
    'RetireGrant',
  ].map((operation) => `kms:${operation.toLowerCase()}`),
);

/** Services that run a caller's code or commands as a role passed to them, and the action that starts it. */
export const COMPUTE: readonly { readonly service: string; readonly action: string; readonly resource: string }[] = [
  { service: 'lambda.amazonaws.com', action: 'lambda:CreateFunction', resource: 'function:any' },
  { service: 'ec2.amazonaws.com', action: 'ec2:RunInstances', resource: 'instance/any' },
  { service: 'ecs-tasks.amazonaws.com', action: 'ecs:RunTask', resource: 'task-definition/any:1' },
  { service: 'cloudformation.amazonaws.com', action: 'cloudformation:CreateStack', resource: 'stack/any/any' },
  { service: 'codebuild.amazonaws.com', action: 'codebuild:CreateProject', resource: 'project/any' },
  { service: 'glue.amazonaws.com', action: 'glue:CreateJob', resource: 'job/any' },
  { service: 'sagemaker.amazonaws.com', action: 'sagemaker:CreateNotebookInstance', resource: 'notebook-instance/any' },
  { service: 'states.amazonaws.com', action: 'states:CreateStateMachine', resource: 'stateMachine:any' },
];
