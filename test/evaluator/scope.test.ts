import { describe, expect, it } from 'vitest';
import { accessOfScope, compileAccess, whoCan } from '../../src/evaluator/index.js';
import type { Scope } from '../../src/model/index.js';
import { DEFAULT_LIMITS, readTemplate } from '../../src/readers/index.js';

function scopeOf(text: string): Scope {
  const read = readTemplate(
    { kind: 'cloudformation', file: 'app.yaml', named: true },
    { read: () => ({ ok: true, file: 'app.yaml', text }) },
    { parameters: new Map(), imports: new Map(), foreign: new Map(), limits: DEFAULT_LIMITS },
  );
  if (read.kind !== 'scope') throw new Error(JSON.stringify(read));
  return read.scope;
}

const TEMPLATE = `
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }
            Action: kms:*
            Resource: '*'
  App:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
      ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]
      Policies:
        - PolicyName: Read
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: 'kms:Decrypt', Resource: !GetAtt Key.Arn }
              - { Effect: Allow, Action: 'ssm:GetParameter', Resource: !Sub 'arn:aws:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/app/*' }
  Other:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
      Policies:
        - PolicyName: Read
          PolicyDocument:
            Version: '2012-10-17'
            Statement: [{ Effect: Allow, Action: 'kms:Decrypt', Resource: !GetAtt OtherKey.Arn }]
  OtherKey:
    Type: AWS::KMS::Key
    Properties: {}
  Db:
    Type: AWS::SSM::Parameter
    Properties: { Name: /app/db, Type: String, Value: x }
`;

describe('who can, before deployment', () => {
  const { model, problems } = accessOfScope(scopeOf(TEMPLATE));
  const access = compileAccess(model);
  const ask = (action: string, resource: string) =>
    whoCan(access, { action, resource, context: {}, contextComplete: false }).map(({ who, decision }) => [who, decision.decision]);

  it('names the role, the account by delegation, and nobody else', () => {
    expect(problems).toEqual([]);
    expect(ask('kms:Decrypt', 'app.yaml#Key')).toEqual([
      ['role App', 'allowed'],
      ["the account's root user and administrators", 'allowed'],
    ]);
  });

  it('keeps two keys apart', () => {
    expect(ask('kms:Decrypt', 'app.yaml#OtherKey').map(([who]) => who)).toEqual([
      'role Other',
      "the account's root user and administrators",
    ]);
  });

  it('matches a parameter by its path, with symbols for account and Region', () => {
    expect(ask('ssm:GetParameter', 'app.yaml#Db')).toContainEqual(['role App', 'allowed']);
  });
});
