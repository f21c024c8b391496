import { describe, expect, test } from 'vitest';
import { Reference, Text, Unknown, type Value } from '../../../src/model/index.js';
import { coversOwn, type OwnResource } from '../../../src/rules/policy/own-resource.js';
import { readPolicy } from '../../../src/rules/policy/statement.js';
import { asksForTls, asksForTls12, type Demand, refusalOf } from '../../../src/rules/policy/tls-deny.js';
import { isOpenTruth } from '../../../src/rules/policy/truth.js';

const PARAMETER = new Unknown({ kind: 'parameter', words: 'parameter Name' }, { type: 'string' }, 'parameter Name');
const PARTITION = new Unknown({ kind: 'pseudo-parameter', words: 'the partition' }, { type: 'string' }, 'AWS::Partition');
const PLAIN = { Bool: { 'aws:SecureTransport': 'false' } };

function demand(holds: Demand['holds'], action = 's3:*'): Demand {
  return { action, holds, targets: [{ words: 'all', covers: () => true }] };
}

function kindOf(statement: Value, asked: Demand): string {
  return refusalOf(readPolicy({ Statement: statement }, []), asked).kind;
}

describe('a Deny of requests without TLS', () => {
  const base = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: PLAIN };
  const cases: readonly [sentence: string, change: Readonly<Record<string, Value>>, kind: string][] = [
    ['is complete as AWS writes it', {}, 'complete'],
    ['may give the value as a boolean', { Condition: { Bool: { 'aws:SecureTransport': false } } }, 'complete'],
    [
      'is complete with both values, as it then refuses everything',
      { Condition: { Bool: { 'aws:SecureTransport': ['true', 'false'] } } },
      'complete',
    ],
    ['reads keys and operators in any case', { Condition: { bool: { 'AWS:securetransport': 'False' } } }, 'complete'],
    ['takes IfExists, as the key is always there', { Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } } }, 'complete'],
    ['does not ask for it with another key', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }, 'none'],
    ['does not ask for it with another operator', { Condition: { Null: { 'aws:SecureTransport': 'false' } } }, 'none'],
    ['does not ask for it without a condition', { Condition: {} }, 'none'],
    ['is nothing as an Allow', { Effect: 'Allow' }, 'none'],
    ['reaches plain requests by version with IfExists', { Condition: { NumericLessThanIfExists: { 's3:TlsVersion': 1.2 } } }, 'complete'],
    ['does not reach them by version alone', { Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }, 'none'],
    ['does not reach them by another key with IfExists', { Condition: { NumericLessThanIfExists: { 's3:max-keys': 5 } } }, 'none'],
    ['does not reach them by another test of the version', { Condition: { NumericGreaterThanIfExists: { 's3:TlsVersion': 1.2 } } }, 'none'],
    ['may leave out AWS services', { Condition: { Bool: { ...PLAIN.Bool, 'aws:PrincipalIsAWSService': 'false' } } }, 'complete'],
    ['may leave out calls through AWS services', { Condition: { Bool: { ...PLAIN.Bool, 'aws:ViaAWSService': false } } }, 'complete'],
    [
      'is partial where it reaches only AWS services',
      { Condition: { Bool: { ...PLAIN.Bool, 'aws:PrincipalIsAWSService': 'true' } } },
      'partial',
    ],
    [
      'is partial where the same key is tested by presence',
      { Condition: { ...PLAIN, Null: { 'aws:PrincipalIsAWSService': 'false' } } },
      'partial',
    ],
    ['is partial under a further condition', { Condition: { ...PLAIN, StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }, 'partial'],
    ['reaches everyone by AWS: *', { Principal: { AWS: ['arn:aws:iam::111122223333:root', '*'] } }, 'complete'],
    ['does not reach everyone by Service: *', { Principal: { Service: '*' } }, 'partial'],
    ['does not reach everyone by a list of accounts', { Principal: { AWS: ['111122223333'] } }, 'partial'],
    ['is open for an open principal', { Principal: PARAMETER }, 'open'],
    ['is not open for a principal that cannot be the star', { Principal: new Text(['arn:', PARTITION, ':iam::1:root']) }, 'partial'],
    ['covers every action by *', { Action: ['s3:GetObject', '*'] }, 'complete'],
    ['does not cover every action by two patterns of many', { Action: ['s3:Get*', 's3:Put*'] }, 'partial'],
    ['is open for an open action', { Action: [PARAMETER] }, 'open'],
    ['covers every action of the service by leaving out others', { Action: null, NotAction: ['sts:*', 'sqs:*'] }, 'complete'],
    ['leaves out what NotAction names', { Action: null, NotAction: 'S3:GetObject' }, 'partial'],
    ['leaves out what a wide NotAction names', { Action: null, NotAction: '*:Get*' }, 'partial'],
    ['is open for an open NotAction', { Action: null, NotAction: [PARAMETER] }, 'open'],
    ['is open for an open effect', { Effect: PARAMETER }, 'open'],
    ['is open for an open condition', { Condition: PARAMETER }, 'open'],
  ];
  test.each(cases)('%s', (_, change, kind) => {
    const statement = Object.fromEntries(Object.entries({ ...base, ...change }).filter(([, value]) => value !== null));
    expect(kindOf(statement, demand(asksForTls))).toBe(kind);
  });

  test('is open where a statement cannot be read', () => {
    expect(kindOf([PARAMETER], demand(asksForTls))).toBe('open');
  });

  test('says what is missing of a partial one', () => {
    const gaps = { ...base, Principal: { AWS: '111122223333' }, Action: 'sns:Subscribe' };
    const refusal = refusalOf(readPolicy({ Statement: [gaps] }, ['PolicyDocument']), demand(asksForTls, 'sns:Publish'));
    expect(refusal).toEqual({
      kind: 'partial',
      missing: 'does not reach every principal and does not cover sns:Publish',
      path: ['PolicyDocument', 'Statement', 0],
    });
  });

  test('names the targets it leaves out, and only those', () => {
    const asked: Demand = {
      ...demand(asksForTls),
      targets: [
        { words: 'the bucket', covers: () => true },
        { words: 'its objects', covers: () => false },
      ],
    };
    expect(refusalOf(readPolicy({ Statement: base }, []), asked)).toMatchObject({ kind: 'partial', missing: 'does not cover its objects' });
  });
});

describe('a floor of TLS 1.2', () => {
  const cases: readonly [sentence: string, condition: Value, kind: string][] = [
    ['is set by less than 1.2', { NumericLessThan: { 's3:TlsVersion': '1.2' } }, 'complete'],
    ['is set by at most 1.1', { NumericLessThanEquals: { 's3:TlsVersion': 1.1 } }, 'complete'],
    ['is not set by less than 1.1', { NumericLessThan: { 's3:TlsVersion': 1.1 } }, 'none'],
    ['is not set by at most 1.0', { NumericLessThanEquals: { 's3:TlsVersion': 1.0 } }, 'none'],
    ['is not set by more than', { NumericGreaterThan: { 's3:TlsVersion': 1.2 } }, 'none'],
    ['is not set by another key', { NumericLessThan: { 's3:max-keys': 5 } }, 'none'],
    ['is open for an open version', { NumericLessThan: { 's3:TlsVersion': PARAMETER } }, 'open'],
  ];
  test.each(cases)('%s', (_, condition, kind) => {
    const statement = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: condition };
    expect(kindOf(statement, demand(asksForTls12))).toBe(kind);
  });
});

describe('the Resource element', () => {
  const bucket: OwnResource = {
    id: 'a#Bucket',
    arn: ['Arn'],
    nameFrom: ['Ref'],
    name: 'invoices',
    address: new Reference('a#Bucket', 'Ref'),
  };
  const named: OwnResource = { arn: ['Arn'], nameFrom: ['Ref'], name: PARAMETER, address: PARAMETER };
  const affixed: OwnResource = { arn: ['Arn'], nameFrom: ['Ref'], name: new Text(['logs-', PARAMETER, '-eu']) };
  const own = new Reference('a#Bucket', 'Arn');
  const cases: readonly [sentence: string, element: Value | undefined, own: OwnResource, itself: string, objects: string][] = [
    ['absent covers nothing', undefined, bucket, 'no', 'no'],
    ['a star covers all', '*', bucket, 'yes', 'yes'],
    ['a star with more is no star', new Text(['*', PARAMETER]), bucket, 'open', 'open'],
    ['its ARN covers itself', own, bucket, 'yes', 'no'],
    ['its ARN with /* covers its objects', new Text([own, '/*']), bucket, 'no', 'yes'],
    ['its ARN with * covers both', new Text([own, '*']), bucket, 'yes', 'yes'],
    ['its ARN with a folder covers neither', new Text([own, '/in/*']), bucket, 'no', 'no'],
    ['another attribute is not its ARN', new Text([new Reference('a#Bucket', 'DomainName'), '/*']), bucket, 'no', 'no'],
    ['another bucket is not it', new Reference('a#Other', 'Arn'), bucket, 'no', 'no'],
    ['its name in an ARN covers it', 'arn:aws:s3:::invoices', bucket, 'yes', 'no'],
    [
      'its reference in an ARN covers it',
      new Text(['arn:', PARTITION, ':s3:::', new Reference('a#Bucket', 'Ref'), '/*']),
      bucket,
      'no',
      'yes',
    ],
    ['another reference in an ARN does not', new Text(['arn:aws:s3:::', new Reference('a#Other', 'Ref'), '/*']), bucket, 'no', 'no'],
    [
      'another attribute in an ARN does not',
      new Text(['arn:aws:s3:::', new Reference('a#Bucket', 'DomainName'), '/*']),
      bucket,
      'no',
      'no',
    ],
    ['the start of a name is another name', 'arn:aws:s3:::invoices-old', bucket, 'no', 'no'],
    ['text that is no ARN covers nothing', 'invoices', bucket, 'no', 'no'],
    ['a number covers nothing', 7, bucket, 'no', 'no'],
    ['a parameter may be anything', PARAMETER, bucket, 'open', 'open'],
    ['the parameter that names it is itself', PARAMETER, named, 'yes', 'open'],
    ['that parameter in an ARN is its name', new Text(['arn:aws:s3:::', PARAMETER]), named, 'yes', 'no'],
    ['that parameter in an ARN with /* is its objects', new Text(['arn:aws:s3:::', PARAMETER, '/*']), named, 'no', 'yes'],
    ['a built name is found in a longer text', new Text(['arn:aws:s3:::logs-', PARAMETER, '-eu/*']), affixed, 'no', 'yes'],
    ['a folder with an open part covers neither', new Text([own, '/AWSLogs/', PARAMETER, '/*']), bucket, 'no', 'no'],
    ['an open tail may cover its objects', new Text([own, '/', PARAMETER]), bucket, 'no', 'open'],
    ['one of a list is enough', ['arn:aws:s3:::other', own], bucket, 'yes', 'no'],
  ];
  const said = (answer: ReturnType<typeof coversOwn>): string => (isOpenTruth(answer) ? 'open' : answer ? 'yes' : 'no');
  test.each(cases)('%s', (_, element, resource, itself, objects) => {
    expect([said(coversOwn(element, resource, '')), said(coversOwn(element, resource, '/*'))]).toEqual([itself, objects]);
  });
});
