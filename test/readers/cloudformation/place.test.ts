import { describe, expect, it } from 'vitest';
import { EMPTY_WORLD, type Path, type World } from '../../../src/model/index.js';
import { scopeOf } from './read.js';

const TEMPLATE = `Parameters:
  Env: {Type: String, Default: dev}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    Properties:
      BucketName: !Sub "data-\${Env}"
      Tags:
        - Key: a
          Value: b
        - !If
          - IsProd
          - Key: only-prod
            Value: c
          - !Ref AWS::NoValue
        - {Key: d, Value: e}
      VersioningConfiguration:
        Status: !If [IsProd, Enabled, Suspended]
      BucketEncryption: !If
        - IsProd
        - ServerSideEncryptionConfiguration:
            - ServerSideEncryptionByDefault:
                SSEAlgorithm: aws:kms
        - !Ref AWS::NoValue
      LoggingConfiguration: {DestinationBucketName: logs}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument: '{"Statement": [{"Effect": "Deny"}]}'
`;

const PROD: World = { ...EMPTY_WORLD, values: new Map([['parameter Env', 'prod']]) };
const DEV: World = { ...EMPTY_WORLD, values: new Map([['parameter Env', 'dev']]) };
const { resource } = scopeOf(TEMPLATE);
const lines = TEMPLATE.split('\n');

/** The text at a place of the bucket (or of another resource), with `~` before it where it is not the place itself. */
function textAt(path: Path, world?: World, section?: 'properties' | 'attributes', address = 'Bucket'): string {
  const { origin, exact } = resource(address).place(path, world, section);
  if (origin.kind !== 'file') throw new Error('no file');
  const { start, end } = origin.range;
  const text =
    start.line === end.line
      ? lines[start.line - 1]?.slice(start.column - 1, end.column - 1)
      : `${lines[start.line - 1]?.slice(start.column - 1)}…`;
  return `${exact ? '' : '~'}${start.line}:${start.column} ${text}`;
}

describe('a place', () => {
  it.each<[string, Path, string, World?]>([
    ['of the resource is its logical id', [], '6:3 Bucket'],
    ['of a function is what it is applied to', ['BucketName'], '10:24 "data-${Env}"'],
    ['of a map over several lines is its key', ['VersioningConfiguration'], '20:7 VersioningConfiguration'],
    ['of a map in one line is the map', ['LoggingConfiguration'], '28:29 {DestinationBucketName: logs}'],
    ['of a scalar is the scalar', ['LoggingConfiguration', 'DestinationBucketName'], '28:53 logs'],
    ['of an item of a list', ['Tags', 0, 'Value'], '13:18 b'],
    ['of a branch where the condition holds', ['VersioningConfiguration', 'Status'], '21:30 Enabled', PROD],
    ['of a branch where it does not', ['VersioningConfiguration', 'Status'], '21:39 Suspended', DEV],
    ['of an If that nothing decides', ['VersioningConfiguration', 'Status'], '21:21 [IsProd, Enabled, Suspended]'],
    [
      'inside a branch',
      ['BucketEncryption', 'ServerSideEncryptionConfiguration', 0, 'ServerSideEncryptionByDefault', 'SSEAlgorithm'],
      '26:31 aws:kms',
      PROD,
    ],
    ['of an item after one that is there', ['Tags', 2, 'Key'], '19:17 d', PROD],
    ['of an item after one that is absent', ['Tags', 1, 'Key'], '19:17 d', DEV],
    ['of an item that is there in one world', ['Tags', 1, 'Key'], '16:18 only-prod', PROD],
    ['of a property that is absent is the resource', ['KmsKeyId'], '~6:3 Bucket'],
    ['of a branch that is absent is the resource', ['BucketEncryption', 'X'], '~6:3 Bucket', DEV],
    ['of what is absent inside is what surrounds it', ['LoggingConfiguration', 'LogFilePrefix'], '~28:29 {DestinationBucketName: logs}'],
    ['of what is absent inside a large map is its key', ['VersioningConfiguration', 'MFADelete'], '~20:7 VersioningConfiguration'],
    ['of an item that is not there is the list', ['Tags', 9], '~11:7 Tags'],
  ])('%s', (_, path, expected, world) => {
    expect(textAt(path, world)).toBe(expected);
  });

  it('of an attribute', () => {
    expect(textAt(['DeletionPolicy'], undefined, 'attributes')).toBe('8:21 Retain');
    expect(textAt(['UpdateReplacePolicy'], undefined, 'attributes')).toBe('~6:3 Bucket');
  });

  it('inside a policy that is written as text is the text', () => {
    expect(textAt(['PolicyDocument', 'Statement', 0, 'Effect'], undefined, 'properties', 'Policy')).toBe(
      `33:23 '{"Statement": [{"Effect": "Deny"}]}'`,
    );
  });

  it('of the whole resource covers it', () => {
    expect(resource('Bucket').origin).toMatchObject({ file: 't.yaml', range: { start: { line: 6, column: 3 }, end: { line: 28 } } });
  });

  it('in JSON', () => {
    const json =
      '{\n  "Resources": {\n    "Key": {\n      "Type": "AWS::KMS::Key",\n      "Properties": {"EnableKeyRotation": "true"}\n    }\n  }\n}\n';
    const key = scopeOf({ 't.json': json }).resource('Key');
    expect(key.place(['EnableKeyRotation'])).toMatchObject({
      origin: { range: { start: { line: 5, column: 43 }, end: { line: 5, column: 49 } } },
      exact: true,
    });
    expect(key.place([])).toMatchObject({ origin: { range: { start: { line: 3, column: 5 }, end: { line: 3, column: 10 } } } });
    expect(key.place(['Enabled'])).toMatchObject({ origin: { range: { start: { line: 3, column: 5 } } }, exact: false });
  });

  it('of an open value may be asked for in any order, any number of times, without a word', () => {
    const { scope, diagnostics } = scopeOf(TEMPLATE);
    const before = diagnostics.length;
    for (const one of scope.resources)
      for (const world of [PROD, DEV, undefined]) for (const key of Object.keys(one.properties)) one.place([key, 0], world);
    expect(diagnostics).toHaveLength(before);
  });
});
