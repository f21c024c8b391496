import { describe, expect, it } from 'vitest';
import { project } from '../cli/project.js';

/** `▸` stands before the place a finding points at; it is not part of the template. */
function withMark(text: string): { readonly text: string; readonly line: number; readonly column: number } {
  const before = text.slice(0, text.indexOf('▸')).split('\n');
  return { text: text.replace('▸', ''), line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const key = (policy: string): string =>
  `Resources:\n  K:\n    Type: AWS::KMS::Key\n    Properties:\n      KeyPolicy:\n        Version: '2012-10-17'\n        Statement:\n${policy}`;

describe('a finding points at what decides', () => {
  it.each([
    ['a value', 'kms-rotation-disabled', 'Resources:\n  K:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: ▸false\n'],
    [
      'a value in JSON, on one long line',
      'kms-rotation-disabled',
      '{"Resources": {"K": {"Type": "AWS::KMS::Key", "Properties": {"Description": "ä😀", "EnableKeyRotation": ▸false}}}}',
    ],
    [
      'the resource, where a property is absent',
      'kms-rotation-disabled',
      'Resources:\n  ▸K:\n    Type: AWS::KMS::Key\n    Properties:\n      Description: d\n',
    ],
    [
      'a principal',
      'kms-policy-wildcard-principal',
      key("          - Effect: Allow\n            Principal: ▸'*'\n            Action: kms:Decrypt\n            Resource: '*'\n"),
    ],
    [
      'a principal in a list',
      'kms-policy-wildcard-principal',
      key(
        "          - Effect: Allow\n            Principal: { AWS: ['arn:aws:iam::111122223333:root', ▸'*'] }\n            Action: kms:Decrypt\n            Resource: '*'\n",
      ),
    ],
    [
      'a value that stands in a Mapping',
      'ebs-volume-not-encrypted',
      'Mappings:\n  M: { a: { b: false } }\nResources:\n  V:\n    Type: AWS::EC2::Volume\n    Properties:\n      Encrypted: !FindInMap ▸[M, a, b]\n',
    ],
    [
      'a branch of a condition',
      'ebs-volume-not-encrypted',
      'Parameters:\n  E: { Type: String, AllowedValues: [a] }\nConditions:\n  C: !Equals [!Ref E, a]\nResources:\n  V:\n    Type: AWS::EC2::Volume\n    Properties:\n      Encrypted: !If [C, ▸false, true]\n',
    ],
    [
      'an environment variable',
      'lambda-env-secret',
      'Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Environment:\n        Variables:\n          DB_PASSWORD: ▸Tr0ub4dor-Xy7Lq2\n',
    ],
    [
      'an item of a list of pairs',
      'ecs-task-env-secret',
      'Resources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      ContainerDefinitions:\n        - Name: a\n          Environment:\n            - { Name: OK, Value: x }\n            - { Name: DB_PASSWORD, Value: ▸Tr0ub4dor-Xy7Lq2 }\n',
    ],
    [
      'a password',
      'rds-master-password-in-code',
      'Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      MasterUserPassword: ▸"Tr0ub4dor-Xy7Lq2"\n',
    ],
    [
      'a default of a parameter',
      'cfn-parameter-secret-default',
      'Parameters:\n  DbPassword:\n    Type: String\n    NoEcho: true\n    Default: ▸Tr0ub4dor-Xy7Lq2\nResources: {}\n',
    ],
    ['a parameter without NoEcho', 'cfn-parameter-secret-without-noecho', 'Parameters:\n  ▸DbPassword:\n    Type: String\nResources: {}\n'],
    [
      'a protocol version',
      'cloudfront-minimum-tls-outdated',
      'Resources:\n  D:\n    Type: AWS::CloudFront::Distribution\n    Properties:\n      DistributionConfig:\n        Aliases: [a.example.com]\n        ViewerCertificate:\n          AcmCertificateArn: arn:aws:acm:us-east-1:111122223333:certificate/a\n          SslSupportMethod: sni-only\n          MinimumProtocolVersion: ▸TLSv1\n',
    ],
    [
      'an action of a listener',
      'elb-listener-plain-http',
      'Resources:\n  L:\n    Type: AWS::ElasticLoadBalancingV2::Listener\n    Properties:\n      LoadBalancerArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/b\n      Port: 80\n      Protocol: HTTP\n      DefaultActions: ▸[{ Type: forward, TargetGroupArn: t }]\n',
    ],
    [
      'an attribute beside the properties',
      'kms-key-removed-with-stack',
      'Resources:\n  K:\n    Type: AWS::KMS::Key\n    DeletionPolicy: ▸Delete\n    UpdateReplacePolicy: Retain\n    Properties:\n      EnableKeyRotation: true\n',
    ],
    [
      'a number',
      'kms-deletion-window-too-short',
      'Resources:\n  K:\n    Type: AWS::KMS::Key\n    Properties:\n      PendingWindowInDays: ▸7\n',
    ],
    [
      'a value behind tabs and wide characters',
      'ebs-volume-not-encrypted',
      'Resources:\n  V: { Type: AWS::EC2::Volume, Properties: { AvailabilityZone: "日本😀",\t"Encrypted":\t▸false } }\n',
    ],
    [
      'a value in a file with Windows line ends and a byte order mark',
      'ebs-volume-not-encrypted',
      '\ufeffResources:\r\n  V:\r\n    Type: AWS::EC2::Volume\r\n    Properties:\r\n      Encrypted: ▸false\r\n',
    ],
    [
      'a statement of an identity policy',
      'iam-kms-decrypt-any-key',
      "Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: '2012-10-17'\n        Statement:\n          - { Effect: Allow, Action: 's3:GetObject', Resource: '*' }\n          - Effect: Allow\n            Action: kms:Decrypt\n            Resource: ▸'*'\n",
    ],
  ])('%s', async (_what, rule, marked) => {
    const { text, line, column } = withMark(marked);
    const file = text.startsWith('{') ? 'a.json' : 'a.yaml';
    const report = await project({ [file]: text }).report([file, '--rule', rule]);
    expect(report.findings.map(({ location }) => `${location.file}:${location.range?.start.line}:${location.range?.start.column}`)).toEqual(
      [`${file}:${line}:${column}`],
    );
    const [{ location, secret }] = report.findings as [(typeof report.findings)[number]];
    // The marked stretch of the frame is what stands there; secrets have no frame.
    const shown = location.frame?.lines.find(({ number }) => number === line);
    if (secret) expect(location.frame).toBeUndefined();
    else expect(shown?.marks.some(({ primary, start, end }) => primary && end > start)).toBe(true);
  });
});
