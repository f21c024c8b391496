import { describe, expect, it } from 'vitest';
import { expanded, kinds } from './expanded.js';

const one = (kind: string, properties: string): string =>
  `Transform: AWS::Serverless-2016-10-31\nResources:\n  R:\n    Type: AWS::Serverless::${kind}\n    Properties: ${properties}\n`;

describe('a simple table', () => {
  it('has a key of its own or an id, its encryption, and pays by request unless it says otherwise', () => {
    expect(expanded(one('SimpleTable', '{SSESpecification: {SSEEnabled: true, KMSMasterKeyId: k}}')).resources.R).toEqual({
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        SSESpecification: { SSEEnabled: true, KMSMasterKeyId: 'k' },
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
    });
    expect(
      expanded(
        one(
          'SimpleTable',
          '{PrimaryKey: {Name: k, Type: Number}, ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}, Tags: {a: b}}',
        ),
      ).resources.R?.Properties,
    ).toEqual({
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      AttributeDefinitions: [{ AttributeName: 'k', AttributeType: 'N' }],
      KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }],
      Tags: [{ Key: 'a', Value: 'b' }],
    });
  });

  it('without properties is a table, too', () => {
    expect(
      expanded('Transform: AWS::Serverless-2016-10-31\nResources:\n  R:\n    Type: AWS::Serverless::SimpleTable\n').resources.R?.Type,
    ).toBe('AWS::DynamoDB::Table');
  });
});

describe('a state machine', () => {
  it('has a role with its policies, and its logs under their own name', () => {
    const { resources } = expanded(
      one(
        'StateMachine',
        '{Definition: {StartAt: A}, Type: EXPRESS, Logging: {Level: ALL}, Tracing: {Enabled: true}, Policies: [LambdaInvokePolicy: {FunctionName: f}]}',
      ),
    );
    expect(resources.R?.Properties).toMatchObject({
      Definition: { StartAt: 'A' },
      StateMachineType: 'EXPRESS',
      LoggingConfiguration: { Level: 'ALL' },
      TracingConfiguration: { Enabled: true },
      RoleArn: { 'Fn::GetAtt': ['RRole', 'Arn'] },
    });
    expect(resources.RRole?.Properties).toMatchObject({
      AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: ['states.amazonaws.com'] } }] },
      ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AWSXrayWriteOnlyAccess' }],
      Policies: [{ PolicyName: 'RRolePolicy0' }],
    });
  });

  it('is started by its events with roles made for them', () => {
    const { resources } = expanded(
      one(
        'StateMachine',
        '{Role: arn:r, DefinitionUri: s3://b/k, Events: {S: {Type: Schedule, Properties: {Schedule: rate(1 day)}}, V: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}, A: {Type: Api, Properties: {Path: /, Method: post}}}}',
      ),
    );
    expect(kinds(resources)).toEqual([
      'R StepFunctions::StateMachine',
      'RSRole IAM::Role',
      'RS Events::Rule',
      'RVRole IAM::Role',
      'RV Scheduler::Schedule',
      'RARole IAM::Role',
      'ServerlessRestApi ApiGateway::RestApi',
      'ServerlessRestApiDeployment ApiGateway::Deployment',
      'ServerlessRestApiProdStage ApiGateway::Stage',
    ]);
    expect(resources.R?.Properties).toMatchObject({ RoleArn: 'arn:r', DefinitionS3Location: { Bucket: 'b', Key: 'k' } });
    expect(resources.RSRole?.Properties).toMatchObject({
      Policies: [
        {
          PolicyName: 'RSRoleStartExecutionPolicy',
          PolicyDocument: { Statement: [{ Action: 'states:StartExecution', Resource: { Ref: 'R' } }] },
        },
      ],
    });
    expect(resources.RS?.Properties).toMatchObject({ Targets: [{ Arn: { Ref: 'R' }, RoleArn: { 'Fn::GetAtt': ['RSRole', 'Arn'] } }] });
  });
});

describe('other types', () => {
  it('a layer keeps its id, so that references to it hold, and stays when it is replaced', () => {
    expect(expanded(one('LayerVersion', '{ContentUri: s3://b/k}')).resources.R).toEqual({
      Type: 'AWS::Lambda::LayerVersion',
      DeletionPolicy: 'Retain',
      Properties: { LayerName: 'R', Content: { S3Bucket: 'b', S3Key: 'k' } },
    });
    expect(expanded(one('LayerVersion', '{ContentUri: ./x, RetentionPolicy: Delete}')).resources.R?.DeletionPolicy).toBe('Delete');
  });

  it('an application is a nested stack', () => {
    expect(expanded(one('Application', '{Location: ./nested/template.yaml, Parameters: {A: b}}')).resources.R?.Properties).toMatchObject({
      TemplateURL: './nested/template.yaml',
      Parameters: { A: 'b' },
    });
    expect(
      expanded(one('Application', '{Location: {ApplicationId: a, SemanticVersion: 1.0.0}}')).resources.R?.Properties.TemplateURL,
    ).toBeUndefined();
  });

  it('a capacity provider has its key and an operator role', () => {
    const { resources } = expanded(
      one('CapacityProvider', '{KmsKeyArn: !Ref K, VpcConfig: {SubnetIds: [s]}, InstanceRequirements: {AllowedTypes: [t]}}'),
    );
    expect(resources.R).toMatchObject({
      Type: 'AWS::Lambda::CapacityProvider',
      Properties: { KmsKeyArn: { Ref: 'K' }, InstanceRequirements: { AllowedInstanceTypes: ['t'] } },
    });
    expect(resources.ROperatorRole?.Type).toBe('AWS::IAM::Role');
  });

  it.each(['Connector', 'Fnuction'])('%s is left as it is, with a gap at its type', (kind) => {
    const text = one(kind, '{A: b}');
    const { resources, expansion } = expanded(text);
    expect(resources.R?.Type).toBe(`AWS::Serverless::${kind}`);
    expect(expansion.gaps).toMatchObject([
      { where: 'R', why: `AWS::Serverless::${kind} is not expanded.`, span: { start: text.indexOf(`AWS::Serverless::${kind}`) } },
    ]);
  });

  it('connectors of a resource are a gap: they grant access', () => {
    const text = one('SimpleTable', '{TableName: t}').replace('    Properties', '    Connectors: {C: {}}\n    Properties');
    const { resources, expansion } = expanded(text);
    expect(resources.R?.Connectors).toBeUndefined();
    expect(expansion.gaps).toMatchObject([
      { where: 'R', leavesOpen: 'the access that they grant is not judged', span: { start: text.indexOf('Connectors') } },
    ]);
  });

  it('a GraphQL API has its cache and domain; what reads its data is a gap', () => {
    const { resources, expansion } = expanded(
      one(
        'GraphQLApi',
        '{Auth: {Type: AWS_IAM}, Cache: {ApiCachingBehavior: b, Type: t, Ttl: 1, AtRestEncryptionEnabled: false}, DomainName: {DomainName: d, CertificateArn: c}, DataSources: {DynamoDb: {}}}',
      ),
    );
    expect(resources.R).toMatchObject({ Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'R', AuthenticationType: 'AWS_IAM' } });
    expect(resources.RApiCache).toEqual({
      Type: 'AWS::AppSync::ApiCache',
      Properties: { ApiId: { 'Fn::GetAtt': ['R', 'ApiId'] }, ApiCachingBehavior: 'b', Type: 't', Ttl: 1, AtRestEncryptionEnabled: false },
    });
    expect(resources.RDomainName?.Properties).toEqual({ DomainName: 'd', CertificateArn: 'c' });
    expect(expansion.gaps).toMatchObject([{ where: 'R' }]);
  });

  it('a WebSocket API has its stage and domain; its routes are a gap', () => {
    const { resources, expansion } = expanded(
      one(
        'WebSocketApi',
        '{RouteSelectionExpression: r, Domain: {DomainName: d, CertificateArn: c, SecurityPolicy: TLS_1_2}, Routes: {$connect: {FunctionArn: f}}}',
      ),
    );
    expect(resources.R?.Properties).toMatchObject({ ProtocolType: 'WEBSOCKET', RouteSelectionExpression: 'r' });
    expect(resources.RDefaultStage?.Properties).toMatchObject({ ApiId: { Ref: 'R' }, StageName: 'default' });
    expect(Object.values(resources).map((made) => made.Type)).toContain('AWS::ApiGatewayV2::DomainName');
    expect(expansion.gaps).toMatchObject([{ where: 'R', why: 'The routes of R are not expanded.' }]);
  });
});
