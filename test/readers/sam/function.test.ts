import { describe, expect, it } from 'vitest';
import { expanded, functionWith, kinds } from './expanded.js';

const BASIC = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' };

describe('a serverless function', () => {
  it('becomes a function and a role that only Lambda may assume', () => {
    const { resources } = expanded(functionWith('MemorySize: 512\nKmsKeyArn: !GetAtt Key.Arn\nEnvironment: {Variables: {A: b}}'));
    expect(resources).toEqual({
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Handler: 'index.handler',
          Runtime: 'nodejs22.x',
          MemorySize: 512,
          KmsKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] },
          Environment: { Variables: { A: 'b' } },
          Code: {},
          Tags: [{ Key: 'lambda:createdBy', Value: 'SAM' }],
          Role: { 'Fn::GetAtt': ['FnRole', 'Arn'] },
        },
      },
      FnRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: ['sts:AssumeRole'] }],
          },
          Tags: [{ Key: 'lambda:createdBy', Value: 'SAM' }],
          ManagedPolicyArns: [BASIC],
        },
      },
    });
  });

  it.each<[string, string, unknown]>([
    ['inline code', 'InlineCode: x', { ZipFile: 'x' }],
    ['an image', 'PackageType: Image\nImageUri: r/i:1', { ImageUri: 'r/i:1' }],
    ['an S3 address', 'CodeUri: s3://b/k/x.zip?versionId=v', { S3Bucket: 'b', S3Key: 'k/x.zip', S3ObjectVersion: 'v' }],
    ['an S3 address as a map', 'CodeUri: {Bucket: !Ref B, Key: k}', { S3Bucket: { Ref: 'B' }, S3Key: 'k' }],
    ['a local path, whose address packaging decides', 'CodeUri: ./src', {}],
    ['a key for the package', 'CodeUri: ./src\nSourceKMSKeyArn: !Ref K', { SourceKMSKeyArn: { Ref: 'K' } }],
  ])('has its code as %s', (_, properties, code) => {
    expect(expanded(functionWith(properties)).resources.Fn?.Properties.Code).toEqual(code);
  });

  it.each<[string, string, readonly string[]]>([
    ['tracing', 'Tracing: Active', ['service-role/AWSLambdaBasicExecutionRole', 'AWSXrayWriteOnlyAccess']],
    ['no tracing', 'Tracing: Disabled', ['service-role/AWSLambdaBasicExecutionRole']],
    ['a VPC', 'VpcConfig: {SubnetIds: [s]}', ['service-role/AWSLambdaBasicExecutionRole', 'service-role/AWSLambdaVPCAccessExecutionRole']],
    ['a managed policy by name', 'Policies: AmazonS3FullAccess', ['service-role/AWSLambdaBasicExecutionRole', 'AmazonS3FullAccess']],
    ['one that is there already', 'Policies: [AWSLambdaBasicExecutionRole]', ['service-role/AWSLambdaBasicExecutionRole']],
    [
      'one under a path',
      'Policies: [AWSLambdaRole, PowerUserAccess, DatabaseAdministrator]',
      ['service-role/AWSLambdaBasicExecutionRole', 'service-role/AWSLambdaRole', 'PowerUserAccess', 'job-function/DatabaseAdministrator'],
    ],
  ])('has managed policies for %s', (_, properties, names) => {
    const arns = names.map((name) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` }));
    expect(expanded(functionWith(properties)).resources.FnRole?.Properties.ManagedPolicyArns).toEqual(arns);
  });

  it('takes ARNs and references of policies as they are', () => {
    const { resources } = expanded(functionWith('Policies:\n- arn:aws:iam::aws:policy/X\n- !Ref Own\n- !Ref AWS::NoValue'));
    expect(resources.FnRole?.Properties.ManagedPolicyArns).toEqual([BASIC, 'arn:aws:iam::aws:policy/X', { Ref: 'Own' }]);
  });

  it.each<[string, string, unknown]>([
    [
      'a document',
      'Policies: {Statement: [{Effect: Allow, Action: "kms:*", Resource: "*"}]}',
      [{ PolicyName: 'FnRolePolicy0', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] } }],
    ],
    [
      'a policy template, whose number is its place in the list',
      'Policies:\n- AmazonS3FullAccess\n- KMSDecryptPolicy: {KeyId: !Ref Key}',
      [
        {
          PolicyName: 'FnRolePolicy1',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: ['kms:Decrypt'],
                Resource: [
                  { 'Fn::Sub': ['arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${KeyId}', { KeyId: { Ref: 'Key' } }] },
                ],
              },
            ],
          },
        },
      ],
    ],
    [
      'a template that takes an ARN',
      'Policies:\n- AWSSecretsManagerGetSecretValuePolicy: {SecretArn: !Ref S}',
      [{ PolicyDocument: { Statement: [{ Action: ['secretsmanager:GetSecretValue'], Resource: [{ Ref: 'S' }] }] } }],
    ],
    [
      'a template without parameters',
      'Policies:\n- EC2DescribePolicy: {}',
      [{ PolicyDocument: { Statement: [{ Action: ['ec2:DescribeRegions', 'ec2:DescribeInstances'], Resource: ['*'] }] } }],
    ],
    [
      'a template with a condition',
      'Policies:\n- EFSWriteAccessPolicy: {FileSystem: f, AccessPoint: a}',
      [
        {
          PolicyDocument: {
            Statement: [
              {
                Condition: {
                  StringEquals: {
                    'elasticfilesystem:AccessPointArn': {
                      'Fn::Sub': [
                        'arn:${AWS::Partition}:elasticfilesystem:${AWS::Region}:${AWS::AccountId}:access-point/${AccessPoint}',
                        { AccessPoint: 'a' },
                      ],
                    },
                  },
                },
              },
            ],
          },
        },
      ],
    ],
    [
      'a document under a condition',
      'Policies:\n- !If [C, {Statement: []}, !Ref AWS::NoValue]',
      [{ 'Fn::If': ['C', { PolicyName: 'FnRolePolicy0', PolicyDocument: { Statement: [] } }, { Ref: 'AWS::NoValue' }] }],
    ],
    [
      'a dead letter queue',
      'DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Q.Arn}',
      [
        {
          PolicyName: 'DeadLetterQueuePolicy',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Q', 'Arn'] } }],
          },
        },
      ],
    ],
  ])('has inline policies for %s', (_, properties, policies) => {
    expect(expanded(functionWith(properties)).resources.FnRole?.Properties.Policies).toMatchObject(policies as object);
  });

  it('has a managed policy under a condition', () => {
    const { resources } = expanded(functionWith('Policies:\n- !If [C, AmazonS3FullAccess, !Ref AWS::NoValue]'));
    expect(resources.FnRole?.Properties.ManagedPolicyArns).toEqual([
      BASIC,
      { 'Fn::If': ['C', { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AmazonS3FullAccess' }, { Ref: 'AWS::NoValue' }] },
    ]);
  });

  it('warns of a policy that is nothing SAM knows, at its place', () => {
    const text = functionWith('Policies:\n- S3CrudPolcy: {BucketName: b}');
    const { problems } = expanded(text).expansion;
    expect(problems).toMatchObject([{ level: 'warning', code: 'sam-policy-unknown', span: { start: text.indexOf('S3CrudPolcy') } }]);
  });

  it.each<[string, string, unknown, unknown, unknown]>([
    ['its own', 'Role: !GetAtt R.Arn', { 'Fn::GetAtt': ['R', 'Arn'] }, undefined, undefined],
    ['none said', 'Role: !Ref AWS::NoValue', { 'Fn::GetAtt': ['FnRole', 'Arn'] }, 'made', undefined],
    [
      "its own under a condition, SAM's otherwise",
      'Role: !If [C, arn:r, !Ref AWS::NoValue]',
      { 'Fn::If': ['C', 'arn:r', { 'Fn::GetAtt': ['FnRole', 'Arn'] }] },
      'NOTC',
      { NOTC: { 'Fn::Not': [{ Condition: 'C' }] } },
    ],
    [
      "SAM's under a condition",
      'Role: !If [C, !Ref AWS::NoValue, arn:r]',
      { 'Fn::If': ['C', { 'Fn::GetAtt': ['FnRole', 'Arn'] }, 'arn:r'] },
      'C',
      undefined,
    ],
  ])('has a role: %s', (_, properties, role, made, conditions) => {
    const { resources, root } = expanded(functionWith(properties));
    expect(resources.Fn?.Properties.Role).toEqual(role);
    expect(resources.FnRole === undefined ? undefined : (resources.FnRole.Condition ?? 'made')).toEqual(made);
    expect(root.Conditions).toEqual(conditions);
  });

  it('publishes a version and an alias, which its events and names lead to', () => {
    const { resources } = expanded(
      functionWith(
        'AutoPublishAlias: live-1\nProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 1}\nEvents: {Q: {Type: SQS, Properties: {Queue: !GetAtt Q.Arn}}}',
        'Outputs: {A: {Value: !Ref Fn.Alias}, B: {Value: !Sub "${Fn.Version}/${!Fn.Alias}/${Fn.Arn}"}, C: {Value: !GetAtt Fn.Arn}}',
      ),
    );
    expect(resources.FnVersion).toEqual({
      Type: 'AWS::Lambda::Version',
      DeletionPolicy: 'Retain',
      Properties: { FunctionName: { Ref: 'Fn' } },
    });
    expect(resources.FnAliasliveD1?.Properties).toEqual({
      Name: 'live-1',
      FunctionName: { Ref: 'Fn' },
      FunctionVersion: { 'Fn::GetAtt': ['FnVersion', 'Version'] },
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 },
    });
    expect(resources.FnQ?.Properties.FunctionName).toEqual({ Ref: 'FnAliasliveD1' });
  });

  it('has names for what SAM made put into Ref and Sub everywhere', () => {
    const { root } = expanded(
      functionWith(
        'AutoPublishAlias: live',
        'Outputs: {A: {Value: !Ref Fn.Alias}, B: {Value: !Sub "${Fn.Version}/${!Fn.Alias}/${Fn.Arn}"}, C: {Value: {Ref: Fn.Alias}}, D: {Value: !Sub ["${x}/${Fn.Alias}", {x: !Ref Fn.Version}]}}',
      ),
    );
    expect(root.Outputs).toEqual({
      A: { Value: { Ref: 'FnAliaslive' } },
      B: { Value: { 'Fn::Sub': '${FnVersion}/${!Fn.Alias}/${Fn.Arn}' } },
      C: { Value: { Ref: 'FnAliaslive' } },
      D: { Value: { 'Fn::Sub': ['${x}/${FnAliaslive}', { x: { Ref: 'FnVersion' } }] } },
    });
  });

  it('has a URL; without authentication everyone may call it', () => {
    const { resources } = expanded(functionWith('FunctionUrlConfig: {AuthType: NONE, Cors: {AllowOrigins: ["*"]}}'));
    expect(resources.FnUrl).toMatchObject({ Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: { Ref: 'Fn' }, AuthType: 'NONE' } });
    expect(resources.FnUrlPublicPermissions?.Properties).toEqual({
      Action: 'lambda:InvokeFunctionUrl',
      FunctionName: { Ref: 'Fn' },
      Principal: '*',
      FunctionUrlAuthType: 'NONE',
    });
    expect(kinds(expanded(functionWith('FunctionUrlConfig: {AuthType: AWS_IAM}')).resources)).toEqual([
      'Fn Lambda::Function',
      'FnRole IAM::Role',
      'FnUrl Lambda::Url',
    ]);
  });

  it('hands its condition and deletion policy on to what SAM makes, its metadata to itself alone', () => {
    const text = functionWith('FunctionUrlConfig: {AuthType: AWS_IAM}').replace(
      '    Properties:',
      '    Condition: C\n    DeletionPolicy: Retain\n    Metadata: {m: 1}\n    DependsOn: X\n    Properties:',
    );
    const { resources } = expanded(text);
    expect(resources.Fn).toMatchObject({ Condition: 'C', DeletionPolicy: 'Retain', Metadata: { m: 1 }, DependsOn: 'X' });
    for (const id of ['FnRole', 'FnUrl'])
      expect(Object.keys(resources[id] ?? {})).toEqual(['Type', 'Condition', 'DeletionPolicy', 'Properties']);
  });

  it('shares one CodeDeploy application and role with the other functions', () => {
    const other =
      '  Fn2:\n    Type: AWS::Serverless::Function\n    Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: AllAtOnce}}';
    const { resources } = expanded(
      functionWith('AutoPublishAlias: live\nDeploymentPreference: {Type: AllAtOnce, Alarms: [!Ref A]}', other),
    );
    expect(kinds(resources).filter((kind) => /CodeDeploy/.test(kind))).toEqual([
      'ServerlessDeploymentApplication CodeDeploy::Application',
      'CodeDeployServiceRole IAM::Role',
      'FnDeploymentGroup CodeDeploy::DeploymentGroup',
      'Fn2DeploymentGroup CodeDeploy::DeploymentGroup',
    ]);
  });

  it('makes destinations of asynchronous calls that have no ARN, and lets the role send to them', () => {
    const { resources } = expanded(
      functionWith(
        'EventInvokeConfig:\n  MaximumRetryAttempts: 1\n  DestinationConfig:\n    OnSuccess: {Type: SQS}\n    OnFailure: {Type: EventBridge, Destination: !GetAtt Bus.Arn}',
      ),
    );
    expect(resources.FnEventInvokeConfigOnSuccessQueue).toEqual({ Type: 'AWS::SQS::Queue', Properties: {} });
    expect(resources.FnEventInvokeConfig?.Properties).toEqual({
      FunctionName: { Ref: 'Fn' },
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 1,
      DestinationConfig: {
        OnSuccess: { Destination: { 'Fn::GetAtt': ['FnEventInvokeConfigOnSuccessQueue', 'Arn'] } },
        OnFailure: { Destination: { 'Fn::GetAtt': ['Bus', 'Arn'] } },
      },
    });
    expect(resources.FnRole?.Properties.Policies).toMatchObject([
      {
        PolicyDocument: {
          Statement: [{ Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['FnEventInvokeConfigOnSuccessQueue', 'Arn'] } }],
        },
      },
      { PolicyDocument: { Statement: [{ Action: 'events:PutEvents', Resource: { 'Fn::GetAtt': ['Bus', 'Arn'] } }] } },
    ]);
  });
});
