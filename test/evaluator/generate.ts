import fc from 'fast-check';
import type { Grant } from '../../src/model/index.js';
import type { ShortModel, ShortPolicy, ShortPrincipal, ShortResource, ShortStatement } from './case-model.js';

/** Random policies, models, requests and contexts over small pools, so that tests meet each other often. */

export const ACTIONS = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:DescribeKey',
  'kms:CreateGrant',
  'ssm:GetParameter',
  's3:GetObject',
  'kms:ListKeys',
];
const ACTION_PATTERNS = [...ACTIONS, '*', 'kms:*', 'kms:De*', 'KMS:decrypt', 'kms:?ncrypt', 's3:Get*', 'ssm:Get*', '*:Get*'];
export const RESOURCES = ['Key', 'Db', 'arn:aws:s3:::orders/1.csv', 'arn:aws:kms:eu-west-1:111122223333:alias/orders', '*'];
const RESOURCE_PATTERNS = [
  '*',
  '*',
  '<Key>',
  '<Db>',
  'arn:aws:kms:*:*:key/*',
  'arn:aws:ssm:*:<A>:parameter/app/*',
  'arn:aws:s3:::orders/*',
  'arn:aws:ssm:*:*:parameter/${aws:PrincipalTag/team}/*',
  "arn:aws:s3:::${aws:SourceVpc, 'orders'}/*",
  'arn:aws:*:*:<B>:*',
];
const NAMES = ['App', 'Ann', 'Bob'];
const PRINCIPALS = [
  '*',
  { AWS: '*' },
  '<A>',
  '<B>',
  'arn:aws:iam::<A>:root',
  '<App>',
  '<Ann>',
  '<Bob>',
  'arn:aws:sts::<A>:assumed-role/App/ann',
  'arn:aws:sts::<A>:federated-user/guest',
  'AROAAPPAPPAPPAPP1234',
  { Service: 'sns.amazonaws.com' },
  { AWS: ['<App>', '<B>'], Service: 's3.amazonaws.com' },
];
export const CALLERS = [
  'App',
  'App',
  'App as ann',
  'App as bob',
  'Ann',
  'Ann as guest',
  'Bob',
  'root of A',
  'root of B',
  'service sns.amazonaws.com',
  'stranger of Z',
  'stranger arn:aws:iam::444455556666:role/Other',
  'anonymous',
];

interface KeyPool {
  readonly key: string;
  readonly operators: readonly string[];
  /** Constants of conditions. */
  readonly constants: readonly string[];
  /** Values in requests. */
  readonly values: readonly string[];
  readonly multivalued?: true;
  readonly always?: true;
}

const STRINGS = ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringLike', 'StringNotLike'];
const ARNS = ['ArnLike', 'ArnEquals', 'ArnNotLike', 'StringLike', 'StringNotEquals'];
const NUMBERS = [
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
];
const DATES = ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals'];

export const KEYS: readonly KeyPool[] = [
  {
    key: 'aws:SourceVpc',
    operators: STRINGS,
    constants: ['vpc-1', 'vpc-2', 'vpc-*', 'VPC-1', '*', '${aws:PrincipalTag/team}'],
    values: ['vpc-1', 'vpc-2', 'VPC-1', 'x', 'blue'],
  },
  {
    key: 'aws:SourceIp',
    operators: ['IpAddress', 'NotIpAddress'],
    constants: ['10.0.0.0/8', '10.1.0.0/16', '203.0.113.7', '0.0.0.0/1', '::/0', '2001:db8::/32'],
    values: ['10.1.2.3', '10.2.0.1', '203.0.113.7', '200.1.1.1', '2001:db8::1', 'fe80::1'],
  },
  { key: 'aws:MultiFactorAuthPresent', operators: ['Bool'], constants: ['true', 'false'], values: ['true', 'false'] },
  {
    key: 'aws:MultiFactorAuthAge',
    operators: NUMBERS,
    constants: ['5', '60', '60.0', '300'],
    values: ['1', '5', '30', '60', '300', '400'],
  },
  {
    key: 'aws:CurrentTime',
    operators: DATES,
    constants: ['2026-01-01T00:00:00Z', '1767225600', '2027-01-01'],
    values: ['2025-06-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z', '2028-01-01T00:00:00Z'],
    always: true,
  },
  {
    key: 'aws:RequestedRegion',
    operators: STRINGS,
    constants: ['eu-west-1', 'us-east-1', 'eu-*'],
    values: ['eu-west-1', 'eu-west-2', 'us-east-1'],
    always: true,
  },
  { key: 'aws:SecureTransport', operators: ['Bool'], constants: ['true', 'false'], values: ['true', 'false'], always: true },
  {
    key: 'aws:TagKeys',
    operators: STRINGS,
    constants: ['team', 'env', 'te*', 'TEAM'],
    values: ['team', 'env', 'test', 'TEAM', 'x'],
    multivalued: true,
  },
  {
    key: 'kms:EncryptionContextKeys',
    operators: STRINGS,
    constants: ['App', 'Env', 'A*'],
    values: ['App', 'Env', 'Any'],
    multivalued: true,
  },
  { key: 'kms:EncryptionContext:App', operators: STRINGS, constants: ['shop', 'sh*', 'crm'], values: ['shop', 'crm', 'ship', 'x'] },
  {
    key: 'kms:ViaService',
    operators: STRINGS,
    constants: ['ssm.eu-west-1.amazonaws.com', 'ssm.*'],
    values: ['ssm.eu-west-1.amazonaws.com', 's3.eu-west-1.amazonaws.com'],
  },
  { key: 'aws:PrincipalTag/team', operators: STRINGS, constants: ['blue', 'red', 'b*'], values: [] },
  { key: 'aws:PrincipalOrgID', operators: STRINGS, constants: ['o-shop', 'o-*'], values: [] },
  { key: 'aws:PrincipalArn', operators: ARNS, constants: ['<App>', 'arn:aws:iam::*:role/*', 'arn:aws:iam::<A>:*'], values: [] },
  { key: 'aws:userid', operators: STRINGS, constants: ['AROAAPPAPPAPPAPP1234:*', '*:ann', 'AIDAANNANNANNANN1234'], values: [] },
  { key: 'kms:CallerAccount', operators: STRINGS, constants: ['<A>', '<B>'], values: [] },
  { key: 'aws:SourceArn', operators: ARNS, constants: ['arn:aws:sns:*:<A>:*', 'arn:aws:sns:eu-west-1:<A>:orders'], values: [] },
  { key: 'aws:ResourceTag/env', operators: STRINGS, constants: ['prod', 'test'], values: [] },
];

const some = <T>(pool: readonly T[], most = 3): fc.Arbitrary<T[]> =>
  fc.uniqueArray(fc.constantFrom(...pool), { minLength: 1, maxLength: most });

/** `{ Operator: { key: [values] } }` for one key. */
const test: fc.Arbitrary<readonly [string, string, readonly string[]]> = fc.constantFrom(...KEYS).chain((pool) =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(
          fc.constantFrom(...pool.operators),
          fc.boolean(),
          fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
          some(pool.constants, 2),
        )
        .map(([operator, ifExists, set, values]) => {
          const prefix = pool.multivalued === true && set === '' ? 'ForAnyValue:' : set;
          return [`${prefix}${operator}${ifExists ? 'IfExists' : ''}`, pool.key, values] as const;
        }),
    },
    { weight: 1, arbitrary: fc.constantFrom('true', 'false').map((value) => ['Null', pool.key, [value]] as const) },
  ),
);

const conditions = (least: number): fc.Arbitrary<ShortStatement> =>
  fc.array(test, { minLength: least, maxLength: 2 }).map((tests) => {
    const result: Record<string, Record<string, readonly string[]>> = {};
    for (const [operator, key, values] of tests) result[operator] = { ...result[operator], [key]: values };
    return result as ShortStatement;
  });

export const condition = conditions(0);

const bare = (allowShare: number): fc.Arbitrary<ShortStatement> =>
  fc
    .record({
      effect: fc.nat(99).map((n) => (n < allowShare ? 'Allow' : 'Deny')),
      negatedAction: fc.nat(9).map((n) => n === 0),
      action: some(ACTION_PATTERNS),
      negatedResource: fc.nat(9).map((n) => n === 0),
      resource: some(RESOURCE_PATTERNS),
      condition,
    })
    .map(({ effect, negatedAction, action, negatedResource, resource, condition: tests }) => ({
      Effect: effect,
      [negatedAction ? 'NotAction' : 'Action']: action,
      [negatedResource ? 'NotResource' : 'Resource']: resource,
      ...(Object.keys(tests).length === 0 ? {} : { Condition: tests }),
    }));

/** A statement of a policy without principals. */
export const identityStatement = bare(75);
/** A statement of a resource policy. */
export const resourceStatement: fc.Arbitrary<ShortStatement> = fc
  .tuple(bare(75), some(PRINCIPALS, 1), fc.nat(14))
  .map(([statement, [principal], n]) => ({
    ...statement,
    [n === 0 ? 'NotPrincipal' : 'Principal']: typeof principal === 'string' && principal !== '*' ? { AWS: principal } : (principal ?? '*'),
  }));

const identityPolicy = (most: number): fc.Arbitrary<readonly ShortStatement[]> => fc.array(identityStatement, { maxLength: most });
const scpLevel = fc.oneof(
  { weight: 2, arbitrary: fc.constant([{ Allow: '*' }] as readonly ShortStatement[]) },
  { weight: 2, arbitrary: bare(0).map((deny): readonly ShortStatement[] => [{ Allow: '*' }, deny]) },
  { weight: 1, arbitrary: identityPolicy(2) },
);

const grant: fc.Arbitrary<Partial<Grant>> = fc
  .record({
    grantee: fc.constantFrom(
      '<App>',
      '<Bob>',
      '<Ann>',
      'sns.amazonaws.com',
      'arn:aws:sts::<A>:assumed-role/App/ann',
      'arn:aws:iam::<B>:root',
    ),
    operations: some(['Decrypt', 'Encrypt', 'DescribeKey', 'CreateGrant']),
    constraint: fc.constantFrom('none', 'equals', 'subset'),
  })
  .map(({ grantee, operations, constraint }) => ({
    grantee,
    operations,
    ...(constraint === 'equals' ? { contextEquals: { App: 'shop' } } : constraint === 'subset' ? { contextSubset: { App: 'shop' } } : {}),
  }));

const maybe = <T>(arbitrary: fc.Arbitrary<T>, often = 2): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: often });
const defined = <T extends Record<string, unknown>>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T; // the same members, less the undefined

const principal = (kind: 'user' | 'role', account: string, uniqueId: string): fc.Arbitrary<ShortPrincipal> =>
  fc
    .record({
      identity: identityPolicy(4) as fc.Arbitrary<ShortPolicy>,
      boundary: maybe(identityPolicy(3) as fc.Arbitrary<ShortPolicy>, 1),
      team: maybe(fc.constantFrom('blue', 'red')),
      known: fc.boolean(),
    })
    .map(({ identity, boundary, team, known }) =>
      defined({
        kind,
        account,
        ...(known ? { uniqueId } : {}),
        tags: team === undefined ? {} : { team },
        identity,
        ...(boundary === undefined ? {} : { boundary }),
      }),
    );

export const model: fc.Arbitrary<ShortModel> = fc
  .record({
    App: principal('role', 'A', 'AROAAPPAPPAPPAPP1234'),
    Ann: principal('user', 'A', 'AIDAANNANNANNANN1234'),
    Bob: principal('role', 'B', 'AROABOBBOBBOBBOB1234'),
    delegates: fc.boolean(),
    keyPolicy: fc.array(resourceStatement, { maxLength: 4 }),
    bucketPolicy: maybe(fc.array(resourceStatement, { minLength: 1, maxLength: 3 })),
    grants: fc.array(grant, { maxLength: 2 }),
    scps: maybe(fc.array(scpLevel, { minLength: 1, maxLength: 2 })),
    rcps: maybe(fc.array(resourceStatement, { maxLength: 2 })),
    env: maybe(fc.constantFrom('prod', 'test')),
    endpoint: maybe(fc.array(resourceStatement, { maxLength: 2 }), 1),
  })
  .map(({ App, Ann, Bob, delegates, keyPolicy, bucketPolicy, grants, scps, rcps, env, endpoint }): ShortModel => {
    const toAccount: ShortStatement[] = delegates ? [{ Allow: 'kms:*', to: '<A>' }] : [];
    const tags = env === undefined ? {} : { env };
    const key: ShortResource = { is: 'key', tags, aliases: ['alias/orders'], policy: [...toAccount, ...keyPolicy], grants };
    return {
      accounts: {
        A: { organization: 'o-shop', ...(scps === undefined ? {} : { scps }), ...(rcps === undefined ? {} : { rcps: [rcps] }) },
        B: { organization: 'o-other' },
      },
      principals: { App, Ann, Bob },
      resources: {
        Key: key,
        Db: { is: 'parameter', name: '/app/db', tags },
        Orders: { is: 'bucket', ...(bucketPolicy === undefined ? {} : { policy: bucketPolicy }) },
      },
      ...(endpoint === undefined ? {} : { endpoints: { 'vpce-1': endpoint } }),
    };
  });

/** A model in which the principals of the account may do much, each under some condition: most answers are conditional. */
export const conditionalModel: fc.Arbitrary<ShortModel> = fc
  .tuple(model, conditions(1), conditions(1))
  .map(([short, one, other]): ShortModel => {
    const { App, Ann } = short.principals ?? {};
    const { Key } = short.resources ?? {};
    if (App === undefined || Ann === undefined || Key === undefined) return short;
    const allow = (tests: ShortStatement): ShortStatement => ({ Effect: 'Allow', Action: '*', Resource: '*', Condition: tests });
    const identity = [...(App.identity as readonly ShortStatement[]), allow(one), allow(other)]; // as `principal` makes them
    const policy: ShortStatement[] = [{ Allow: 'kms:*', to: '<A>' }, ...(Key.policy as readonly ShortStatement[]).slice(1)]; // likewise
    return {
      ...short,
      principals: { ...short.principals, App: { ...App, identity }, Ann: { ...Ann, identity } },
      resources: { ...short.resources, Key: { ...Key, policy } },
    };
  });

export const question = fc.record({
  caller: fc.constantFrom(...CALLERS),
  action: fc.constantFrom(...ACTIONS),
  resource: fc.constantFrom(...RESOURCES),
  session: maybe(identityPolicy(3) as fc.Arbitrary<ShortPolicy>, 1),
});

export type SampleContext = Readonly<Record<string, string | readonly string[]>>;

/** A context as real requests have it: what excludes each other is not together, what belongs together is. */
export const context: fc.Arbitrary<SampleContext> = fc
  .tuple(
    ...KEYS.filter(({ values }) => values.length > 0).map((pool) =>
      (pool.multivalued === true
        ? fc.uniqueArray(fc.constantFrom(...pool.values), { maxLength: 3 })
        : fc.option(fc.constantFrom(...pool.values), { nil: undefined, freq: pool.always === true ? 1000 : 2 })
      ).map((value) => [pool, value] as const),
    ),
    fc
      .constantFrom(undefined, 'vpce-1', 'vpce-2')
      .map((value) => [{ key: 'aws:SourceVpce', values: [] as readonly string[] }, value] as const),
  )
  .map((entries) => {
    const result: Record<string, string | readonly string[]> = {};
    for (const [pool, value] of entries) {
      if (value !== undefined && value.length > 0) result[pool.key] = value;
      else if ('always' in pool && pool.always === true) result[pool.key] = pool.values[0] ?? '';
    }
    if (result['aws:SourceVpc'] !== undefined || result['aws:SourceVpce'] !== undefined) delete result['aws:SourceIp'];
    if (result['aws:MultiFactorAuthAge'] !== undefined) result['aws:MultiFactorAuthPresent'] ??= 'true';
    const names = (result['kms:EncryptionContextKeys'] ?? []) as readonly string[]; // a list, as its pool makes it
    if (!names.includes('App')) delete result['kms:EncryptionContext:App'];
    else result['kms:EncryptionContext:App'] ??= 'shop';
    return result;
  });

export { NAMES };
