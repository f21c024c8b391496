import { hole } from './intrinsic.js';
import type { Made, MadeMap } from './made.js';

const VERSION = '2012-10-17';

/** A role's trust policy for one service. */
export function trust(service: string): MadeMap {
  return {
    Version: VERSION,
    Statement: [{ Effect: 'Allow', Principal: { Service: [`${service}.amazonaws.com`] }, Action: ['sts:AssumeRole'] }],
  };
}

export function allowing(action: Made, resource: Made): MadeMap {
  return { Effect: 'Allow', Action: action, Resource: resource };
}

export function documentOf(statements: readonly Made[]): MadeMap {
  return { Version: VERSION, Statement: statements };
}

/** One of a role's inline policies. */
export function inlinePolicy(name: string, statements: readonly Made[]): MadeMap {
  return { PolicyName: name, PolicyDocument: documentOf(statements) };
}

/** What a role needs to hand a failed or finished event to a destination of one type; none for a type that needs nothing. */
export function destinationPolicy(type: string, arn: Made, prefix: string): MadeMap | undefined {
  switch (type) {
    case 'SQS':
      return inlinePolicy(`${prefix}SQSPolicy`, [allowing('sqs:SendMessage', arn)]);
    case 'SNS':
      return inlinePolicy(`${prefix}SNSPolicy`, [allowing('sns:publish', arn)]);
    case 'EventBridge':
      return inlinePolicy(`${prefix}EventBridgePolicy`, [allowing('events:PutEvents', arn)]);
    case 'Lambda':
      return inlinePolicy(`${prefix}LambdaPolicy`, [allowing('lambda:InvokeFunction', arn)]);
    case 'S3':
    case 'S3Bucket':
      return inlinePolicy(`${prefix}S3Policy`, [
        allowing('s3:PutObject', { 'Fn::Join': ['/', [arn, '*']] }),
        allowing('s3:ListBucket', arn),
      ]);
    default:
      return undefined;
  }
}

/** A queue's policy that lets one source, and nothing else, send to it. */
export function queueAccess(service: string, queueArn: Made, sourceArn: Made): MadeMap {
  const statement = {
    Effect: 'Allow',
    Principal: service === 'sns' ? '*' : { Service: `${service}.amazonaws.com` },
    Action: 'sqs:SendMessage',
    Resource: queueArn,
    Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
  };
  return documentOf([statement]);
}

/** The VPC calls that Lambda's pollers make for the function. */
export const NETWORK_INTERFACES: MadeMap = allowing(
  [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeVpcs',
    'ec2:DescribeSubnets',
    'ec2:DescribeSecurityGroups',
  ],
  '*',
);

export function keyArn(keyId: string): string {
  return `arn:${hole('AWS::Partition')}:kms:${hole('AWS::Region')}:${hole('AWS::AccountId')}:key/${keyId}`;
}
