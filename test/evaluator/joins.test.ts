import { describe, expect, it } from 'vitest';
import { type CompiledAccess, decideData } from '../../src/evaluator/index.js';
import type { AccessRequest } from '../../src/model/index.js';
import { A, access, allow, B, DELEGATING, key, resource, role } from './small-model.js';

const ask = (model: CompiledAccess, action: string, on: string, more: Partial<AccessRequest> = {}) =>
  decideData(model, {
    caller: { kind: 'principal', id: 'App' },
    action,
    resource: on,
    context: {},
    contextComplete: true,
    sessionPolicies: [],
    ...more,
  });

const PARAMETER = `arn:aws:ssm:eu-west-1:${A}:parameter/app/db`;
const KEY_ARN = `arn:aws:kms:eu-west-1:${A}:key/Key`;
const parameter = (behind: string) => resource('AWS::SSM::Parameter', 'Db', PARAMETER, behind);

describe('SecureString parameters (P1, P2)', () => {
  const reads = [allow('ssm:GetParameter', PARAMETER)];

  it('takes the permission on the parameter and on its key', () => {
    expect(
      ask(access([role('App', [...reads, allow('kms:Decrypt', KEY_ARN)])], [key('Key'), parameter('Key')]), 'ssm:GetParameter', 'Db')
        .decision,
    ).toBe('allowed');
  });

  it('calls the grant dead without the key', () => {
    const { decision, dead } = ask(access([role('App', reads)], [key('Key'), parameter('Key')]), 'ssm:GetParameter', 'Db');
    expect(decision).toBe('implicitly-denied');
    expect(dead).toBe('The grant is dead: ssm:GetParameter on Db is allowed, and kms:Decrypt on its key Key is not.');
  });

  it('does not call it dead where the parameter itself is denied', () => {
    expect(
      ask(access([role('App', [allow('kms:Decrypt')])], [key('Key'), parameter('Key')]), 'ssm:GetParameter', 'Db').dead,
    ).toBeUndefined();
  });

  it.each([
    ['the service it goes through', { StringEquals: { 'kms:ViaService': 'ssm.eu-west-1.amazonaws.com' } }, 'allowed'],
    ['another service', { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } }, 'implicitly-denied'],
    ['another Region', { StringEquals: { 'kms:ViaService': 'ssm.us-east-1.amazonaws.com' } }, 'implicitly-denied'],
    ['the encryption context', { StringEquals: { 'kms:EncryptionContext:PARAMETER_ARN': PARAMETER } }, 'allowed'],
    [
      'the encryption context of another parameter',
      { StringEquals: { 'kms:EncryptionContext:PARAMETER_ARN': `${PARAMETER}2` } },
      'implicitly-denied',
    ],
    ['that the context has nothing else', { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': 'PARAMETER_ARN' } }, 'allowed'],
    ['that no service stands between', { Null: { 'kms:ViaService': 'true' } }, 'implicitly-denied'],
  ])('gives the key the context of the call: a condition on %s', (_, condition, decision) => {
    const model = access([role('App', [...reads, allow('kms:Decrypt', KEY_ARN, condition)])], [key('Key'), parameter('Key')]);
    expect(ask(model, 'ssm:GetParameter', 'Db').decision).toBe(decision);
  });

  it('asks for kms:Encrypt to write', () => {
    const model = access([role('App', [allow('ssm:PutParameter'), allow('kms:Encrypt')])], [key('Key'), parameter('Key')]);
    expect(ask(model, 'ssm:PutParameter', 'Db').decision).toBe('allowed');
    expect(ask(model, 'ssm:GetParameter', 'Db').decision).toBe('implicitly-denied');
  });

  it.each([
    ['the path above it', `arn:aws:ssm:eu-west-1:${A}:parameter/app`, 'allowed'],
    ['everything below that path, asked with a slash at the end', `arn:aws:ssm:eu-west-1:${A}:parameter/app/*`, 'allowed'],
    ['the parameter itself, which is no path', PARAMETER, 'implicitly-denied'],
    ['another path', `arn:aws:ssm:eu-west-1:${A}:parameter/other*`, 'implicitly-denied'],
  ])('authorises GetParametersByPath on %s', (_, on, decision) => {
    const model = access([role('App', [allow('ssm:GetParametersByPath', on), allow('kms:Decrypt')])], [key('Key'), parameter('Key')]);
    expect(ask(model, 'ssm:GetParametersByPath', 'Db').decision).toBe(decision);
  });

  it('reads a child by its path that a Deny on GetParameter hides', () => {
    const denies = { Effect: 'Deny', Action: 'ssm:GetParameter', Resource: PARAMETER };
    const model = access([role('App', [allow('ssm:GetParameter*'), allow('kms:Decrypt'), denies])], [key('Key'), parameter('Key')]);
    expect(ask(model, 'ssm:GetParameter', 'Db').decision).toBe('explicitly-denied');
    expect(ask(model, 'ssm:GetParametersByPath', 'Db').decision).toBe('allowed');
  });

  it('shortens the conditions of both halves together, with a request that fits both', () => {
    const vpce = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } };
    const model = access(
      [role('App', [allow('ssm:GetParameter', '*', vpce), allow('kms:Decrypt', '*', vpce)])],
      [key('Key'), parameter('Key')],
    );
    const answer = ask(model, 'ssm:GetParameter', 'Db', { contextComplete: false });
    expect(answer.conditions.map((product) => product.map(({ words }) => words))).toEqual([
      ['the call comes through the VPC endpoint vpce-1'],
    ]);
    expect(answer.witnesses).toEqual([{ 'aws:sourcevpce': 'vpce-1' }]);
  });

  it('finds halves that exclude each other', () => {
    const through = (endpoint: string) => ({ StringEquals: { 'aws:SourceVpce': endpoint } });
    const model = access(
      [role('App', [allow('ssm:GetParameter', '*', through('vpce-1')), allow('kms:Decrypt', '*', through('vpce-2'))])],
      [key('Key'), parameter('Key')],
    );
    expect(ask(model, 'ssm:GetParameter', 'Db', { contextComplete: false }).decision).toBe('implicitly-denied');
  });
});

describe('AWS managed keys (K26)', () => {
  const reads = [allow('ssm:GetParameter', PARAMETER)];
  const model = access([role('App', reads), role('Foreign', [allow('*')], [], B)], [parameter('alias/aws/ssm')]);
  const managed = model.model.resources.find(({ key: facts }) => facts?.manager === 'aws-managed')?.id ?? '';

  it('lets every reader of the account decrypt, with no permission in IAM', () => {
    expect(ask(model, 'ssm:GetParameter', 'Db').decision).toBe('allowed');
  });

  it('does nothing when called directly', () => {
    expect(ask(model, 'kms:Decrypt', managed).decision).toBe('implicitly-denied');
  });

  it('never works from another account', () => {
    const caller = { kind: 'principal', id: 'Foreign' } as const;
    expect(ask(model, 'kms:Decrypt', managed, { caller, context: { 'kms:ViaService': 'ssm.eu-west-1.amazonaws.com' } }).decision).toBe(
      'implicitly-denied',
    );
  });

  it('can be looked at by whom IAM lets', () => {
    const looking = access([role('App', [allow('kms:DescribeKey')])], [parameter('aws/ssm')]);
    const id = looking.model.resources.find(({ key: facts }) => facts?.manager === 'aws-managed')?.id ?? '';
    expect(ask(looking, 'kms:DescribeKey', id).decision).toBe('allowed');
  });

  it('cannot be administered by anyone', () => {
    const wide = access([role('App', [allow('*')])], [parameter('alias/aws/ssm')]);
    const id = wide.model.resources.find(({ key: facts }) => facts?.manager === 'aws-managed')?.id ?? '';
    expect(ask(wide, 'kms:PutKeyPolicy', id).decision).toBe('implicitly-denied');
  });
});

describe('secrets, buckets and messages', () => {
  const secret = resource('AWS::SecretsManager::Secret', 'Secret', `arn:aws:secretsmanager:eu-west-1:${A}:secret:app-AbCdEf`, 'alias/Key');
  const bucket = resource('AWS::S3::Bucket', 'Pile', 'arn:aws:s3:::pile', KEY_ARN);
  const queue = resource('AWS::SQS::Queue', 'Queue', `arn:aws:sqs:eu-west-1:${A}:queue`, 'Key');
  const topic = resource('AWS::SNS::Topic', 'Topic', `arn:aws:sns:eu-west-1:${A}:topic`, 'Key');
  const table = resource('AWS::DynamoDB::Table', 'Table', `arn:aws:dynamodb:eu-west-1:${A}:table/Table`, 'Key');
  const with_ = (...actions: string[]) => access([role('App', [allow(actions)])], [key('Key'), secret, bucket, queue, topic, table]);

  it.each([
    ['a secret (P4)', 'secretsmanager:GetSecretValue', 'Secret', ['kms:Decrypt']],
    ['writing a secret', 'secretsmanager:PutSecretValue', 'Secret', ['kms:GenerateDataKey', 'kms:Decrypt']],
    ['an object (P6)', 's3:GetObject', 'arn:aws:s3:::pile/a', ['kms:Decrypt']],
    ['writing an object', 's3:PutObject', 'arn:aws:s3:::pile/a', ['kms:GenerateDataKey']],
    ['receiving a message', 'sqs:ReceiveMessage', 'Queue', ['kms:Decrypt']],
    ['sending a message', 'sqs:SendMessage', 'Queue', ['kms:GenerateDataKey', 'kms:Decrypt']],
    ['publishing', 'sns:Publish', 'Topic', ['kms:GenerateDataKey', 'kms:Decrypt']],
    ['an item', 'dynamodb:GetItem', 'Table', ['kms:Decrypt']],
  ])('%s takes every permission on the key', (_, action, on, needs) => {
    expect(ask(with_(action, ...needs), action, on).decision).toBe('allowed');
    for (const left of needs) {
      expect(ask(with_(action, ...needs.filter((need) => need !== left)), action, on).decision).toBe('implicitly-denied');
    }
    expect(ask(with_(action, ...needs), action, on).parts.map(({ action: part }) => part)).toEqual([action, ...needs]);
  });

  it('asks nothing of the key where the data are only listed', () => {
    expect(ask(with_('s3:ListBucket'), 's3:ListBucket', 'Pile').decision).toBe('allowed');
  });

  it('never gives objects under KMS to the anonymous', () => {
    expect(ask(with_('*'), 's3:GetObject', 'arn:aws:s3:::pile/a', { caller: { kind: 'anonymous' } }).decision).toBe('implicitly-denied');
  });

  it('leaves open what the context of an object is: its own ARN, or its bucket’s with a Bucket Key', () => {
    const own = { StringEquals: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::pile/a' } };
    const model = access([role('App', [allow('s3:GetObject'), allow('kms:Decrypt', '*', own)])], [key('Key'), bucket]);
    expect(ask(model, 's3:GetObject', 'arn:aws:s3:::pile/a', { contextComplete: false }).decision).toBe('conditional');
    // The request's own context may be complete; what the service puts in is not known by that.
    expect(ask(model, 's3:GetObject', 'arn:aws:s3:::pile/a').decision).toBe('conditional');
  });
});

describe('keys that were not read', () => {
  it.each([
    ['an ARN', `arn:aws:kms:eu-west-1:${B}:key/other`],
    ['an alias that no key has', 'alias/none'],
    ['a value that is not known', { words: 'parameter KeyArn, which has no default', kind: 'parameter' }],
  ])('leave the answer open: %s', (_, behind) => {
    const model = access([role('App', [allow('*')])], [key('Key', DELEGATING), resource('AWS::SSM::Parameter', 'Db', PARAMETER, behind)]);
    const { decision, because, parts } = ask(model, 'ssm:GetParameter', 'Db');
    expect(decision).toBe('undecided');
    expect(because[0]?.words).toMatch(/key policy of|KeyArn/);
    expect(parts.map(({ decision: part }) => part)).toEqual(['allowed', 'undecided']);
  });

  it('do not hide that the data are denied', () => {
    const model = access([role('App', [])], [resource('AWS::SSM::Parameter', 'Db', PARAMETER, 'alias/none')]);
    expect(ask(model, 'ssm:GetParameter', 'Db').decision).toBe('implicitly-denied');
  });
});
