import { describe, expect, test } from 'vitest';
import { EXTENSIONS } from '../../../src/model/extensions/index.js';
import { observedShapeOf, shapeAt, shapeOf } from '../../../src/model/index.js';

/** The kind of the property at a path of a type. */
function kindAt(type: string, path: string): string | undefined {
  const shape = shapeOf(type);
  return shape === undefined ? undefined : shapeAt(shape, path.split('.'))?.type;
}

describe('shapeOf', () => {
  test.each([
    ['a switch', 'AWS::KMS::Key', 'EnableKeyRotation', 'boolean'],
    ['a number', 'AWS::KMS::Key', 'RotationPeriodInDays', 'number'],
    ['text', 'AWS::KMS::Key', 'KeySpec', 'string'],
    ['a policy, which is an object or its text', 'AWS::KMS::Key', 'KeyPolicy', 'json'],
    ['a list of tags', 'AWS::KMS::Key', 'Tags', 'array'],
    ['the key of a tag', 'AWS::KMS::Key', 'Tags.[].Key', 'string'],
    [
      'an object in an object',
      'AWS::S3::Bucket',
      'BucketEncryption.ServerSideEncryptionConfiguration.[].ServerSideEncryptionByDefault.SSEAlgorithm',
      'string',
    ],
    ['a map of texts', 'AWS::Lambda::Function', 'Environment.Variables.*', 'string'],
    ['anything below JSON', 'AWS::KMS::Key', 'KeyPolicy.Statement.[].Effect', 'json'],
    ['a definition that holds itself', 'AWS::WAFv2::WebACL', 'Rules.[].Statement.NotStatement.Statement.NotStatement.Statement', 'object'],
    ['a property that CloudFormation lacks', 'AWS::SSM::Parameter', 'KeyId', 'string'],
    ['a type that CloudFormation lacks', 'Keyward::KMS::Grant', 'Operations.[]', 'string'],
  ])('%s', (_, type, path, kind) => {
    expect(kindAt(type, path)).toBe(kind);
  });

  test.each([
    ['a type that does not exist', 'AWS::KMS::Lock', 'Name'],
    ['a service that does not exist', 'AWS::Nothing::Here', 'Name'],
    ['a name with a way out of the folder', '../../x::y', 'Name'],
    ['a property that does not exist', 'AWS::KMS::Key', 'EnableRotation'],
    ['a name that every object has', 'AWS::KMS::Key', 'constructor'],
    ['an item of what is no list', 'AWS::KMS::Key', 'KeySpec.[]'],
  ])('knows nothing of %s', (_, type, path) => {
    expect(kindAt(type, path)).toBeUndefined();
  });

  test('gives the same shape again', () => {
    expect(shapeOf('AWS::KMS::Key')).toBe(shapeOf('AWS::KMS::Key'));
  });
});

test('observed facts are told from properties', () => {
  expect(observedShapeOf('Keyward::KMS::CustomKeyStore')).toMatchObject({ properties: { ConnectionState: { type: 'string' } } });
  expect(observedShapeOf('AWS::KMS::Alias')).toBeUndefined();
});

test('an extension names the AWS page it rests on and adds only what CloudFormation lacks', () => {
  for (const { type, page } of EXTENSIONS) expect(page, type).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
});
