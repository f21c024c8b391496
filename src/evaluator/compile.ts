import type { AccessModel, AccessPrincipal, AccessResource, Cause, PolicyDocument, PolicyText, Statement } from '../model/index.js';
import { type CompiledCondition, compileCondition } from './condition/condition.js';
import type { Elementary } from './condition/elementary.js';
import { canonicalKey, keyKind } from './condition/keys.js';
import { contextNameTests, operationTests } from './grants.js';
import { type Glob, glob, matches } from './text/glob.js';
import { readTemplate, type Template } from './text/template.js';

/** A pattern of Resource: constant, with policy variables, or known in part only. */
export type ResourcePattern =
  | { readonly kind: 'constant'; readonly glob: Glob }
  | { readonly kind: 'template'; readonly template: Template }
  /** It covers at most `atMost`; whether it covers a text inside that is free. */
  | { readonly kind: 'unknown'; readonly id: string; readonly cause: Cause; readonly atMost: Glob };

export interface CompiledStatement {
  readonly statement: Statement;
  readonly document: CompiledDocument;
  readonly actions: readonly { readonly glob: Glob; readonly unknown?: { readonly id: string; readonly cause: Cause } }[];
  readonly resources: readonly ResourcePattern[];
  readonly conditions: readonly CompiledCondition[];
  /** Conditions with an operator AWS does not document: whether they hold is free. */
  readonly doubts: readonly { readonly id: string; readonly cause: Cause }[];
}

export interface CompiledDocument {
  readonly document: PolicyDocument;
  readonly allows: readonly CompiledStatement[];
  readonly denies: readonly CompiledStatement[];
}

export interface CompiledPrincipal {
  readonly principal: AccessPrincipal;
  readonly identity: readonly CompiledDocument[];
  readonly boundary?: CompiledDocument;
  /** Its trust policy lets sessions bring tags of their own. */
  readonly taggedSessions: boolean;
}

export interface CompiledResource {
  readonly resource: AccessResource;
  readonly policy?: CompiledDocument;
}

/** A model ready to answer: every statement's patterns and conditions read once. Equal documents are compiled once. */
export interface CompiledAccess {
  readonly model: AccessModel;
  /** By id and by ARN. */
  readonly principals: ReadonlyMap<string, CompiledPrincipal>;
  readonly resources: ReadonlyMap<string, CompiledResource>;
  readonly scps: ReadonlyMap<string, readonly (readonly CompiledDocument[])[]>;
  readonly rcps: ReadonlyMap<string, readonly (readonly CompiledDocument[])[]>;
  /** Every test the policies make on a multivalued key. */
  testsOf(key: string): readonly Elementary[];
  compile(document: PolicyDocument): CompiledDocument;
}

export function compileAccess(model: AccessModel): CompiledAccess {
  const tests = new Map<string, Map<string, Elementary>>();
  const compiled = new Map<PolicyDocument, CompiledDocument>();
  const note = (key: string, made: readonly Elementary[]): void => {
    if (!keyKind(key).multivalued) return;
    const known = tests.get(key) ?? new Map<string, Elementary>();
    for (const test of made) known.set(test.id, test);
    tests.set(key, known);
  };
  const compile = (document: PolicyDocument): CompiledDocument => {
    const known = compiled.get(document);
    if (known !== undefined) return known;
    const result = compileDocument(document);
    compiled.set(document, result);
    for (const { conditions } of [...result.allows, ...result.denies]) {
      for (const condition of conditions)
        note(canonicalKey(condition.key), [...condition.constants, ...condition.unknowns.map(({ atMost }) => atMost)]);
    }
    return result;
  };
  const principals = new Map<string, CompiledPrincipal>();
  for (const principal of model.principals) {
    const entry = compiledPrincipal(principal, compile);
    principals.set(principal.id, entry).set(principal.arn, entry);
  }
  const resources = new Map<string, CompiledResource>();
  for (const resource of model.resources) {
    const entry = compiledResource(resource, compile);
    resources.set(resource.id, entry).set(resource.arn, entry);
    for (const grant of resource.key?.grants ?? []) {
      note('kms:encryptioncontextkeys', contextNameTests(grant));
      note('kms:grantoperations', operationTests(grant));
    }
  }
  const levels = (of: 'scps' | 'rcps') =>
    new Map(
      model.accounts.flatMap((account) =>
        account[of] === undefined ? [] : [[account.id, account[of].map((level) => level.map(compile))] as const],
      ),
    );
  return {
    model,
    principals,
    resources,
    scps: levels('scps'),
    rcps: levels('rcps'),
    testsOf: (key) => [...(tests.get(key)?.values() ?? [])],
    compile,
  };
}

function taggedSessions(trust: PolicyDocument | undefined): boolean {
  if (trust === undefined) return false;
  if (trust.unreadable !== undefined) return true;
  return trust.statements.some(
    ({ effect, action }) =>
      effect === 'Allow' && action.patterns.some(({ text }) => matches(glob(text, 'folded'), 'sts:TagSession')) !== action.negated,
  );
}

type Compile = CompiledAccess['compile'];

function compiledPrincipal(principal: AccessPrincipal, compile: Compile): CompiledPrincipal {
  return {
    principal,
    identity: principal.identity.map(compile),
    taggedSessions: taggedSessions(principal.trust),
    ...(principal.boundary === undefined ? {} : { boundary: compile(principal.boundary) }),
  };
}

function compiledResource(resource: AccessResource, compile: Compile): CompiledResource {
  return { resource, ...(resource.policy === undefined ? {} : { policy: compile(resource.policy) }) };
}

/** What a question adds to a model: principals, resources without grants, and what is assumed of them. */
export type Added = Pick<AccessModel, 'principals' | 'resources' | 'assumptions'>;

/** The model with more in it; what is compiled already is shared, so that it costs no more than what is added. */
export function extendAccess(base: CompiledAccess, { principals, resources, assumptions }: Added): CompiledAccess {
  if (principals.length + resources.length + assumptions.length === 0) return base;
  const twice = <T>(id: string, arn: string, entry: T): [string, T][] => [
    [id, entry],
    [arn, entry],
  ];
  const { model } = base;
  return {
    ...base,
    model: {
      ...model,
      principals: [...model.principals, ...principals],
      resources: [...model.resources, ...resources],
      assumptions: [...model.assumptions, ...assumptions],
    },
    principals: new Map([
      ...base.principals,
      ...principals.flatMap((item) => twice(item.id, item.arn, compiledPrincipal(item, base.compile))),
    ]),
    resources: new Map([...base.resources, ...resources.flatMap((item) => twice(item.id, item.arn, compiledResource(item, base.compile)))]),
  };
}

export function compileDocument(document: PolicyDocument): CompiledDocument {
  const allows: CompiledStatement[] = [];
  const denies: CompiledStatement[] = [];
  const result: CompiledDocument = { document, allows, denies };
  for (const statement of document.statements) (statement.effect === 'Allow' ? allows : denies).push(compileStatement(statement, result));
  return result;
}

function compileStatement(statement: Statement, document: CompiledDocument): CompiledStatement {
  const { name, version } = document.document;
  const label = `${name}#${statement.index}`;
  const conditions: CompiledCondition[] = [];
  const doubts: { id: string; cause: Cause }[] = [];
  for (const test of statement.conditions) {
    const read = compileCondition(test, version, label);
    if ('words' in read) doubts.push({ id: `${label}#${test.operator}`, cause: read });
    else conditions.push(read);
  }
  const escapes = version === '2012-10-17' ? 'escapes' : 'verbatim';
  return {
    statement,
    document,
    actions: statement.action.patterns.map((pattern, index) => ({
      glob: glob(pattern.text, 'folded'),
      ...(pattern.unknown === undefined ? {} : { unknown: { id: `${label}#Action#${index}`, cause: pattern.unknown } }),
    })),
    resources: (statement.resource?.patterns ?? []).map((pattern, index) =>
      resourcePattern(pattern, `${label}#Resource#${index}`, version, escapes),
    ),
    conditions,
    doubts,
  };
}

function resourcePattern(pattern: PolicyText, id: string, version: string, escapes: 'escapes' | 'verbatim'): ResourcePattern {
  if (pattern.unknown !== undefined) return { kind: 'unknown', id, cause: pattern.unknown, atMost: glob(pattern.text, 'text') };
  const template = version === '2012-10-17' ? readTemplate(pattern.text) : undefined;
  return template === undefined ? { kind: 'constant', glob: glob(pattern.text, 'arn', escapes) } : { kind: 'template', template };
}
