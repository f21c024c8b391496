import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../src/secrets/index.js';
import { generated } from './generated.js';

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
    'Passwords:\n- a\n',
    'password: !If [a, ',
    'passwords = ["a", ',
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
