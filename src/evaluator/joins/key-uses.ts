import type { AccessResource } from '../../model/index.js';

/** What a service asks of the key for the caller when the caller acts on encrypted data. */
export interface KeyUse {
  /** Actions on the data, as documented; compared ignoring case. */
  readonly actions: readonly string[];
  /** Permissions on the key, all of which are needed. */
  readonly needs: readonly string[];
}

/** How a service uses the keys of its data. */
export interface KeyUser {
  /** `kms:ViaService` is this, the Region and `amazonaws.com`. */
  readonly service: string;
  readonly uses: readonly KeyUse[];
  /** The encryption context, as far as it is known beforehand; `whole` where these are all its pairs. */
  encryptionContext(resource: AccessResource, authorised: string): EncryptionContext;
}

export interface EncryptionContext {
  readonly pairs: Readonly<Record<string, string>>;
  readonly whole: boolean;
}

const READ = ['kms:Decrypt'];
const WRITE = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** Services that call KMS with the caller's permissions, by the CloudFormation type of the data. */
export const KEY_USERS: Readonly<Record<string, KeyUser>> = {
  // Systems Manager guide: How AWS Systems Manager Parameter Store uses AWS KMS
  'AWS::SSM::Parameter': {
    service: 'ssm',
    uses: [
      { actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParameterHistory', 'ssm:GetParametersByPath'], needs: READ },
      // Standard tier; the advanced tier asks for kms:GenerateDataKey instead.
      { actions: ['ssm:PutParameter'], needs: ['kms:Encrypt'] },
    ],
    encryptionContext: ({ arn }) => ({ pairs: { PARAMETER_ARN: arn }, whole: true }),
  },
  // Secrets Manager guide: Secret encryption and decryption in AWS Secrets Manager
  'AWS::SecretsManager::Secret': {
    service: 'secretsmanager',
    uses: [
      { actions: ['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue'], needs: READ },
      { actions: ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret'], needs: WRITE },
    ],
    encryptionContext: ({ arn }) => ({ pairs: { SecretARN: arn }, whole: false }),
  },
  // S3 guide: Using server-side encryption with AWS KMS keys. With an S3 Bucket Key the context is the bucket's ARN.
  'AWS::S3::Bucket': {
    service: 's3',
    uses: [
      { actions: ['s3:GetObject', 's3:GetObjectVersion'], needs: READ },
      { actions: ['s3:PutObject'], needs: ['kms:GenerateDataKey'] },
    ],
    encryptionContext: () => ({ pairs: {}, whole: false }),
  },
  // SQS guide: Key management
  'AWS::SQS::Queue': {
    service: 'sqs',
    uses: [
      { actions: ['sqs:ReceiveMessage'], needs: READ },
      { actions: ['sqs:SendMessage'], needs: WRITE },
    ],
    encryptionContext: ({ arn }) => ({ pairs: { 'aws:sqs:arn': arn }, whole: true }),
  },
  // SNS guide: Managing Amazon SNS encryption keys and costs
  'AWS::SNS::Topic': {
    service: 'sns',
    uses: [{ actions: ['sns:Publish'], needs: WRITE }],
    encryptionContext: ({ arn }) => ({ pairs: { 'aws:sns:topicArn': arn }, whole: true }),
  },
  // DynamoDB guide: DynamoDB encryption at rest: usage notes (the table key is decrypted with the caller's permission)
  'AWS::DynamoDB::Table': {
    service: 'dynamodb',
    uses: [
      {
        actions: [
          'dynamodb:GetItem',
          'dynamodb:BatchGetItem',
          'dynamodb:Query',
          'dynamodb:Scan',
          'dynamodb:PutItem',
          'dynamodb:UpdateItem',
          'dynamodb:DeleteItem',
          'dynamodb:BatchWriteItem',
        ],
        needs: READ,
      },
    ],
    encryptionContext: () => ({ pairs: {}, whole: false }),
  },
  // Lambda guide: Securing Lambda environment variables
  'AWS::Lambda::Function': {
    service: 'lambda',
    uses: [{ actions: ['lambda:GetFunction', 'lambda:GetFunctionConfiguration'], needs: READ }],
    encryptionContext: ({ arn }) => ({ pairs: { 'aws:lambda:FunctionArn': arn }, whole: true }),
  },
};

/** What the action on data of this type asks of the key; undefined where it asks nothing. */
export function keyUseOf(type: string, action: string): { readonly user: KeyUser; readonly use: KeyUse } | undefined {
  const user = KEY_USERS[type];
  const use = user?.uses.find(({ actions }) => actions.some((known) => known.toLowerCase() === action.toLowerCase()));
  return user === undefined || use === undefined ? undefined : { user, use };
}

/** The service that uses the AWS managed key `alias/aws/NAME`. */
export function serviceOfManagedKey(alias: string): string {
  const name = alias.replace(/^alias\/aws\//, '');
  return name === 'ebs' ? 'ec2' : name;
}
