import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideData, whoCan } from '../../src/evaluator/index.js';
import type { AccessPrincipal, Value } from '../../src/model/index.js';
import { A, access, allow, B, DELEGATING, key, resource, role, user } from './small-model.js';

const ACTIONS = ['kms:Decrypt', 'kms:*', 's3:GetObject', 'ssm:GetParameter', '*'] as const;
const conditions: readonly (Value | undefined)[] = [
  undefined,
  { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
];

const statement = fc
  .record({ effect: fc.constantFrom('Allow', 'Deny'), action: fc.constantFrom(...ACTIONS), condition: fc.constantFrom(...conditions) })
  .map(({ effect, action, condition }) => ({ ...allow(action, '*', condition), Effect: effect }));
const identity = fc.array(statement, { maxLength: 2 });
const principals = fc
  .array(fc.record({ isUser: fc.boolean(), account: fc.constantFrom(A, B), statements: identity }), { minLength: 1, maxLength: 5 })
  .map((list) =>
    list.map(
      ({ isUser, account, statements }, index): AccessPrincipal =>
        isUser ? user(`p${index}`, statements, account) : role(`p${index}`, statements, [], account),
    ),
  );
const keyStatements = fc.array(
  fc.constantFrom(
    ...DELEGATING,
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${A}:role/p0` }, Action: 'kms:Decrypt', Resource: '*' },
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${B}:user/p1` }, Action: 'kms:*', Resource: '*' },
    { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' },
    { Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*', Condition: { Null: { 'kms:ViaService': 'true' } } },
  ),
  { minLength: 1, maxLength: 3 },
);
const PARAMETER = resource('AWS::SSM::Parameter', 'Db', `arn:aws:ssm:eu-west-1:${A}:parameter/db`, 'Key');
const asked = fc.constantFrom({ action: 'kms:Decrypt', resource: 'Key' }, { action: 'ssm:GetParameter', resource: 'Db' });

describe('laws of searching', () => {
  it('skipping whom no policy mentions loses nobody', () => {
    fc.assert(
      fc.property(principals, keyStatements, asked, (people, statements, question) => {
        const model = access(people, [key('Key', statements), PARAMETER]);
        const query = { ...question, context: {}, contextComplete: false };
        const names = (among: 'possible' | 'all') =>
          whoCan(model, { ...query, among }, decideData).map(({ who, decision }) => [who, decision.decision]);
        expect(names('possible')).toEqual(names('all'));
      }),
      { numRuns: 200 },
    );
  });

  it('data are allowed exactly when every part of what they take can be', () => {
    fc.assert(
      fc.property(principals, keyStatements, (people, statements) => {
        const model = access(people, [key('Key', statements), PARAMETER]);
        for (const { id } of people) {
          const caller = { kind: 'principal', id } as const;
          const closed = { caller, action: 'ssm:GetParameter', resource: 'Db', context: {}, contextComplete: true, sessionPolicies: [] };
          const { decision, parts } = decideData(model, closed);
          expect(decision === 'allowed').toBe(parts.every((part) => part.decision === 'allowed'));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('every witness of joined conditions is allowed as a closed request', () => {
    fc.assert(
      fc.property(principals, keyStatements, (people, statements) => {
        const model = access(people, [key('Key', statements), PARAMETER]);
        for (const { id } of people) {
          const request = {
            caller: { kind: 'principal', id } as const,
            action: 'ssm:GetParameter',
            resource: 'Db',
            context: {},
            contextComplete: false,
            sessionPolicies: [],
          };
          for (const context of decideData(model, request).witnesses) {
            expect(decideData(model, { ...request, context, contextComplete: true }).decision).toBe('allowed');
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
