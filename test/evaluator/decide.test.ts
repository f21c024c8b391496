import { describe, expect, it } from 'vitest';
import { compileAccess, decide, parsePolicy } from '../../src/evaluator/index.js';
import type { AccessModel, AccessRequest, FileOrigin, PolicyDocument, PolicyKind, Value } from '../../src/model/index.js';

const origin: FileOrigin = { kind: 'file', file: 'test.yaml', range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } } };

function policy(kind: PolicyKind, name: string, statements: Value): PolicyDocument {
  const { document, problems } = parsePolicy(
    { Version: '2012-10-17', Statement: statements },
    { name, kind, place: () => origin, text: (value) => ({ text: String(value) }) },
  );
  expect(problems).toEqual([]);
  return document;
}

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1';
const toRoot = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' };

function model(keyPolicy: Value, identity: Value): AccessModel {
  return {
    principals: [
      {
        id: 'App',
        kind: 'role',
        arn: 'arn:aws:iam::111122223333:role/App',
        account: '111122223333',
        name: 'App',
        tags: {},
        identity: [policy('identity', 'policy of App', identity)],
        serviceLinked: false,
        missing: [],
        origin,
      },
    ],
    resources: [
      {
        id: 'Key',
        arn: KEY,
        type: 'AWS::KMS::Key',
        account: '111122223333',
        name: 'Key',
        tags: {},
        policy: policy('resource', 'key policy', keyPolicy),
        key: { manager: 'customer', aliases: [], related: [], grants: [] },
        origin,
      },
    ],
    accounts: [],
    gaps: [],
    assumptions: [],
  };
}

const request: AccessRequest = {
  caller: { kind: 'principal', id: 'App' },
  action: 'kms:Decrypt',
  resource: 'Key',
  context: {},
  contextComplete: false,
  sessionPolicies: [],
};

describe('a role and a key of one account', () => {
  const mayDecrypt = [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY }];
  it.each<[string, Value, Value, string]>([
    ['IAM and a delegating key policy allow', [toRoot], mayDecrypt, 'allowed'],
    ['IAM alone counts for nothing', [{ ...toRoot, Action: 'kms:Describe*' }], mayDecrypt, 'implicitly-denied'],
    ['a delegating key policy alone gives nothing', [toRoot], [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }], 'implicitly-denied'],
    ['a Deny in IAM ends it', [toRoot], [...mayDecrypt, { Effect: 'Deny', Action: 'kms:*', Resource: '*' }], 'explicitly-denied'],
  ])('%s', (_, keyPolicy, identity, expected) => {
    expect(decide(compileAccess(model(keyPolicy, identity)), request).decision).toBe(expected);
  });

  it('says under which condition, minimally, and shows a request', () => {
    const viaSsm = [
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: KEY,
        Condition: { StringEquals: { 'kms:ViaService': ['ssm.eu-west-1.amazonaws.com', 's3.eu-west-1.amazonaws.com'] } },
      },
    ];
    const decision = decide(compileAccess(model([toRoot], viaSsm)), request);
    expect(decision.decision).toBe('conditional');
    expect(decision.conditions.map((product) => product.map(({ words }) => words))).toEqual([
      ['the key is used through s3.eu-west-1.amazonaws.com'],
      ['the key is used through ssm.eu-west-1.amazonaws.com'],
    ]);
    expect(decision.witnesses).toContainEqual({ 'kms:viaservice': 'ssm.eu-west-1.amazonaws.com' });
  });

  it('says that a Deny with a negated operator hits calls without the key', () => {
    const identity = [
      ...mayDecrypt,
      { Effect: 'Deny', Action: 'kms:*', Resource: '*', Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } },
    ];
    const decision = decide(compileAccess(model([toRoot], identity)), request);
    expect(decision.conditions.map((product) => product.map(({ words }) => words))).toEqual([
      ['the call comes through the VPC endpoint vpce-1'],
    ]);
  });

  it('two Allows that leave no gap are no condition', () => {
    const identity = [
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } },
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } },
    ];
    expect(decide(compileAccess(model([toRoot], identity)), request).decision).toBe('allowed');
  });
});
