import { expect, test } from 'vitest';
import { cloudformationText, terraformText } from '../../src/rules/fix-text.js';
import { matchesGlob } from '../../src/rules/index.js';

test('a patch is printed as the YAML that people write', async () => {
  const patch = {
    DeletionPolicy: 'Retain',
    Properties: { Encrypted: true, KmsKeyId: { 'Fn::GetAtt': ['EncryptionKey', 'Arn'] }, Other: { Ref: 'EncryptionKey' } },
  };
  expect(await cloudformationText(patch)).toBe(
    'DeletionPolicy: Retain\nProperties:\n  Encrypted: true\n  KmsKeyId: !GetAtt EncryptionKey.Arn\n  Other: !Ref EncryptionKey',
  );
});

test('attributes are printed as HCL: aligned, nested objects as blocks, references bare', () => {
  const attributes = {
    encrypted: true,
    kms_key_id: 'aws_kms_key.main.arn',
    mode: 'say "on"',
    protocols: ['TLSv1.2'],
    rule: [{ apply: { sse: 'aws:kms' } }, { apply: { sse: 'AES256' } }],
  };
  expect(terraformText(attributes)).toBe(
    [
      'encrypted  = true',
      'kms_key_id = aws_kms_key.main.arn',
      'mode       = "say \\"on\\""',
      'protocols  = ["TLSv1.2"]',
      'rule {',
      '  apply {',
      '    sse = "aws:kms"',
      '  }',
      '}',
      'rule {',
      '  apply {',
      '    sse = "AES256"',
      '  }',
      '}',
    ].join('\n'),
  );
});

test.each([
  ['kms-rotation-disabled', 'kms-rotation-disabled', true],
  ['kms-rotation-disabled', 'kms-*', true],
  ['kms-rotation-disabled', '*-disabled', true],
  ['kms-rotation-disabled', 'kms-*-disabled', true],
  ['kms-rotation-disabled', '*', true],
  ['kms-rotation-disabled', 'kms', false],
  ['kms-rotation-disabled', 'kms-*-enabled', false],
  ['kms-ab', 'kms-a*ab', false],
  ['kms-rotation-disabled', '*rot*dis*', true],
])('the id %s and the glob %s: %s', (id, glob, matches) => {
  expect(matchesGlob(id, glob)).toBe(matches);
});
