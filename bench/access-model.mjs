// A company's access, made up from a seed: roles with policies of their own and shared ones, keys with policies, grants,
// tags and aliases, boundaries, SCPs and RCPs over three accounts. No two roles are alike.
const ACCOUNTS = ['111122223333', '444455556666', '777788889999'];
const REGIONS = ['eu-west-1', 'eu-central-1', 'us-east-1', 'us-west-2'];
const TEAMS = ['payments', 'orders', 'search', 'mail', 'ledger', 'stock', 'risk', 'web'];
const ENVS = ['prod', 'test', 'dev'];
const ORGANIZATION = 'o-aabbccddee';

export const ACTIONS = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:DescribeKey',
  'kms:CreateGrant',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'kms:Sign',
  'kms:GetPublicKey',
];

const ORIGIN = { kind: 'file', file: 'model.json', range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } };

/** Mulberry32: small, and the same everywhere. */
export function randomOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (count) => Math.floor(next() * count);
  const pick = (list) => list[below(list.length)];
  const chance = (share) => next() < share;
  const some = (list, least, most) => {
    const found = new Set();
    for (let count = least + below(most - least + 1); found.size < count; ) found.add(pick(list));
    return [...found];
  };
  return { next, below, pick, chance, some };
}

const DEFAULTS = { seed: 7, roles: 5000, policies: 20, statements: 2, keys: 2000, conditioned: 0.3, denied: 0.05, shared: 0.5 };

/**
 * The model and what it is made of. `statements` is the most a policy has, `shared` the share of a role's policies that
 * come from a pool, `conditioned` and `denied` shares of the statements.
 */
export function accessModel(parsePolicy, options = {}) {
  const size = { ...DEFAULTS, ...options };
  const random = randomOf(size.seed);
  const { below, pick, chance, some } = random;
  const counts = { statements: 0, conditioned: 0, denied: 0, documents: 0 };
  const policy = (kind, name, statements) => {
    counts.documents += 1;
    const { document, problems } = parsePolicy(
      { Version: '2012-10-17', Statement: statements },
      { name, kind, place: () => ORIGIN, text: (value) => ({ text: String(value) }) },
    );
    if (problems.length > 0) throw new Error(`${name}: ${problems[0].message}`);
    return document;
  };

  const keyArns = Array.from({ length: size.keys }, (_, index) => {
    const account = ACCOUNTS[index % 10 < 7 ? 0 : (index % 2) + 1];
    const id = `${hex(random, 8)}-${hex(random, 4)}-${hex(random, 4)}-${hex(random, 4)}-${String(index).padStart(12, '0')}`;
    return { account, region: REGIONS[below(REGIONS.length)], id };
  }).map((key) => ({ ...key, arn: `arn:aws:kms:${key.region}:${key.account}:key/${key.id}` }));
  const roleOf = (index) => {
    const account = ACCOUNTS[index % 10 < 7 ? 0 : (index % 2) + 1];
    const name = `${pick(['app', 'job', 'ci', 'admin', 'etl'])}-${index}`;
    return { account, name, arn: `arn:aws:iam::${account}:role/${name}` };
  };
  const roles = Array.from({ length: size.roles }, (_, index) => roleOf(index));

  /** A Resource element for a KMS statement. */
  const keyResource = (account) => {
    const drawn = random.next();
    if (drawn < 0.6) return some(keyArns, 1, Math.min(4, keyArns.length)).map(({ arn }) => arn);
    if (drawn < 0.78) return `arn:aws:kms:${pick(REGIONS)}:${account}:key/*`;
    if (drawn < 0.9) return `arn:aws:kms:*:${account}:key/*`;
    if (drawn < 0.95) return '*';
    if (drawn < 0.98) return `arn:aws:kms:*:*:key/${hex(random, 2)}*`;
    return `arn:aws:kms:*:${account}:key/\${aws:PrincipalTag/key}*`;
  };
  const condition = (own) =>
    pick([
      () => ({
        StringEquals: {
          'kms:ViaService': some(['s3', 'ssm', 'secretsmanager', 'sqs', 'rds'], 1, 2).map(
            (service) => `${service}.${pick(REGIONS)}.amazonaws.com`,
          ),
        },
      }),
      () => ({ StringEquals: { 'aws:SourceVpce': `vpce-${own}` } }),
      () => ({ StringEquals: { 'kms:EncryptionContext:App': own } }),
      () => ({ StringLike: { 'kms:EncryptionContext:PARAMETER_ARN': `arn:aws:ssm:*:*:parameter/${own}/*` } }),
      () => ({ StringEquals: { 'aws:ResourceTag/team': pick(TEAMS) } }),
      () => ({ StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } }),
      () => ({ StringEquals: { 'aws:PrincipalTag/team': some(TEAMS, 1, 3) } }),
      () => ({ IpAddress: { 'aws:SourceIp': `10.${below(64) * 4}.0.0/14` } }),
      () => ({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
      () => ({ 'ForAnyValue:StringLike': { 'kms:ResourceAliases': `alias/${pick(TEAMS)}/*` } }),
      () => ({ StringEquals: { 'aws:RequestedRegion': some(REGIONS, 1, 2) } }),
      () => ({ DateLessThan: { 'aws:CurrentTime': `20${26 + below(5)}-01-01T00:00:00Z` } }),
    ])();
  const statement = (account, own) => {
    counts.statements += 1;
    const kms = chance(0.5);
    const denied = chance(size.denied);
    const body = kms
      ? {
          Action: some(
            [
              'kms:Decrypt',
              'kms:Encrypt',
              'kms:GenerateDataKey*',
              'kms:ReEncrypt*',
              'kms:Describe*',
              'kms:CreateGrant',
              'kms:*',
              'kms:Sign',
            ],
            1,
            3,
          ),
          Resource: keyResource(account),
        }
      : {
          Action: some(['s3:GetObject', 's3:PutObject', 'ssm:GetParameter*', 'sqs:*', 'logs:*', 'dynamodb:Query'], 1, 3),
          Resource: `arn:aws:s3:::${own}/*`,
        };
    if (denied) counts.denied += 1;
    if (chance(size.conditioned)) {
      counts.conditioned += 1;
      return { Effect: denied ? 'Deny' : 'Allow', ...body, Condition: condition(own) };
    }
    return { Effect: denied ? 'Deny' : 'Allow', ...body };
  };
  const statements = (account, own) => Array.from({ length: 1 + below(size.statements) }, () => statement(account, own));

  const pool = ACCOUNTS.map((account) =>
    Array.from({ length: 300 }, (_, index) =>
      policy('identity', `managed policy ${index} of ${account}`, statements(account, `shared-${index}`)),
    ),
  );
  const boundaries = ACCOUNTS.map((account) =>
    [
      [
        { Effect: 'Allow', Action: ['kms:*', 's3:*', 'ssm:*'], Resource: '*' },
        { Effect: 'Deny', Action: 'kms:ScheduleKeyDeletion', Resource: '*' },
      ],
      [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': REGIONS.slice(0, 2) } } }],
      [{ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:Describe*', 's3:*'], Resource: '*' }],
    ].map((body, index) => policy('boundary', `boundary ${index} of ${account}`, body)),
  );
  const principals = roles.map(({ account, name, arn }, index) => {
    const shared = Math.min(Math.round(size.policies * size.shared), 300);
    const own = Array.from({ length: size.policies - shared }, (_, number) =>
      policy('identity', `policy ${number} of ${name}`, statements(account, `${name}-${number}`)),
    );
    return {
      id: arn,
      kind: 'role',
      arn,
      account,
      name,
      uniqueId: `AROA${String(index).padStart(17, '0')}`,
      tags: { team: pick(TEAMS), env: pick(ENVS), key: hex(random, 2) },
      identity: [...some(pool[ACCOUNTS.indexOf(account)], shared, shared), ...own],
      ...(chance(0.1) ? { boundary: pick(boundaries[ACCOUNTS.indexOf(account)]) } : {}),
      serviceLinked: false,
      missing: [],
      origin: ORIGIN,
    };
  });

  const resources = keyArns.map(({ account, region, id, arn }, index) => {
    const team = pick(TEAMS);
    return {
      id: arn,
      arn,
      type: 'AWS::KMS::Key',
      account,
      region,
      name: `key ${index}`,
      tags: { team, env: pick(ENVS) },
      policy: policy('resource', `key policy of ${id}`, keyPolicy(random, account, region, roles)),
      key: {
        manager: 'customer',
        aliases: [`alias/${team}/${index}`],
        spec: chance(0.05) ? 'RSA_2048' : 'SYMMETRIC_DEFAULT',
        usage: 'ENCRYPT_DECRYPT',
        keyOrigin: 'AWS_KMS',
        multiRegion: false,
        related: [],
        grants: chance(0.1) ? [grant(random, roles, index)] : [],
      },
      origin: ORIGIN,
    };
  });
  const everything = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
  const regions = {
    Effect: 'Deny',
    NotAction: ['iam:*', 'sts:*', 'organizations:*'],
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:RequestedRegion': REGIONS }, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin-*' } },
  };
  const perimeter = {
    Effect: 'Deny',
    Principal: '*',
    Action: 'kms:*',
    Resource: '*',
    Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
  };
  const scps = [
    [policy('scp', 'FullAWSAccess', everything)],
    [policy('scp', 'FullAWSAccess', everything), policy('scp', 'Regions', [regions])],
  ];
  const rcps = [[policy('rcp', 'Perimeter', [perimeter])]];
  const accounts = ACCOUNTS.map((id) => ({ id, organization: ORGANIZATION, management: false, scps, rcps }));
  return { model: { principals, resources, accounts, gaps: [], assumptions: [] }, counts };
}

function keyPolicy({ below, pick, chance, some, next }, account, region, roles) {
  const root = { AWS: `arn:aws:iam::${account}:root` };
  const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
  const all = { Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' };
  const named = (least, most) => some(roles, Math.min(least, roles.length), Math.min(most, roles.length)).map(({ arn }) => arn);
  const drawn = next();
  if (drawn < 0.5) return [all];
  if (drawn < 0.6)
    return [all, { Effect: 'Allow', Principal: { AWS: ACCOUNTS.filter((id) => id !== account) }, Action: use, Resource: '*' }];
  if (drawn < 0.7) {
    const service = pick(['s3', 'ssm', 'rds']);
    const through = { StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': `${service}.${region}.amazonaws.com` } };
    return [all, { Effect: 'Allow', Principal: { AWS: '*' }, Action: use, Resource: '*', Condition: through }];
  }
  if (drawn < 0.76) {
    const pattern = { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/${pick(['app', 'job', 'ci', 'etl'])}-*` } };
    return [
      { ...all, Action: ['kms:Describe*', 'kms:Put*', 'kms:Schedule*'] },
      { Effect: 'Allow', Principal: { AWS: '*' }, Action: use, Resource: '*', Condition: pattern },
    ];
  }
  if (drawn < 0.82) {
    const tagged = { StringEquals: { 'aws:PrincipalTag/team': pick(TEAMS), 'aws:PrincipalOrgID': ORGANIZATION } };
    return [all, { Effect: 'Allow', Principal: '*', Action: use, Resource: '*', Condition: tagged }];
  }
  const body = [{ ...all, ...(chance(0.5) ? {} : { Action: ['kms:Describe*', 'kms:Get*', 'kms:PutKeyPolicy'] }) }];
  body.push({ Effect: 'Allow', Principal: { AWS: named(1, 4) }, Action: use, Resource: '*' });
  if (chance(0.3)) body.push({ Effect: 'Deny', Principal: { AWS: named(1, 1) }, Action: 'kms:Decrypt', Resource: '*' });
  if (chance(0.2)) {
    const through = { StringNotEquals: { 'aws:SourceVpce': `vpce-key-${below(20)}` } };
    body.push({ Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*', Condition: through });
  }
  return body;
}

function grant({ pick, chance }, roles, index) {
  return {
    id: `grant-${index}`,
    grantee: chance(0.8) ? pick(roles).arn : 'dynamodb.amazonaws.com',
    operations: ['Decrypt', 'GenerateDataKey', 'DescribeKey'],
    ...(chance(0.5) ? { contextSubset: { App: `app-${index % 40}` } } : {}),
    origin: ORIGIN,
  };
}

function hex({ below }, length) {
  let text = '';
  while (text.length < length) text += below(16).toString(16);
  return text;
}
