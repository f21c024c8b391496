import { type CompiledAccess, compileAccess, parsePolicy, withKeysBehind } from '../../src/evaluator/index.js';
import type { AccessModel, AccessPrincipal, AccessResource, FileOrigin, PolicyDocument, PolicyKind, Value } from '../../src/model/index.js';

const start = { line: 1, column: 1 };
const ORIGIN: FileOrigin = { kind: 'file', file: 'model.json', range: { start, end: start } };
export const A = '111122223333';
export const B = '444455556666';

type Statements = readonly Readonly<Record<string, Value>>[];

export function policy(name: string, kind: PolicyKind, statements: Statements): PolicyDocument {
  const { document, problems } = parsePolicy(
    { Version: '2012-10-17', Statement: statements },
    { name, kind, place: () => ORIGIN, text: (value) => ({ text: String(value) }) },
  );
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join());
  return document;
}

/** An Allow in one line. */
export function allow(action: Value, resource: Value = '*', condition?: Value): Readonly<Record<string, Value>> {
  return { Effect: 'Allow', Action: action, Resource: resource, ...(condition === undefined ? {} : { Condition: condition }) };
}

export function role(name: string, identity: Statements, trust: Statements = [], account = A): AccessPrincipal {
  const base = principal('role', name, identity, account);
  return trust.length === 0 ? base : { ...base, trust: policy(`trust policy of role ${name}`, 'trust', trust) };
}

export function user(name: string, identity: Statements, account = A): AccessPrincipal {
  return principal('user', name, identity, account);
}

function principal(kind: 'user' | 'role', name: string, identity: Statements, account: string): AccessPrincipal {
  return {
    id: name,
    kind,
    arn: `arn:aws:iam::${account}:${kind}/${name}`,
    account,
    name,
    tags: {},
    identity: identity.length === 0 ? [] : [policy(`policy of ${name}`, 'identity', identity)],
    serviceLinked: false,
    missing: [],
    origin: ORIGIN,
  };
}

export const DELEGATING: Statements = [{ Effect: 'Allow', Principal: { AWS: A }, Action: 'kms:*', Resource: '*' }];

export function key(name: string, statements: Statements = DELEGATING, more: Partial<AccessResource> = {}): AccessResource {
  return {
    ...resource('AWS::KMS::Key', name, `arn:aws:kms:eu-west-1:${A}:key/${name}`),
    policy: policy(`key policy of ${name}`, 'resource', statements),
    key: { manager: 'customer', aliases: [`alias/${name}`], related: [], grants: [] },
    ...more,
  };
}

export function resource(type: string, name: string, arn: string, encryptedBy?: AccessResource['encryptedBy']): AccessResource {
  return {
    id: name,
    arn,
    type,
    account: A,
    region: 'eu-west-1',
    name,
    tags: {},
    ...(encryptedBy === undefined ? {} : { encryptedBy }),
    origin: ORIGIN,
  };
}

/** Roles are resources, too: their trust policy decides who assumes them. */
export function access(
  principals: readonly AccessPrincipal[],
  resources: readonly AccessResource[],
  more: Partial<AccessModel> = {},
): CompiledAccess {
  const roles = principals.flatMap((item): AccessResource[] =>
    item.trust === undefined ? [] : [{ ...resource('AWS::IAM::Role', item.id, item.arn), account: item.account, policy: item.trust }],
  );
  return compileAccess(
    withKeysBehind({ principals, resources: [...resources, ...roles], accounts: [], gaps: [], assumptions: [], ...more }),
  );
}
