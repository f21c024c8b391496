import { describe, expect, it } from 'vitest';
import { expanded, functionWith } from './expanded.js';

/** The names in the AWS SAM guide, "AWS SAM policy template list". */
const NAMES = `
  AMIDescribePolicy AWSSecretsManagerGetSecretValuePolicy AWSSecretsManagerRotationPolicy AcmGetCertificatePolicy
  AthenaQueryPolicy CloudFormationDescribeStacksPolicy CloudWatchDashboardPolicy CloudWatchDescribeAlarmHistoryPolicy
  CloudWatchPutMetricPolicy CodeCommitCrudPolicy CodeCommitReadPolicy CodePipelineLambdaExecutionPolicy CodePipelineReadOnlyPolicy
  ComprehendBasicAccessPolicy CostExplorerReadOnlyPolicy DynamoDBBackupFullAccessPolicy DynamoDBCrudPolicy DynamoDBReadPolicy
  DynamoDBReconfigurePolicy DynamoDBRestoreFromBackupPolicy DynamoDBStreamReadPolicy DynamoDBWritePolicy EC2CopyImagePolicy
  EC2DescribePolicy EFSWriteAccessPolicy EKSDescribePolicy EcsRunTaskPolicy ElasticMapReduceAddJobFlowStepsPolicy
  ElasticMapReduceCancelStepsPolicy ElasticMapReduceModifyInstanceFleetPolicy ElasticMapReduceModifyInstanceGroupsPolicy
  ElasticMapReduceSetTerminationProtectionPolicy ElasticMapReduceTerminateJobFlowsPolicy ElasticsearchHttpPostPolicy
  EventBridgePutEventsPolicy FilterLogEventsPolicy FirehoseCrudPolicy FirehoseWritePolicy KMSDecryptPolicy KMSEncryptPolicy
  KMSEncryptPolicy_v2 KinesisCrudPolicy KinesisStreamReadPolicy LambdaInvokePolicy MobileAnalyticsWriteOnlyAccessPolicy
  OrganizationsListAccountsPolicy PinpointEndpointAccessPolicy PollyFullAccessPolicy RekognitionDetectOnlyPolicy
  RekognitionFacesManagementPolicy RekognitionFacesPolicy RekognitionLabelsPolicy RekognitionNoDataAccessPolicy
  RekognitionReadPolicy RekognitionWriteOnlyAccessPolicy Route53ChangeResourceRecordSetsPolicy S3CrudPolicy S3FullAccessPolicy
  S3ReadPolicy S3WritePolicy SESBulkTemplatedCrudPolicy SESBulkTemplatedCrudPolicy_v2 SESCrudPolicy SESEmailTemplateCrudPolicy
  SESSendBouncePolicy SNSCrudPolicy SNSPublishMessagePolicy SQSPollerPolicy SQSSendMessagePolicy SSMParameterReadPolicy
  SSMParameterWithSlashPrefixReadPolicy SageMakerCreateEndpointConfigPolicy SageMakerCreateEndpointPolicy
  ServerlessRepoReadWriteAccessPolicy StepFunctionsCallbackPolicy StepFunctionsExecutionPolicy StepFunctionsExecutionPolicy_v2
  TextractDetectAnalyzePolicy TextractGetResultPolicy TextractPolicy VPCAccessPolicy
`;

/** A value for every parameter that any template has. */
const PARAMETERS = `AccessPoint BucketName CertificateArn ClusterId CollectionId DeliveryStreamName DomainName EndpointConfigName EndpointName EventBusName
  FileSystem FunctionName HostedZoneId IdentityName ImageId KeyId LexiconName LogGroupName ParameterName PinpointApplicationId PipelineName QueueName
  RepositoryName SecretArn StateMachineName StreamName TableName TaskDefinition TemplateName TopicName WorkGroupName`;

interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly unknown[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

function statementsOf(name: string): readonly Statement[] {
  const values = words(PARAMETERS).map((parameter) => `${parameter}: of-${parameter}`);
  const { resources } = expanded(functionWith(`Policies:\n- ${name}: {${values.join(', ')}}`));
  // The shape is what the next lines check.
  const policies = resources.FnRole?.Properties.Policies as
    | readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[]
    | undefined;
  return policies?.[0]?.PolicyDocument.Statement ?? [];
}

describe('every published policy template', () => {
  it.each(words(NAMES))('%s allows actions of one service each, on resources with every parameter filled in', (name) => {
    const statements = statementsOf(name);
    expect(statements.length).toBeGreaterThan(0);
    for (const { Effect, Action, Resource } of statements) {
      expect(Effect).toBe('Allow');
      expect(new Set(Action.map((action) => action.split(':')[0])).size).toBe(1);
      expect(Action.every((action) => /^[a-z0-9-]+:[A-Za-z]*\*?$/.test(action))).toBe(true);
      for (const resource of Resource) expect(filled(resource)).toMatch(/^(\*|of-\w+|arn:[^{}]+)$/);
    }
  });
});

/** The resource as text, its own variables put in. */
function filled(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const { 'Fn::Sub': written } = resource as { readonly 'Fn::Sub': string | readonly [string, Readonly<Record<string, string>>] };
  const [text, variables] = typeof written === 'string' ? [written, {}] : written;
  return text
    .replace(/\$\{(AWS::\w+)\}/g, '$1')
    .replace(/\$\{(\w+)\}/g, (hole, name: string) => variables[name as keyof typeof variables] ?? hole);
}
