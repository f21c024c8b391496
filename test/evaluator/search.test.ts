import { describe, expect, it } from 'vitest';
import { type CompiledAccess, canDecrypt, chainsTo, decideData, whoCanWithRelated } from '../../src/evaluator/index.js';
import { A, access, allow, B, DELEGATING, key, policy, resource, role, user } from './small-model.js';

const query = { action: 'kms:Decrypt', resource: 'Key', context: {}, contextComplete: false };
const chains = (model: CompiledAccess, asked: Partial<typeof query> = {}) =>
  chainsTo(model, { ...query, ...asked }, decideData).chains.map(({ who, decision, links }) => [
    who,
    decision,
    links.map(({ words }) => words),
  ]);

const KEY_ARN = `arn:aws:kms:eu-west-1:${A}:key/Key`;
const reads = [allow('kms:Decrypt', KEY_ARN)];
const trusts = (principal: string | Record<string, string>, action = 'sts:AssumeRole') => [
  { Effect: 'Allow', Principal: typeof principal === 'string' ? { AWS: principal } : principal, Action: action },
];
const arn = (name: string, account = A) => `arn:aws:iam::${account}:${name}`;
const assume = (name: string) => allow('sts:AssumeRole', arn(`role/${name}`));

describe('chains of roles', () => {
  it('T1: a trust policy that names the caller suffices in its account', () => {
    const model = access([role('App', reads, trusts(arn('user/eve'))), user('eve', [])], [key('Key')]);
    expect(chains(model)).toEqual([['user eve', 'allowed', ['can assume role App', 'may kms:Decrypt']]]);
  });

  it('T1: a trust policy that names the account needs IAM, too', () => {
    const trust = trusts(A);
    expect(chains(access([role('App', reads, trust), user('eve', [])], [key('Key')]))).toEqual([]);
    expect(chains(access([role('App', reads, trust), user('eve', [assume('App')])], [key('Key')]))).toHaveLength(1);
  });

  it('T1: across accounts both must agree', () => {
    const trust = trusts(arn('user/eve', B));
    expect(chains(access([role('App', reads, trust), user('eve', [], B)], [key('Key')]))).toEqual([]);
    expect(chains(access([role('App', reads, trust), user('eve', [assume('App')], B)], [key('Key')]))).toHaveLength(1);
  });

  it('T3: follows one role to the next, with the shortest way first', () => {
    const model = access(
      [
        role('App', reads, trusts(arn('role/Middle'))),
        role('Middle', [], trusts(arn('role/Outer'))),
        role('Outer', [], trusts(arn('user/eve'))),
        user('eve', []),
      ],
      [key('Key')],
    );
    expect(chains(model)).toEqual([
      ['role Middle', 'allowed', ['can assume role App', 'may kms:Decrypt']],
      ['role Outer', 'allowed', ['can assume role Middle', 'can assume role App', 'may kms:Decrypt']],
      ['user eve', 'allowed', ['can assume role Outer', 'can assume role Middle', 'can assume role App', 'may kms:Decrypt']],
    ]);
  });

  it('ends where roles trust each other in a circle', () => {
    const model = access([role('App', reads, trusts(arn('role/Other'))), role('Other', [], trusts(arn('role/App')))], [key('Key')]);
    expect(chains(model)).toEqual([['role Other', 'allowed', ['can assume role App', 'may kms:Decrypt']]]);
  });

  it('stops at its bound, and says so', () => {
    const names = ['App', 'R1', 'R2', 'R3', 'R4', 'R5', 'R6'];
    const roles = names.map((name, index) => role(name, index === 0 ? reads : [], trusts(arn(`role/R${index + 1}`))));
    const found = chainsTo(access(roles, [key('Key')]), query, decideData);
    expect(found.cutShort).toBe(true);
    expect(found.chains.map(({ who }) => who)).toEqual(['role R1', 'role R2', 'role R3', 'role R4']);
  });

  it('T4: identity providers come by web identity, under the conditions of the trust policy', () => {
    const provider = arn('oidc-provider/example.com');
    const trust = [
      {
        ...trusts({ Federated: provider }, 'sts:AssumeRoleWithWebIdentity')[0],
        Condition: { StringEquals: { 'example.com:sub': 'main' } },
      },
    ];
    const model = access([role('App', reads, trust)], [key('Key')]);
    expect(chains(model)).toEqual([[`identity provider ${provider}`, 'conditional', ['can assume role App', 'may kms:Decrypt']]]);
  });

  it('names other accounts and strangers that a trust policy lets in', () => {
    const model = access([role('App', reads, [...trusts(B), ...trusts('*')])], [key('Key')]);
    expect(chains(model).map(([who]) => who)).toEqual([
      `account ${B}: any of its principals whose own policies allow it`,
      'anyone: any principal of any AWS account whose own policies allow it',
    ]);
  });

  it('says nothing of services that run as the role', () => {
    expect(chains(access([role('App', reads, trusts({ Service: 'lambda.amazonaws.com' }))], [key('Key')]))).toEqual([]);
  });
});

describe('ways to become able', () => {
  it.each([
    ['T6: rewriting the key policy', [allow('kms:PutKeyPolicy', KEY_ARN)], 'can rewrite the key policy of Key'],
    ['T6: granting itself the use', [allow('kms:CreateGrant', KEY_ARN)], 'can grant itself the use of Key'],
    ['T7: an inline policy of its own', [allow('iam:PutUserPolicy', arn('user/eve'))], 'can write an inline policy for itself'],
    ['T7: attaching a policy to itself', [allow('iam:AttachUserPolicy')], 'can attach any policy to itself'],
  ])('%s', (_, identity, words) => {
    expect(chains(access([user('eve', identity)], [key('Key')]))).toEqual([['user eve', 'allowed', [words]]]);
  });

  it('K17: a grant helps with what grants can hold, and with nothing else', () => {
    const model = access([user('eve', [allow('kms:CreateGrant', KEY_ARN)])], [key('Key')]);
    expect(chains(model, { action: 'kms:ScheduleKeyDeletion' })).toEqual([]);
  });

  it('T7: IAM helps only where the key policy lets IAM decide', () => {
    const closed = [{ Effect: 'Allow', Principal: { AWS: arn('role/App') }, Action: 'kms:Decrypt', Resource: '*' }];
    expect(
      chains(access([role('App', []), user('eve', [allow(['iam:PutUserPolicy', 'iam:AttachUserPolicy'])])], [key('Key', closed)])),
    ).toEqual([]);
  });

  it('K6: nobody of another account rewrites the key policy', () => {
    const open = [...DELEGATING, { Effect: 'Allow', Principal: { AWS: B }, Action: 'kms:PutKeyPolicy', Resource: '*' }];
    expect(chains(access([user('eve', [allow('kms:PutKeyPolicy')], B)], [key('Key', open)]))).toEqual([]);
  });

  it('T7: coming by the credentials of one who can', () => {
    const identity = [allow('iam:CreateAccessKey', arn('user/ann'))];
    expect(chains(access([user('ann', reads), user('eve', identity)], [key('Key')]))).toEqual([
      ['user eve', 'allowed', ['can make an access key of user ann', 'may kms:Decrypt']],
    ]);
  });

  it('T7: rewriting who may assume a role that can', () => {
    const identity = [allow('iam:UpdateAssumeRolePolicy', arn('role/App'))];
    expect(chains(access([role('App', reads), user('eve', identity)], [key('Key')]))).toEqual([
      ['user eve', 'allowed', ['can rewrite the trust policy of role App and then assume it', 'may kms:Decrypt']],
    ]);
  });

  it('T9: nobody edits a service-linked role', () => {
    const linked = { ...role('Linked', reads), serviceLinked: true };
    expect(chains(access([linked, user('eve', [allow('iam:UpdateAssumeRolePolicy')])], [key('Key')]))).toEqual([]);
  });

  it('T5: passing a role to a service that runs code, where the role trusts the service', () => {
    const identity = [allow('iam:PassRole', arn('role/App')), allow('lambda:CreateFunction')];
    const lambda = access([role('App', reads, trusts({ Service: 'lambda.amazonaws.com' })), user('eve', identity)], [key('Key')]);
    expect(chains(lambda)).toEqual([
      [
        'user eve',
        'allowed',
        ['can pass role App to lambda.amazonaws.com and run code there with lambda:CreateFunction', 'may kms:Decrypt'],
      ],
    ]);
    const ec2 = access([role('App', reads, trusts({ Service: 'ec2.amazonaws.com' })), user('eve', identity)], [key('Key')]);
    expect(chains(ec2)).toEqual([]);
  });

  it('T5: a role passed under iam:PassedToService to another service only', () => {
    const passing = allow('iam:PassRole', '*', { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } });
    const model = access(
      [role('App', reads, trusts({ Service: 'lambda.amazonaws.com' })), user('eve', [passing, allow('lambda:*')])],
      [key('Key')],
    );
    expect(chains(model)).toEqual([]);
  });

  it('T7: giving a role a policy and assuming it', () => {
    const identity = [allow('iam:PutRolePolicy', arn('role/Idle'))];
    const model = access([role('Idle', [], trusts(arn('user/eve'))), user('eve', identity)], [key('Key')]);
    expect(chains(model)).toEqual([['user eve', 'allowed', ['can write an inline policy for role Idle', 'can assume role Idle']]]);
  });

  it('T8: rewriting the policy of the data', () => {
    const bucket = resource('AWS::S3::Bucket', 'Pile', 'arn:aws:s3:::pile');
    const model = access([user('eve', [allow('s3:PutBucketPolicy', 'arn:aws:s3:::pile')])], [bucket]);
    expect(chains(model, { action: 's3:GetObject', resource: 'arn:aws:s3:::pile/a' })).toEqual([
      ['user eve', 'allowed', ['can rewrite the policy of bucket Pile']],
    ]);
  });

  it('a Deny on the way closes it', () => {
    const identity = [allow('kms:*'), { Effect: 'Deny', Action: ['kms:PutKeyPolicy', 'kms:CreateGrant', 'kms:Decrypt'], Resource: '*' }];
    expect(chains(access([user('eve', identity)], [key('Key')]))).toEqual([]);
  });

  it('gives the same answer in whatever order the principals come', () => {
    const principals = [
      role('App', reads, trusts(A)),
      user('ann', [assume('App')]),
      user('ben', [allow('kms:PutKeyPolicy')]),
      user('cy', [assume('App')]),
    ];
    expect(chains(access([...principals].reverse(), [key('Key')]))).toEqual(chains(access(principals, [key('Key')])));
  });
});

describe('multi-Region keys (K10)', () => {
  const replica = key('Replica', [{ Effect: 'Allow', Principal: { AWS: arn('user/eve') }, Action: 'kms:*', Resource: '*' }]);
  const primary = { ...key('Key'), key: { manager: 'customer', aliases: [], related: ['Replica'], grants: [] } } as const;
  const model = access([user('eve', [])], [primary, replica]);
  const by = (action: string) =>
    whoCanWithRelated(model, { ...query, action }, decideData).map(({ resource: on, reaches }) => [on, reaches.map(({ who }) => who)]);

  it('counts who can use any of the set', () => {
    expect(by('kms:Decrypt')).toEqual([
      ['Key', ["the account's root user"]],
      ['Replica', ['user eve']],
    ]);
  });

  it('keeps administration apart: each key has its own policy', () => {
    expect(by('kms:PutKeyPolicy').map(([on]) => on)).toEqual(['Key']);
  });
});

describe('what a principal can decrypt', () => {
  const secret = resource('AWS::SecretsManager::Secret', 'Secret', `arn:aws:secretsmanager:eu-west-1:${A}:secret:app-AbCdEf`, 'Key');
  const parameter = resource('AWS::SSM::Parameter', 'Db', `arn:aws:ssm:eu-west-1:${A}:parameter/app/db`, 'alias/aws/ssm');
  const bucket = resource('AWS::S3::Bucket', 'Pile', 'arn:aws:s3:::pile', 'Key');
  const found = (statements: Parameters<typeof user>[1]) =>
    canDecrypt(
      access([user('eve', statements)], [key('Key'), secret, parameter, bucket]),
      { kind: 'principal', id: 'eve' },
      { context: {}, contextComplete: true },
    ).map(({ resource: on, decision }) => [on.name, decision.decision]);

  it('lists keys and the data under them, and leaves out what lacks a half', () => {
    expect(found([allow('kms:Decrypt'), allow('secretsmanager:GetSecretValue')])).toEqual([
      ['Key', 'allowed'],
      ['Secret', 'allowed'],
    ]);
    expect(found([allow('secretsmanager:GetSecretValue'), allow('ssm:GetParameter')])).toEqual([['Db', 'allowed']]);
  });

  it('leaves a bucket open of which some objects are allowed', () => {
    expect(found([allow('kms:Decrypt'), allow('s3:GetObject', 'arn:aws:s3:::pile/open/*')])).toEqual([
      ['Key', 'allowed'],
      ['Pile', 'undecided'],
    ]);
  });

  it('is bounded by a permissions boundary', () => {
    const boundary = policy('boundary', 'boundary', [allow('kms:*')]);
    const bound = { ...user('eve', [allow('*')]), boundary };
    const model = access([bound], [key('Key'), secret]);
    expect(
      canDecrypt(model, { kind: 'principal', id: 'eve' }, { context: {}, contextComplete: true }).map(({ resource: on }) => on.name),
    ).toEqual(['Key']);
  });
});
