import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Comparison, compareAccess, compileAccess } from '../../src/evaluator/index.js';
import { isAllowed } from '../../src/evaluator/witness.js';
import type { PolicyDocument } from '../../src/model/index.js';
import { buildModel, type ShortStatement } from './case-model.js';
import { condition, context, identityStatement, KEYS, resourceStatement, type SampleContext } from './generate.js';

const RUNS = { numRuns: 150, seed: 6 };
type Statements = readonly ShortStatement[];

const world = {
  principals: { App: { kind: 'role' as const }, Ann: { kind: 'user' as const }, Bob: { kind: 'role' as const, account: 'B' } },
  resources: { Key: { is: 'key' as const }, Db: { is: 'parameter' as const, name: '/app/db' } },
};
const built = buildModel(world);
const document = (statements: Statements): PolicyDocument => built.policy('identity', 'policy', statements);
const compared = (before: Statements, after: Statements): Comparison => compareAccess([document(before)], [document(after)]);
const none = { kind: 'none' };

/** The plain evaluator: a role with just these statements. Only for what is no key and no role. */
function gives(statements: Statements, action: string, resource: string, given: SampleContext): boolean {
  const { model } = buildModel({ ...world, principals: { App: { kind: 'role', identity: statements } } });
  const caller = { kind: 'principal' as const, id: 'App' };
  return isAllowed(compileAccess(model), { caller, action, resource, context: given, contextComplete: true, sessionPolicies: [] });
}

const statements = fc.array(identityStatement, { maxLength: 3 });
const allow = identityStatement.map((statement): ShortStatement => ({ ...statement, Effect: 'Allow' }));
const deny = identityStatement.map((statement): ShortStatement => ({ ...statement, Effect: 'Deny' }));
const all = (tests: ShortStatement, effect = 'Allow'): ShortStatement => ({
  Effect: effect,
  Action: 'ssm:GetParameter',
  Resource: 'arn:aws:ssm:eu-west-1:111122223333:parameter/app/db',
  ...(Object.keys(tests).length === 0 ? {} : { Condition: tests }),
});

function law(name: string, property: fc.IProperty<[Statements, Statements, Statements, ShortStatement, ShortStatement]>): void {
  it(name, () => fc.assert(property, RUNS));
}

function forAll(check: (a: Statements, b: Statements, c: Statements, allowing: ShortStatement, denying: ShortStatement) => void) {
  return fc.property(statements, statements, statements, allow, deny, check);
}

describe('laws of comparison', () => {
  law(
    'a policy gives no more than itself, in any order, twice over',
    forAll((a) => {
      expect(compared(a, a)).toEqual(none);
      expect(compared(a, [...a].reverse())).toEqual(none);
      expect(compared([...a, ...a], a)).toEqual(none);
    }),
  );

  law(
    'a Deny more gives no more',
    forAll((a, _, __, ___, denying) => {
      expect(compared(a, [...a, denying])).toEqual(none);
    }),
  );

  law(
    'an Allow less gives no more',
    forAll((a, _, __, allowing) => {
      expect(compared([...a, allowing], a)).toEqual(none);
    }),
  );

  law(
    'no more is transitive',
    forAll((a, b, c) => {
      if (compared(a, b).kind === 'none' && compared(b, c).kind === 'none') expect(compared(a, c).kind).not.toBe('more');
    }),
  );

  law(
    'an Allow without its Condition gives no less, a Deny without it no more',
    forAll((a, _, __, allowing, denying) => {
      const { Condition: _allow, ...open } = allowing;
      const { Condition: _deny, ...wide } = denying;
      expect(compared([...a, open], [...a, allowing])).toEqual(none);
      expect(compared([...a, denying], [...a, wide])).toEqual(none);
    }),
  );

  law(
    'two documents are as one',
    forAll((a, b) => {
      expect(compareAccess([document(a), document(b)], [document([...a, ...b])])).toEqual(none);
      expect(compareAccess([document([...a, ...b])], [document(a), document(b)])).toEqual(none);
    }),
  );

  it('each new access has a request that the one gives and the other does not; where there is none, no sampled request shows one', () => {
    const kinds = new Map<string, number>();
    fc.assert(
      fc.property(statements, statements, fc.array(context, { minLength: 6, maxLength: 6 }), (a, b, contexts) => {
        const result = compared(a, b);
        kinds.set(result.kind, (kinds.get(result.kind) ?? 0) + 1);
        if (result.kind === 'more') {
          for (const { action, resource, witness } of result.differences) {
            if (/^kms:|^sts:|^iam:/i.test(action) || /:kms:|:iam:/.test(resource) || !/^\*$|:(?:111122223333)?:[^:]*$/.test(resource))
              continue;
            expect(gives(b, action, resource, always(witness)), `${action} ${resource} ${JSON.stringify(witness)}`).toBe(true);
            expect(gives(a, action, resource, always(witness)), `${action} ${resource} ${JSON.stringify(witness)}`).toBe(false);
          }
        }
        if (result.kind !== 'none') return;
        for (const sample of contexts) {
          for (const action of ['ssm:GetParameter', 's3:GetObject', 'x:y']) {
            for (const resource of ['arn:aws:ssm:eu-west-1:111122223333:parameter/app/db', 'arn:aws:s3:::orders/1.csv', '*']) {
              if (gives(b, action, resource, sample))
                expect(gives(a, action, resource, sample), `${action} ${resource} ${JSON.stringify(sample)}`).toBe(true);
            }
          }
        }
      }),
      { ...RUNS, numRuns: 400 },
    );
    expect(kinds.get('none') ?? 0).toBeGreaterThan(40);
    expect(kinds.get('more') ?? 0).toBeGreaterThan(40);
  });
});

/** A witness says what matters; other keys are missing, but those that every request has. Who calls is open, so nothing follows from it. */
function always(witness: SampleContext): SampleContext {
  const said = new Set(Object.keys(witness).map((key) => key.toLowerCase()));
  const missing = KEYS.map(({ key }) => key.toLowerCase()).filter((key) => !said.has(key));
  const usual: SampleContext = {
    'aws:securetransport': 'true',
    'aws:currenttime': '2026-01-01T00:00:00Z',
    'aws:requestedregion': 'us-east-1',
  };
  return { ...Object.fromEntries(missing.map((key) => [key, []])), ...usual, ...witness };
}

describe('laws of comparison for resource policies', () => {
  const named = fc.array(resourceStatement, { maxLength: 3 });
  const policy = (all: Statements): PolicyDocument => built.policy('resource', 'policy', all);
  const law = (name: string, check: (a: Statements, one: ShortStatement) => void): void => {
    it(name, () => fc.assert(fc.property(named, resourceStatement, check), RUNS));
  };

  law('a policy gives no more than itself, in any order, twice over', (a) => {
    expect(compareAccess([policy(a)], [policy([...a, ...a].reverse())])).toEqual(none);
    expect(compareAccess([policy([...a, ...a].reverse())], [policy(a)])).toEqual(none);
  });
  law('a Deny more gives no more', (a, one) => {
    expect(compareAccess([policy(a)], [policy([...a, { ...one, Effect: 'Deny' }])])).toEqual(none);
  });
  law('an Allow less gives no more', (a, one) => {
    expect(compareAccess([policy([...a, { ...one, Effect: 'Allow' }])], [policy(a)])).toEqual(none);
  });
  law('an Allow for everyone gives no less', (a, one) => {
    const { NotPrincipal: _, ...rest } = one;
    const allowing: ShortStatement = { ...rest, Effect: 'Allow' };
    const result = compareAccess(
      [policy([...a, { ...allowing, Principal: '*' }])],
      [policy([...a, { ...allowing, ...one, Effect: 'Allow' }])],
    );
    // Whether NotPrincipal with Allow names anyone is open, but never more than everyone.
    expect(result).toEqual(none);
  });

  it.each<[string, ShortStatement, ShortStatement, boolean]>([
    ['a role of an account that is named', { Principal: { AWS: '444455556666' } }, { Principal: { AWS: '<Other>' } }, false],
    ['the account of a role that is named', { Principal: { AWS: '<Other>' } }, { Principal: { AWS: '444455556666' } }, true],
    ['everyone, where an account was named', { Principal: { AWS: '444455556666' } }, { Principal: '*' }, true],
    ['a service, where accounts were named', { Principal: { AWS: '444455556666' } }, { Principal: { Service: 'sns.amazonaws.com' } }, true],
    ['another service', { Principal: { Service: 'sqs.amazonaws.com' } }, { Principal: { Service: 'sns.amazonaws.com' } }, true],
    [
      'everyone of an organisation, where everyone was',
      { Principal: '*' },
      { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-shop' } } },
      false,
    ],
    [
      'everyone, where everyone of an organisation was',
      { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-shop' } } },
      { Principal: '*' },
      true,
    ],
    [
      'an account by kms:CallerAccount, where it was named',
      { Principal: { AWS: '444455556666' } },
      { Principal: { AWS: '*' }, Condition: { StringEquals: { 'kms:CallerAccount': '444455556666' } } },
      false,
    ],
  ])('%s', (_, before, after, more) => {
    const of = (part: ShortStatement): PolicyDocument => {
      const text = JSON.stringify({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', ...part });
      return policy([JSON.parse(text.replaceAll('<Other>', 'arn:aws:iam::444455556666:role/Other')) as ShortStatement]);
    };
    expect(compareAccess([of(before)], [of(after)]).kind).toBe(more ? 'more' : 'none');
  });
});

describe('laws of conditions', () => {
  const complements: readonly (readonly [string, ShortStatement, ShortStatement, boolean])[] = [
    ['String', { StringLike: { 'aws:SourceVpc': 'vpc-*' } }, { StringNotLike: { 'aws:SourceVpc': 'vpc-*' } }, true],
    ['Arn', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::x*' } }, { ArnNotLike: { 'aws:SourceArn': 'arn:aws:s3:::x*' } }, true],
    ['Numeric', { NumericEquals: { 's3:max-keys': '5' } }, { NumericNotEquals: { 's3:max-keys': '5' } }, true],
    ['Date', { DateEquals: { 'aws:TokenIssueTime': '2026-01-01' } }, { DateNotEquals: { 'aws:TokenIssueTime': '2026-01-01' } }, true],
    ['Ip', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, true],
    ['Bool, for the key may be missing', { Bool: { 'aws:ViaAWSService': 'true' } }, { Bool: { 'aws:ViaAWSService': 'false' } }, false],
    [
      'less and at least, for the key may be missing',
      { NumericLessThan: { 's3:max-keys': '5' } },
      { NumericGreaterThanEquals: { 's3:max-keys': '5' } },
      false,
    ],
    [
      'less and at least with one IfExists',
      { NumericLessThanIfExists: { 's3:max-keys': '5' } },
      { NumericGreaterThanEquals: { 's3:max-keys': '5' } },
      true,
    ],
    ['Bool of both with one IfExists', { BoolIfExists: { 'aws:ViaAWSService': 'true' } }, { Bool: { 'aws:ViaAWSService': 'false' } }, true],
    ['Bool of a key that is always there', { Bool: { 'aws:SecureTransport': 'true' } }, { Bool: { 'aws:SecureTransport': 'false' } }, true],
    [
      'dates of the clock',
      { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } },
      { DateGreaterThanEquals: { 'aws:CurrentTime': '2026-01-01' } },
      true,
    ],
    [
      'ForAnyValue and ForAllValues of the opposite',
      { 'ForAnyValue:StringLike': { 'aws:TagKeys': 't*' } },
      { 'ForAllValues:StringNotLike': { 'aws:TagKeys': 't*' } },
      true,
    ],
    ['Null true and Null false', { Null: { 'aws:SourceVpc': 'true' } }, { Null: { 'aws:SourceVpc': 'false' } }, true],
    [
      'CIDR halves, for IPv6 and missing addresses',
      { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } },
      { IpAddress: { 'aws:SourceIp': '128.0.0.0/1' } },
      false,
    ],
  ];
  it.each(complements)('%s', (_, one, other, whole) => {
    expect(compared([all(one), all(other)], [all({})]).kind).toBe(whole ? 'none' : 'more');
    expect(compared([all({})], [all(one), all(other)])).toEqual(none);
  });

  const equal: readonly (readonly [string, ShortStatement, ShortStatement])[] = [
    [
      'CIDR halves are the whole',
      { IpAddress: { 'aws:SourceIp': ['10.0.0.0/9', '10.128.0.0/9'] } },
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
    ],
    [
      'an instant may be written both ways',
      { DateLessThan: { 'aws:CurrentTime': '1767225600' } },
      { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
    ],
    [
      'the two clocks are one',
      { NumericLessThan: { 'aws:EpochTime': '1767225600' } },
      { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
    ],
    [
      'Null false with IfExists is the plain test',
      { Null: { 'aws:SourceVpc': 'false' }, StringEqualsIfExists: { 'aws:SourceVpc': 'a' } },
      { StringEquals: { 'aws:SourceVpc': 'a' } },
    ],
    [
      'IfExists on a negated operator changes nothing',
      { StringNotEqualsIfExists: { 'aws:SourceVpc': 'a' } },
      { StringNotEquals: { 'aws:SourceVpc': 'a' } },
    ],
    [
      'a key in two spellings is two tests that must both hold',
      { StringEquals: { 'aws:SourceVpc': ['a', 'b'], 'aws:sourcevpc': ['b', 'c'] } },
      { StringEquals: { 'aws:SourceVpc': 'b' } },
    ],
    ['5 and 5.0 are one number', { NumericEquals: { 's3:max-keys': '5.0' } }, { NumericEquals: { 's3:max-keys': '5' } }],
    ['ArnEquals is ArnLike', { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::x*' } }, { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::x*' } }],
  ];
  it.each(equal)('%s', (_, one, other) => {
    expect(compared([all(one)], [all(other)])).toEqual(none);
    expect(compared([all(other)], [all(one)])).toEqual(none);
  });

  const nothing: readonly (readonly [string, ShortStatement])[] = [
    ['Null true with a positive test', { Null: { 'aws:SourceVpc': 'true' }, StringEquals: { 'aws:SourceVpc': 'a' } }],
    ['a value that is two things', { StringEquals: { 'aws:SourceVpc': 'a' }, StringLike: { 'aws:SourceVpc': 'b*' } }],
    ['a number below and above', { NumericLessThan: { 's3:max-keys': '5' }, NumericGreaterThan: { 's3:max-keys': '5' } }],
    ['an endpoint and an address', { StringLike: { 'aws:SourceVpce': '*' }, IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }],
    ['no time', { Null: { 'aws:CurrentTime': 'true' } }],
  ];
  it.each(nothing)('%s is nothing', (_, tests) => {
    expect(compared([], [all(tests)])).toEqual(none);
  });

  it('any condition and its absence: Allow with it, Allow without', () => {
    fc.assert(
      fc.property(condition, (tests) => {
        expect(compared([all({})], [all(tests)])).toEqual(none);
        // Denied just where it is allowed: nothing is left.
        expect(compared([], [all(tests), all(tests, 'Deny')])).toEqual(none);
      }),
      { ...RUNS, numRuns: 600 },
    );
  });

  it('Action and NotAction of one list are every action', () => {
    const any = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
    const both = [
      { Effect: 'Allow', Action: ['ssm:*', 'kms:De*'], Resource: '*' },
      { Effect: 'Allow', NotAction: ['ssm:*', 'kms:De*'], Resource: '*' },
    ];
    expect(compared(both, any)).toEqual(none);
    expect(compared(any, both)).toEqual(none);
  });

  it('`a?c` is less than `a*c`', () => {
    const on = (resource: string): Statements => [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${resource}` }];
    expect(compared(on('a*c'), on('a?c'))).toEqual(none);
    expect(compared(on('a?c'), on('a*c')).kind).toBe('more');
  });

  it('splitting by condition keys is not equal', () => {
    const together = [all({ StringEquals: { 'aws:SourceVpc': 'a', 'aws:RequestedRegion': 'b' } })];
    const apart = [all({ StringEquals: { 'aws:SourceVpc': 'a' } }), all({ StringEquals: { 'aws:RequestedRegion': 'b' } })];
    expect(compared(apart, together)).toEqual(none);
    expect(compared(together, apart).kind).toBe('more');
  });
});
