import { describe, expect, it } from 'vitest';
import { compileAccess, type OutsideAnswer, outsideAccess, publicAccess } from '../../src/evaluator/index.js';
import { buildModel, type ShortModel, type ShortStatement } from './case-model.js';

function worded(answer: OutsideAnswer): readonly string[] | 'nobody' | 'undecided' {
  if (answer.kind !== 'some') return answer.kind === 'none' ? 'nobody' : 'undecided';
  return [...new Set(answer.ways.map(({ who, conditions }) => `${who}${conditions.length === 0 ? '' : ' when …'}`))];
}

const ANY_ACCOUNT = 'any principal of any AWS account';
const ANYONE = 'anyone, without credentials';

function model(is: 'bucket' | 'key', policy: readonly ShortStatement[], more: Partial<ShortModel> = {}): ShortModel {
  return { accounts: { A: { organization: 'o-shop' } }, ...more, resources: { It: { is, policy } } };
}

function isPublic(short: ShortModel): ReturnType<typeof worded> {
  const { model: built, problems } = buildModel(short);
  expect(problems).toEqual([]);
  return worded(publicAccess(compileAccess(built), 'It'));
}

const read = (more: ShortStatement): ShortStatement => ({ Allow: 's3:GetObject', on: '<It>/*', ...more });
const PINNED_BY_ONE = { StringEquals: { 'aws:SourceVpc': 'vpc-91237329' } };

describe('a bucket is public', () => {
  it.each<[string, ShortStatement[], ReturnType<typeof worded>]>([
    ['by everyone named', [read({ to: '*' })], [ANY_ACCOUNT, ANYONE]],
    [
      'to users of a provider where anyone signs up',
      [read({ to: { Federated: 'graph.facebook.com' } })],
      ['any user of graph.facebook.com'],
    ],
    [
      'through any VPC of anyone',
      [read({ to: '*', if: { StringLike: { 'aws:SourceVpc': 'vpc-*' } } })],
      [`${ANY_ACCOUNT} when …`, `${ANYONE} when …`],
    ],
    ['not through one VPC', [read({ to: '*', if: PINNED_BY_ONE })], 'nobody'],
    [
      'from half of all addresses',
      [read({ to: '*', if: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } })],
      [`${ANY_ACCOUNT} when …`, `${ANYONE} when …`],
    ],
    ['not from a /8', [read({ to: '*', if: { IpAddress: { 'aws:SourceIp': '52.0.0.0/8' } } })], 'nobody'],
    [
      'not from the sixteen million of 10.0.0.0/8, nor the private /12',
      [read({ to: '*', if: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '172.16.0.0/12'] } } })],
      'nobody',
    ],
    [
      'from a /31 of IPv6',
      [read({ to: '*', if: { IpAddress: { 'aws:SourceIp': '2600::/31' } } })],
      [`${ANY_ACCOUNT} when …`, `${ANYONE} when …`],
    ],
    ['not from a /32 of IPv6', [read({ to: '*', if: { IpAddress: { 'aws:SourceIp': '2600:1f00::/32' } } })], 'nobody'],
    [
      'from everywhere but a range',
      [read({ to: '*', if: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })],
      [`${ANY_ACCOUNT} when …`, `${ANYONE} when …`],
    ],
    [
      'where the key may be missing',
      [read({ to: '*', if: { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } } })],
      [`${ANY_ACCOUNT} when …`, `${ANYONE} when …`],
    ],
    [
      'where the empty set passes',
      [read({ to: '*', if: { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-shop/r-1/' } } })],
      [`${ANY_ACCOUNT} when …`, ANYONE],
    ],
    [
      'not to paths of one organisation',
      [read({ to: '*', if: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-shop/*' } } })],
      'nobody',
    ],
    ['not to one organisation', [read({ to: '*', if: { StringEquals: { 'aws:PrincipalOrgID': 'o-shop' } } })], 'nobody'],
    [
      'not where a Deny stops all but one organisation',
      [read({ to: '*' }), { Deny: 's3:*', on: ['<It>', '<It>/*'], to: '*', if: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-shop' } } }],
      'nobody',
    ],
    ['not to roles of one account', [read({ to: '*', if: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::<A>:role/*' } } })], 'nobody'],
    [
      'to roles of any account',
      [read({ to: '*', if: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/reader' } } })],
      [`${ANY_ACCOUNT} when …`],
    ],
    ['not to the principals it names', [read({ to: ['<B>', 'arn:aws:iam::<B>:role/Reader'] })], 'nobody'],
    ['not to a service', [{ Allow: 's3:PutObject', on: '<It>/*', to: { Service: 'cloudtrail.amazonaws.com' } }], 'nobody'],
    [
      'by one statement of three',
      [{ Allow: 's3:PutObject', on: '<It>/*', to: { Service: 'cloudtrail.amazonaws.com' } }, read({ to: '<B>' }), read({ to: '*' })],
      [ANY_ACCOUNT, ANYONE],
    ],
    [
      'not through access points of one account',
      [read({ to: '*', if: { ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:us-west-2:<A>:accesspoint/*' } } })],
      'nobody',
    ],
    ['by actions nobody has heard of', [{ Allow: 's3:Frob*', on: '<It>/*', to: '*' }], [ANY_ACCOUNT, ANYONE]],
  ])('%s', (_, statements, expected) => {
    expect(isPublic(model('bucket', statements))).toEqual(expected);
  });

  it('not under an RCP that keeps strangers out', () => {
    const rcps = [[{ Deny: 's3:*', to: '*', if: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-shop' } } }]];
    expect(isPublic(model('bucket', [read({ to: '*' })], { accounts: { A: { organization: 'o-shop', rcps } } }))).toBe('nobody');
  });

  it('says which actions, and which have no name yet', () => {
    const { model: built } = buildModel(model('bucket', [{ Allow: ['s3:GetObject', 's3:Frob*'], on: '<It>/*', to: '*' }]));
    const answer = publicAccess(compileAccess(built), 'It');
    expect(answer.kind === 'some' && answer.ways.map(({ actions, unnamed }) => [actions, unnamed.length])).toEqual([
      [['s3:GetObject'], 1],
      [['s3:GetObject'], 1],
    ]);
  });
});

describe('a key is public', () => {
  const use = (more: ShortStatement): ShortStatement => ({ Allow: ['kms:Decrypt', 'kms:DescribeKey'], ...more });
  it.each<[string, ShortStatement[], ReturnType<typeof worded>]>([
    ['to every account, never without credentials', [use({ to: '*' })], [ANY_ACCOUNT]],
    ['not by the default policy', [{ Allow: 'kms:*', to: '<A>' }], 'nobody'],
    [
      'not by the policy of an AWS managed key',
      [
        use({ to: { AWS: '*' }, if: { StringEquals: { 'kms:CallerAccount': '<A>', 'kms:ViaService': 'ssm.eu-west-1.amazonaws.com' } } }),
        { Allow: ['kms:Describe*', 'kms:Get*', 'kms:List*'], to: '<A>' },
      ],
      'nobody',
    ],
    ['not to one calling account', [use({ to: '*', if: { StringEquals: { 'kms:CallerAccount': '<A>' } } })], 'nobody'],
    [
      'through a service, whoever calls it',
      [use({ to: '*', if: { StringEquals: { 'kms:ViaService': 'ssm.eu-west-1.amazonaws.com' } } })],
      [`${ANY_ACCOUNT} when …`],
    ],
    ['to all accounts but one', [use({ to: '*', if: { StringNotEquals: { 'kms:CallerAccount': '<B>' } } })], [ANY_ACCOUNT]],
  ])('%s', (_, statements, expected) => {
    expect(isPublic(model('key', statements))).toEqual(expected);
  });

  it('not surely and not surely not, where its policy was not read', () => {
    const { model: built } = buildModel({ resources: { It: { is: 'key', policy: { unreadable: 'the key policy, which was not read' } } } });
    expect(publicAccess(compileAccess(built), 'It').kind).toBe('undecided');
  });
});

describe('a role is public', () => {
  const GITHUB = 'arn:aws:iam::<A>:oidc-provider/token.actions.githubusercontent.com';
  const trust = (conditions: ShortStatement | undefined): ShortModel => ({
    principals: {
      It: {
        kind: 'role',
        trust: [
          {
            Allow: 'sts:AssumeRoleWithWebIdentity',
            on: 'none',
            to: { Federated: GITHUB },
            ...(conditions === undefined ? {} : { if: conditions }),
          },
        ],
      },
    },
  });
  const AUDIENCE = { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } };
  const subject = (operator: string, value: string): ShortStatement => ({
    ...AUDIENCE,
    [operator]: { 'token.actions.githubusercontent.com:sub': value },
  });
  const ALL = ['any user of token.actions.githubusercontent.com when …'];
  it.each<[string, ShortStatement | undefined, ReturnType<typeof worded>]>([
    ['to everyone with a repository, by the audience alone', AUDIENCE, ALL],
    ['to every repository', subject('StringLike', 'repo:*'), ALL],
    ['not to repositories of one company', subject('StringLike', 'repo:my-company/*'), 'nobody'],
    ['not to one branch', subject('StringEquals', 'repo:my-company/shop:ref:refs/heads/main'), 'nobody'],
    ['where a missing subject passes', subject('ForAllValues:StringLike', 'repo:my-company/*'), ALL],
  ])('%s', (_, conditions, expected) => {
    expect(isPublic(trust(conditions))).toEqual(expected);
  });
});

describe('access from outside a zone', () => {
  const zone = { accounts: ['111122223333'], organizations: ['o-shop'] };
  const outside = (short: ShortModel): ReturnType<typeof worded> =>
    worded(outsideAccess(compileAccess(buildModel(short).model), 'It', zone));
  const use = (more: ShortStatement): ShortStatement => ({ Allow: 'kms:Decrypt', ...more });
  it.each<[string, ShortStatement[], ReturnType<typeof worded>]>([
    ['is none by delegation to the own account', [{ Allow: 'kms:*', to: '<A>' }], 'nobody'],
    [
      'is an account and a role that the policy names',
      [use({ to: ['<A>', '<B>', 'arn:aws:iam::<Z>:role/Reader'] })],
      ['account 444455556666', 'arn:aws:iam::999900001111:role/Reader'],
    ],
    [
      'is an account that a condition names',
      [use({ to: '*', if: { StringEquals: { 'kms:CallerAccount': ['<A>', '<B>'] } } })],
      ['account 444455556666'],
    ],
    [
      'is an organisation of others',
      [use({ to: '*', if: { StringEquals: { 'aws:PrincipalOrgID': ['o-shop', 'o-partner'] } } })],
      ['any account of organisation o-partner'],
    ],
    ['is none in the own organisation', [use({ to: '*', if: { StringEquals: { 'aws:PrincipalOrgID': 'o-shop' } } })], 'nobody'],
    [
      'is a named account unless the organisation is asked for',
      [use({ to: '<B>', if: { StringEquals: { 'aws:PrincipalOrgID': 'o-shop' } } })],
      'nobody',
    ],
    [
      'is a service that acts for anyone',
      [use({ to: { Service: 'sns.amazonaws.com' } })],
      ['service sns.amazonaws.com, for resources outside'],
    ],
    [
      'is not a service that acts for the own account',
      [use({ to: { Service: 'sns.amazonaws.com' }, if: { StringEquals: { 'aws:SourceAccount': '<A>' } } })],
      'nobody',
    ],
    [
      'is not a service that acts for a resource of the own account',
      [use({ to: { Service: 'sns.amazonaws.com' }, if: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:<A>:*' } } })],
      'nobody',
    ],
    ['is everyone', [use({ to: '*' })], [ANY_ACCOUNT]],
  ])('%s', (_, statements, expected) => {
    expect(outside(model('key', statements))).toEqual(expected);
  });

  it('shows a request for each way', () => {
    const { model: built } = buildModel(
      model('key', [use({ to: '<B>', if: { StringEquals: { 'kms:ViaService': 'ssm.eu-west-1.amazonaws.com' } } })]),
    );
    const answer = outsideAccess(compileAccess(built), 'It', zone);
    expect(answer.kind === 'some' && answer.ways.map(({ witness }) => witness)).toEqual([
      { 'kms:viaservice': 'ssm.eu-west-1.amazonaws.com' },
    ]);
  });
});
