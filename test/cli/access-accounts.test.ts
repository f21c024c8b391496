import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, keyward, type Ran } from './access-io.js';

describe('saved account data', () => {
  const ACCOUNTS = path.join(import.meta.dirname, '../../fixtures/accounts');
  const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1111aaaa-22bb-33cc-44dd-555566667777';
  const inputs = [
    '--in',
    'shop.json',
    'orders-key-grants.json',
    'key-aliases.json',
    '--config',
    'none',
    '--key-policy',
    `${KEY}=orders-key-policy.json`,
  ];
  const ask = (...asked: string[]): Promise<Ran> => keyward(ACCOUNTS, [...asked, ...inputs]);

  it('finds everyone who can use a key: by IAM, by grants, and those whose policies are not all there', async () => {
    const { out, code } = await ask('who-can', 'kms:Decrypt', 'alias/orders', '--format', 'json');
    expect(code).toBe(3);
    const { who } = JSON.parse(out) as { who: { who: string; decision: string }[] };
    expect(who.map(({ who: name, decision }) => [name, decision])).toEqual([
      ['arn:aws:iam::444455556666:role/partner', 'conditional'],
      ['role app', 'allowed'],
      ["the account's root user", 'allowed'],
      ['user cy', 'undecided'],
      ['user dee', 'undecided'],
    ]);
  });

  it('follows chains, each with its evidence', async () => {
    const { out } = await ask('who-can', 'kms:Decrypt', 'alias/orders', '--chains', '--format', 'json');
    const { chains } = JSON.parse(out) as {
      chains: { who: string; decision: string; links: { by: string; words: string; steps: { file?: string }[] }[] }[];
    };
    expect(chains.map(({ who, decision, links }) => [who, decision, links.map(({ words }) => words)])).toEqual([
      [
        'identity provider arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
        'conditional',
        [
          'can assume role deploy',
          'can pass role app to lambda.amazonaws.com and run code there with lambda:CreateFunction',
          'may kms:Decrypt',
        ],
      ],
      [
        'role deploy',
        'allowed',
        ['can pass role app to lambda.amazonaws.com and run code there with lambda:CreateFunction', 'may kms:Decrypt'],
      ],
      ['user ann', 'allowed', ['can rewrite the key policy of key/1111aaaa-22bb-33cc-44dd-555566667777']],
      ['user ben', 'allowed', ['can assume role app', 'may kms:Decrypt']],
    ]);
    for (const { links } of chains)
      for (const { steps } of links) expect(steps.some(({ file }) => file?.endsWith('.json') === true)).toBe(true);
  });

  it.each([
    ['only the default version of a managed policy counts', ['app', 'kms:Encrypt', KEY], 'implicitly-denied'],
    ['a key whose policy was not read leaves the answer open', ['app', 'kms:Decrypt', KEY.replace('1111aaaa', '2222aaaa')], 'undecided'],
    ['a session of a role', ['arn:aws:sts::111122223333:assumed-role/app/i-1', 'kms:Decrypt', 'alias/orders'], 'allowed'],
    ['a role by its ARN with a path', ['arn:aws:iam::111122223333:role/ci/deploy', 'kms:Decrypt', 'alias/orders'], 'implicitly-denied'],
    ['a parameter under the AWS managed key', ['app', 'ssm:GetParameter', '/shop/db', '--encrypted-by', 'alias/aws/ssm'], 'allowed'],
    ['a policy that is attached and not listed leaves the answer open', ['cy', 's3:GetObject', 's3://pile/x'], 'undecided'],
    ['a bucket that was not read is assumed to have no policy', ['ann', 's3:GetObject', 's3://pile/x'], 'implicitly-denied'],
    ['unless nothing is assumed', ['ann', 's3:GetObject', 's3://pile/x', '--assume', 'none'], 'undecided'],
  ])('%s', async (_, asked, decision) => {
    const { out } = await ask('can', ...asked, '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({ decision });
  });

  it('says that a principal of a whole account is not there', async () => {
    const { code, err } = await ask('can', 'arn:aws:iam::111122223333:user/eve', 'kms:Decrypt', KEY);
    expect(code).toBe(2);
    expect(err).toContain('No input holds a principal called arn:aws:iam::111122223333:user/eve.');
  });

  it('tells a malformed policy by file, line and column', async () => {
    const { err } = await ask('can', 'dee', 'kms:Decrypt', KEY);
    expect(err).toContain('error[policy-effect]: fixtures/accounts/shop.json:52:39: policy broken of user dee: "allow" is no Effect.');
  });

  it.each([
    [
      'a key policy with a member written twice',
      '{"Statement":[{"Effect":"Allow","Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*"}]}',
      'policy-duplicate-member',
    ],
    ['a key policy whose text is no JSON', JSON.stringify({ Policy: '{"Statement": [' }), 'policy-syntax'],
    [
      'a principal that AWS would refuse',
      '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"app"},"Action":"kms:*","Resource":"*"}]}',
      'policy-principal',
    ],
  ])('%s leaves the key open to anyone', async (_, text, problem) => {
    const folder = folderOf({ 'key.json': text, 'shop.json': readFileSync(path.join(ACCOUNTS, 'shop.json'), 'utf8') });
    const { code, err } = await keyward(folder, ['can', 'app', 'kms:Encrypt', KEY, '--in', 'shop.json', '--key-policy', `${KEY}=key.json`]);
    expect(err).toContain(`error[${problem}]: key.json:1:`);
    expect(code).toBe(3);
  });

  it('reads the policy of a secret with the secret it is on', async () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-AbCdEf';
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:user/ben' },
      Action: 'secretsmanager:GetSecretValue',
      Resource: '*',
    };
    const secret = JSON.stringify({
      ARN: arn,
      Name: 'shop/db',
      ResourcePolicy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    });
    const folder = folderOf({ 'secret.json': secret, 'shop.json': readFileSync(path.join(ACCOUNTS, 'shop.json'), 'utf8') });
    const { out } = await keyward(folder, ['can', 'ben', 'secretsmanager:GetSecretValue', 'shop/db', '--explain', '--in', '.']);
    expect(out).toContain(': allowed.');
    expect(out).toContain('secret.json:1:');
  });

  it('says what is wrong with data that are not of an account', async () => {
    const folder = folderOf({ 'a.json': '{"RoleDetailList":[{"RoleName":"x"}]}', 'b.json': '{"RoleDetailList":[' });
    const entry = await keyward(folder, ['who-can', 'kms:Decrypt', KEY, '--in', 'a.json']);
    expect([entry.code, entry.err]).toEqual([2, expect.stringContaining('an entry of RoleDetailList has no Arn')]);
    const broken = await keyward(folder, ['who-can', 'kms:Decrypt', KEY, '--in', 'b.json']);
    expect(broken.err).toContain('b.json:1:20');
  });

  it('asks a policy document alone', async () => {
    const files = {
      'read.json': JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::pile/*' }],
      }),
    };
    const yes = await keyward(folderOf(files), ['can', 'read.json', 's3:GetObject', 's3://pile/a', '--in', 'read.json']);
    expect(yes.out).toContain('user read.json may s3:GetObject on arn:aws:s3:::pile/a: allowed.');
    const no = await keyward(folderOf(files), ['can', 'read.json', 's3:PutObject', 's3://pile/a', '--in', 'read.json']);
    expect(no.out).toContain('implicitly-denied');
  });

  it('reports an empty folder and a file that is neither', async () => {
    const { code, err } = await keyward(folderOf({ 'notes.txt': 'x' }), ['who-can', 'kms:Decrypt', 'Key', '--in', '.']);
    expect(code).toBe(2);
    expect(err).toContain('No template, policy or saved account data were found in ..');
  });
});
