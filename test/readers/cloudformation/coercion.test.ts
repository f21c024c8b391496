import { describe, expect, it } from 'vitest';
import { scopeOf } from './read.js';
import { shown } from './shown.js';

const PARAMETERS = `Parameters:
  Rotate: {Type: String, Default: 'true'}
  Yes: {Type: String, AllowedValues: ['true', 'false']}
  Days: {Type: Number, Default: 7}
  Any: {Type: String}
Conditions:
  IsBig: !Equals [!Ref Days, 30]
`;

function property(type: string, name: string, written: string): unknown {
  return shown(
    scopeOf(`${PARAMETERS}Resources:\n  R:\n    Type: ${type}\n    Properties:\n      ${name}: ${written}\n`).resource('R').properties[
      name
    ],
  );
}

const KEY = 'AWS::KMS::Key';

describe('a property takes the form of its schema', () => {
  it.each<[string, string, string, string, unknown]>([
    ['a boolean in quotes', KEY, 'EnableKeyRotation', '"true"', true],
    ['a boolean in capitals', KEY, 'EnableKeyRotation', '"False"', false],
    ['a number in quotes', KEY, 'PendingWindowInDays', '"7"', 7],
    ['a number where a string belongs', KEY, 'Description', '12', '12'],
    ['a version keeps its digits', KEY, 'Description', '1.10', '1.10'],
    ['a decimal number is one where the schema says so', KEY, 'PendingWindowInDays', '7.0', 7],
    ['a boolean where a string belongs', KEY, 'Description', 'true', 'true'],
    ['what fits nowhere stays', KEY, 'EnableKeyRotation', '"maybe"', 'maybe'],
    ['inside lists and maps', KEY, 'Tags', '[{Key: 1, Value: true}]', [{ Key: '1', Value: 'true' }]],
    ['a policy written as text', KEY, 'KeyPolicy', `'{"Statement": []}'`, { Statement: [] }],
    [
      'a policy written as text with open parts',
      KEY,
      'KeyPolicy',
      `!Sub '{"Statement": [{"Principal": {"AWS": "arn:aws:iam::\${AWS::AccountId}:root"}, "Resource": "\${Any}"}]}'`,
      { Statement: [{ Principal: { AWS: 'arn:aws:iam::<AWS::AccountId>:root' }, Resource: '<parameter Any>' }] },
    ],
    ['text that is no policy stays text', KEY, 'KeyPolicy', "'{not json'", '{not json'],
    [
      'a parameter by its cases',
      KEY,
      'EnableKeyRotation',
      '!Ref Rotate',
      { if: 'parameter Rotate is true', take: true, else: '<parameter Rotate>' },
    ],
    ['a closed parameter', KEY, 'EnableKeyRotation', '!Ref Yes', { if: 'parameter Yes is true', take: true, else: false }],
    [
      'a number by all its cases, those compared later included',
      KEY,
      'PendingWindowInDays',
      '!Ref Days',
      { if: 'parameter Days is 7', take: 7, else: { if: 'parameter Days is 30', take: 30, else: '<parameter Days>' } },
    ],
    [
      'both branches',
      KEY,
      'EnableKeyRotation',
      '!If [IsBig, "true", "false"]',
      { if: 'IsBig[parameter Days is 30]', take: true, else: false },
    ],
    ['nothing where the type is not known', 'Custom::X', 'Flag', '"true"', 'true'],
  ])('%s', (_, type, name, written, expected) => {
    const value = property(type, name, written);
    if (_.startsWith('a number by all') || _ === 'a parameter by its cases') {
      const text = JSON.stringify(value);
      expect(text.replaceAll(/"<(the value of )?parameter \w+[^"]*>"/g, '"<open>"')).toBe(
        JSON.stringify(expected).replaceAll(/"<parameter \w+>"/g, '"<open>"'),
      );
    } else expect(value).toEqual(expected);
  });
});

describe('a default of AWS', () => {
  const key = (properties: string): string => `${PARAMETERS}Resources:\n  R:\n    Type: AWS::KMS::Key\n    Properties: ${properties}\n`;

  it('is entered where the property is absent, and recorded', () => {
    const { properties, defaulted } = scopeOf(key('{Description: x}')).resource('R');
    expect(properties).toMatchObject({
      KeySpec: 'SYMMETRIC_DEFAULT',
      Origin: 'AWS_KMS',
      EnableKeyRotation: false,
      Enabled: true,
      PendingWindowInDays: 30,
    });
    expect([...defaulted.keys()]).toContain('EnableKeyRotation');
    expect(defaulted.has('Description')).toBe(false);
  });

  it('is entered in the branch where the property is absent', () => {
    const { properties, defaulted } = scopeOf(key('{EnableKeyRotation: !If [IsBig, true, !Ref AWS::NoValue]}')).resource('R');
    expect(shown(properties.EnableKeyRotation)).toEqual({ if: 'IsBig[parameter Days is 30]', take: true, else: false });
    expect(defaulted.has('EnableKeyRotation')).toBe(false);
  });

  it('that rests on another is entered only there', () => {
    expect(scopeOf(key('{KeySpec: RSA_2048}')).resource('R').properties.KeyUsage).toBeUndefined();
    expect(scopeOf(key('{}')).resource('R').properties.KeyUsage).toBe('ENCRYPT_DECRYPT');
  });

  it('is not entered where another property takes its place', () => {
    const queue = (properties: string) =>
      scopeOf(`${PARAMETERS}Resources:\n  R: {Type: AWS::SQS::Queue, Properties: ${properties}}\n`).resource('R').properties;
    expect(queue('{}').SqsManagedSseEnabled).toBe(true);
    expect(queue('{KmsMasterKeyId: alias/x}').SqsManagedSseEnabled).toBeUndefined();
    expect(shown(queue('{KmsMasterKeyId: !If [IsBig, alias/x, !Ref AWS::NoValue]}').SqsManagedSseEnabled)).toEqual({
      if: 'IsBig[parameter Days is 30]',
      take: '<absent>',
      else: true,
    });
  });

  it('points at the resource', () => {
    expect(scopeOf(key('{Description: x}')).resource('R').place(['EnableKeyRotation'])).toMatchObject({
      exact: false,
      origin: { range: { start: { line: 9, column: 3 } } },
    });
  });
});
