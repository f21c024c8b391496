import { expect } from 'vitest';
import { type PolicyProblem, parsePolicy } from '../../src/evaluator/index.js';
import type {
  AccessAccount,
  AccessModel,
  AccessPrincipal,
  AccessResource,
  FileOrigin,
  Grant,
  PolicyDocument,
  PolicyKind,
  Value,
} from '../../src/model/index.js';

/** The accounts of every case: A owns what says nothing else, B is another one, M manages their organisation, Z is nobody's. */
export const ACCOUNTS: Readonly<Record<string, string>> = { A: '111122223333', B: '444455556666', M: '777788889999', Z: '999900001111' };

/** A statement in full, or short: `{ Allow: actions, on: resources, to: principals, if: conditions }`. */
export type ShortStatement = Readonly<Record<string, Value>>;
/** Statements under 2012-10-17, or a document in full, or why it can't be read. */
export type ShortPolicy = readonly ShortStatement[] | Readonly<Record<string, Value>>;

export interface ShortPrincipal {
  readonly kind: 'user' | 'role';
  readonly account?: string;
  readonly path?: string;
  readonly uniqueId?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly identity?: ShortPolicy;
  /** Further policies by name: of groups, managed ones. */
  readonly attached?: Readonly<Record<string, ShortPolicy>>;
  readonly boundary?: ShortPolicy;
  readonly trust?: ShortPolicy;
  readonly serviceLinked?: boolean;
  readonly missing?: readonly string[];
}

export interface ShortResource {
  readonly is: keyof typeof ARNS;
  readonly account?: string;
  readonly name?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly policy?: ShortPolicy;
  readonly manager?: 'customer' | 'aws-managed' | 'aws-owned';
  readonly aliases?: readonly string[];
  readonly spec?: string;
  readonly usage?: string;
  readonly keyOrigin?: string;
  readonly multiRegion?: boolean;
  readonly related?: readonly string[];
  readonly region?: string;
  readonly grants?: readonly Partial<Grant>[];
}

export interface ShortAccount {
  readonly organization?: string;
  readonly path?: string;
  readonly management?: boolean;
  readonly scps?: readonly ShortPolicy[];
  readonly rcps?: readonly ShortPolicy[];
}

/** A world in short words, as the case files write it. */
export interface ShortModel {
  readonly accounts?: Readonly<Record<string, ShortAccount>>;
  readonly principals?: Readonly<Record<string, ShortPrincipal>>;
  readonly resources?: Readonly<Record<string, ShortResource>>;
  readonly endpoints?: Readonly<Record<string, ShortPolicy>>;
}

const ARNS = {
  key: { type: 'AWS::KMS::Key', arn: (r: string, a: string, n: string) => `arn:aws:kms:${r}:${a}:key/${n}` },
  bucket: { type: 'AWS::S3::Bucket', arn: (_r: string, _a: string, n: string) => `arn:aws:s3:::${n}` },
  parameter: {
    type: 'AWS::SSM::Parameter',
    arn: (r: string, a: string, n: string) => `arn:aws:ssm:${r}:${a}:parameter/${n.replace(/^\//, '')}`,
  },
  secret: { type: 'AWS::SecretsManager::Secret', arn: (r: string, a: string, n: string) => `arn:aws:secretsmanager:${r}:${a}:secret:${n}` },
  queue: { type: 'AWS::SQS::Queue', arn: (r: string, a: string, n: string) => `arn:aws:sqs:${r}:${a}:${n}` },
  topic: { type: 'AWS::SNS::Topic', arn: (r: string, a: string, n: string) => `arn:aws:sns:${r}:${a}:${n}` },
} as const;

const origin: FileOrigin = { kind: 'file', file: 'case.yaml', range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } } };

export interface BuiltModel {
  readonly model: AccessModel;
  readonly problems: readonly PolicyProblem[];
  /** Puts ARNs and account numbers for `<Name>`. */
  fill<T>(value: T): T;
  policy(kind: PolicyKind, name: string, short: ShortPolicy): PolicyDocument;
}

/** The model that the short words stand for. `<Name>` anywhere in a text is the ARN of that principal or resource, `<A>` an account's number. */
export function buildModel(short: ShortModel): BuiltModel {
  const names = new Map<string, string>(Object.entries(ACCOUNTS));
  for (const [name, { account = 'A', path = '/', kind }] of Object.entries(short.principals ?? {})) {
    names.set(name, `arn:aws:iam::${ACCOUNTS[account]}:${kind}${path}${name}`);
  }
  for (const [name, { is, account = 'A', name: own, region = 'eu-west-1' }] of Object.entries(short.resources ?? {})) {
    names.set(name, ARNS[is].arn(region, ACCOUNTS[account] ?? '', own ?? name.toLowerCase()));
  }
  const fillText = (text: string): string => text.replace(/<([A-Za-z0-9]+)>/g, (whole, name: string) => names.get(name) ?? whole);
  const fill = <T>(value: T): T => {
    if (typeof value === 'string') return fillText(value) as T; // a text filled in is a text
    if (Array.isArray(value)) return value.map((item: unknown) => fill(item)) as T; // the same list, item for item
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [fillText(key), fill(item)])) as T; // the same shape
  };
  const problems: PolicyProblem[] = [];
  const policy = (kind: PolicyKind, name: string, written: ShortPolicy): PolicyDocument => {
    const body = fill(written);
    const document = documentOf(body);
    const parsed = parsePolicy(document, { name, kind, place: () => origin, text: (value) => ({ text: String(value) }) });
    problems.push(...parsed.problems);
    if (!Array.isArray(body) && 'unreadable' in body)
      return { ...parsed.document, statements: [], unreadable: { words: String(body.unreadable), kind: 'gap' } };
    return parsed.document;
  };
  const principals = Object.entries(short.principals ?? {}).map(([id, written]): AccessPrincipal => {
    const documents = Object.entries({ ...(written.identity === undefined ? {} : { own: written.identity }), ...written.attached });
    return {
      id,
      kind: written.kind,
      arn: names.get(id) ?? '',
      account: ACCOUNTS[written.account ?? 'A'] ?? '',
      name: id,
      ...(written.uniqueId === undefined ? {} : { uniqueId: written.uniqueId }),
      tags: written.tags ?? {},
      identity: documents.map(([name, statements]) => policy('identity', `policy ${name} of ${id}`, statements)),
      ...(written.boundary === undefined ? {} : { boundary: policy('boundary', `boundary of ${id}`, written.boundary) }),
      ...(written.trust === undefined ? {} : { trust: policy('trust', `trust policy of ${id}`, written.trust) }),
      serviceLinked: written.serviceLinked ?? false,
      missing: (written.missing ?? []).map((words) => ({ words, kind: 'gap' })),
      origin,
    };
  });
  const resources = Object.entries(short.resources ?? {}).map(([id, written]): AccessResource => {
    const arn = names.get(id) ?? '';
    return {
      id,
      arn,
      type: ARNS[written.is].type,
      account: ACCOUNTS[written.account ?? 'A'] ?? '',
      region: written.region ?? 'eu-west-1',
      name: id,
      tags: written.tags ?? {},
      ...(written.policy === undefined
        ? {}
        : { policy: policy('resource', `${written.is === 'key' ? 'key ' : ''}policy of ${id}`, written.policy) }),
      ...(written.is === 'key'
        ? {
            key: {
              manager: written.manager ?? 'customer',
              aliases: written.aliases ?? [],
              ...(written.spec === undefined ? {} : { spec: written.spec }),
              ...(written.usage === undefined ? {} : { usage: written.usage }),
              ...(written.keyOrigin === undefined ? {} : { keyOrigin: written.keyOrigin }),
              ...(written.multiRegion === undefined ? {} : { multiRegion: written.multiRegion }),
              related: fill(written.related ?? []),
              grants: fill(written.grants ?? []).map((grant, index) => ({
                id: `${index}`,
                grantee: '',
                operations: [],
                origin,
                ...grant,
              })),
            },
          }
        : {}),
      origin,
    };
  });
  const roles = principals
    .filter(({ trust }) => trust !== undefined)
    .map(
      ({ id, arn, account, name, tags, trust }): AccessResource => ({
        id,
        arn,
        type: 'AWS::IAM::Role',
        account,
        name,
        tags,
        ...(trust === undefined ? {} : { policy: trust }),
        origin,
      }),
    );
  const accounts = Object.entries(short.accounts ?? {}).map(([name, written]): AccessAccount => {
    const levels = (kind: 'scp' | 'rcp', list: readonly ShortPolicy[] | undefined) =>
      list?.map((level, index) => [policy(kind, `${kind.toUpperCase()} of level ${index + 1} above ${name}`, level)]);
    const scps = levels('scp', written.scps);
    const rcps = levels('rcp', written.rcps);
    return {
      id: ACCOUNTS[name] ?? name,
      ...(written.organization === undefined ? {} : { organization: written.organization }),
      ...(written.path === undefined ? {} : { organizationPath: written.path }),
      management: written.management ?? false,
      ...(scps === undefined ? {} : { scps }),
      ...(rcps === undefined ? {} : { rcps }),
    };
  });
  const endpoints = Object.entries(short.endpoints ?? {}).map(([id, written]) => ({
    id,
    policy: policy('endpoint', `policy of endpoint ${id}`, written),
  }));
  const model: AccessModel = { principals, resources: [...resources, ...roles], accounts, endpoints, gaps: [], assumptions: [] };
  return { model, problems, fill, policy };
}

function documentOf(body: ShortPolicy): Value {
  if (Array.isArray(body)) return { Version: '2012-10-17', Statement: body.map((item: ShortStatement) => statementOf(item)) };
  const document = body as Readonly<Record<string, Value>>; // what is no list is a document
  if ('unreadable' in document) return { Version: '2012-10-17', Statement: [] };
  const { Statement } = document;
  return {
    ...document,
    Statement: Array.isArray(Statement) ? Statement.map((item) => statementOf(item as ShortStatement)) : (Statement ?? []),
  };
}

const SHORT: Readonly<Record<string, readonly [string, string]>> = {
  Allow: ['Allow', 'Action'],
  Deny: ['Deny', 'Action'],
  AllowAllBut: ['Allow', 'NotAction'],
  DenyAllBut: ['Deny', 'NotAction'],
};
const ELEMENTS: Readonly<Record<string, string>> = { on: 'Resource', notOn: 'NotResource', if: 'Condition', sid: 'Sid' };

/** `on` is `*` where it is not said; `on: none` leaves Resource out, as trust policies do. */
function statementOf(short: ShortStatement): Value {
  if ('Effect' in short || 'Action' in short) return short as Value;
  const full: Record<string, Value> = {};
  for (const [key, value] of Object.entries(short)) {
    const verb = SHORT[key];
    if (verb !== undefined) {
      full.Effect = verb[0];
      full[verb[1]] = value;
    } else if (key === 'to' || key === 'notTo') {
      full[key === 'to' ? 'Principal' : 'NotPrincipal'] =
        value === '*' || (typeof value === 'object' && !Array.isArray(value)) ? value : { AWS: value };
    } else {
      const element = ELEMENTS[key];
      expect(element, `${key} in a statement`).toBeDefined();
      full[element ?? key] = value;
    }
  }
  if (full.Resource === 'none') delete full.Resource;
  else if (full.Resource === undefined && full.NotResource === undefined) full.Resource = '*';
  return full;
}
