import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSecrets, isCredentialName, mask } from '../../src/secrets/index.js';
import { generated } from './generated.js';

describe('mask', () => {
  it('keeps length, lines and what stands around', () => {
    const text = 'a: |\n  one\r\n  two\nb: 1\n';
    expect(mask(text, [{ start: 7, end: 17 }])).toBe('a: |\n  •••\r\n•••••\nb: 1\n');
  });

  it('takes spans in any order, overlapping or reaching outside', () => {
    const spans = [
      { start: 4, end: 99 },
      { start: -5, end: 1 },
      { start: 3, end: 5 },
      { start: 2, end: 2 },
    ];
    expect(mask('abcdef', spans)).toBe('•bc•••');
  });

  it('masks both halves of a character outside the basic plane', () => {
    expect(mask('a🔑b', [{ start: 1, end: 3 }])).toBe('a••b');
  });

  const anyText = fc.string({ unit: 'binary', maxLength: 60 });
  const spansIn = fc.array(fc.record({ start: fc.nat(80), end: fc.nat(80) }), { maxLength: 5 });

  it('is idempotent, keeps the length and every line break, and leaves nothing of a span', () => {
    fc.assert(
      fc.property(anyText, spansIn, (text, spans) => {
        const masked = mask(text, spans);
        expect(masked).toHaveLength(text.length);
        expect(mask(masked, spans)).toBe(masked);
        for (let at = 0; at < text.length; at++) {
          const isInside = spans.some((span) => span.start <= at && at < span.end);
          const isBreak = /[\r\n\u2028\u2029\u0085]/.test(text[at] ?? '');
          expect(masked[at]).toBe(isInside && !isBreak ? '•' : text[at]);
        }
      }),
    );
  });

  const printable = fc.string({
    unit: fc.constantFrom(...'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%+=_'),
    minLength: 8,
    maxLength: 40,
  });

  it('leaves no four characters in a row of a password that a template writes', () => {
    fc.assert(
      fc.property(
        printable.filter((secret) => !/^[!#%=+_]/.test(secret)),
        fc.constantFrom<(secret: string) => string>(
          (secret) => `Environment:\n  DB_PASSWORD: '${secret}'\n`,
          (secret) => `{"MasterUserPassword": "${secret}"}`,
          (secret) => `#!/bin/sh\nexport DB_PASSWORD="${secret}"\n`,
          (secret) => `- Name: DB_PASSWORD\n  Value: "${secret}"\n`,
          (secret) => `DbPassword:\n  Type: String\n  Default: "${secret}"\n`,
        ),
        (secret, template) => {
          const text = template(secret);
          const masked = mask(text, findSecrets(text));
          const written = template('');
          for (let at = 0; at + 4 <= secret.length; at++) {
            const stretch = secret.slice(at, at + 4);
            if (!written.includes(stretch)) expect(masked).not.toContain(stretch);
          }
        },
      ),
    );
  });
});

describe('isCredentialName', () => {
  it.each([
    'DB_PASSWORD',
    'dbPassword',
    'DBPassword',
    'password',
    'apiKey',
    'API_KEY',
    'APIKey',
    'SECRET',
    'ClientSecret',
    'authToken',
    'PrivateKey',
    'ConnectionString',
    'connection.string',
    '/prod/db/password',
    'spring.datasource.password',
    'AWS_SECRET_ACCESS_KEY',
    'MasterUserPassword',
    'HECToken',
    'kafka.sasl.password',
    'SSH_PRIVATE_KEY',
    'PreSharedKey',
    'USER_CREDENTIALS',
    'github-token',
    'SecretString',
    'AuthToken',
  ])('%s', (name) => expect(isCredentialName(name)).toBe(true));

  it.each([
    'SECRET_ARN',
    'SecretName',
    'SecretId',
    'TOKEN_URL',
    'PASSWORD_PARAMETER',
    'PasswordParameterName',
    'KEY_ID',
    'KmsKeyId',
    'AccessKeyId',
    'PUBLIC_KEY',
    'PRIVATE_KEY_PATH',
    'PasswordLength',
    'MinimumPasswordLength',
    'TokenTTL',
    'ServiceToken',
    'NextToken',
    'MaxTokens',
    'ClientRequestToken',
    'PartitionKey',
    'KeyPair',
    'KeyName',
    'SecretsManagerEndpoint',
    'GenerateSecretString',
    'EnablePassword',
    'ManageMasterUserPassword',
    'SecretRotation',
    'KMSKey',
    'BucketName',
    'Description',
    '',
    '___',
    'tokenizer',
    'compass',
    'monkey',
    'turnkey',
    'SecretKeyRef',
    'DatabaseUrl',
    'passwordPolicy',
  ])('not %s', (name) => expect(isCredentialName(name)).toBe(false));
});

describe('texts made to be slow', () => {
  const megabyte = (piece: string) => piece.repeat(Math.ceil(1_000_000 / piece.length));

  /** Each would take minutes or more where a step is quadratic; vitest's own time limit is the judge. */
  it.each([
    'a',
    ' ',
    '{',
    '"',
    'eyJ',
    'eyJ-',
    'eyJaaaaaaaaaaaa.eyJ',
    'hvs.',
    'xoxb-',
    'AKIA',
    `AKIA${generated(16, 'upper')} `,
    '-----BEGIN PRIVATE KEY-----\n',
    '-----BEGIN RSA PRIVATE KEY-----AAAA',
    'LS0tLS1CRUdJTi',
    'a://b:c',
    'postgres://u:p@',
    'password',
    'password=',
    'password = ',
    'password: ',
    'password:\n',
    '"password": {',
    '"password": {"Default": ',
    'password="',
    'password: |\n  a\n',
    'Name: DB_PASSWORD\n',
    'Name: DB_PASSWORD, Value: ',
    'curl -u ',
    'mysql -p',
    'htpasswd -b ',
    'identified by ',
    'authorization: basic ',
    'variable "db_password" {',
    `${' '.repeat(40)}token:`,
  ])(
    '%j, repeated to a megabyte',
    (piece) => {
      expect(findSecrets(megabyte(piece))).toBeInstanceOf(Array);
    },
    5_000,
  );
});
