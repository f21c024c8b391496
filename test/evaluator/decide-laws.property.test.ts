import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileAccess, decide } from '../../src/evaluator/index.js';
import { isAllowed } from '../../src/evaluator/witness.js';
import type { DecisionName } from '../../src/model/index.js';
import { buildRequest, type ShortRequest } from './case-file.js';
import { buildModel, type ShortModel, type ShortPolicy, type ShortStatement } from './case-model.js';
import { context, identityStatement, model, question, resourceStatement, type SampleContext } from './generate.js';

const RUNS = { numRuns: 250, seed: 12 };

/** What can be done, at each sampled context and for all of them. */
interface Answers {
  readonly open: DecisionName;
  readonly plain: readonly boolean[];
}

function ask(short: ShortModel, asked: ShortRequest, samples: readonly SampleContext[]): Answers {
  const built = buildModel(short);
  const access = compileAccess(built.model);
  const open = buildRequest(built, { ...asked, complete: false });
  return {
    open: decide(access, open).decision,
    plain: samples.map((sample) => isAllowed(access, { ...open, context: sample, contextComplete: true })),
  };
}

/** The second gives no more than the first. */
function expectNoMore(first: Answers, second: Answers): void {
  second.plain.forEach((allowed, index) => {
    if (allowed) expect(first.plain[index]).toBe(true);
  });
  if (first.open.endsWith('denied')) expect(second.open).toMatch(/denied$/);
  if (second.open === 'allowed') expect(first.open).toBe('allowed');
}

type Place = 'identity' | 'boundary' | 'resource' | 'scp' | 'session';

function isList(policy: ShortPolicy | undefined): policy is readonly ShortStatement[] {
  return Array.isArray(policy);
}

/** The world with the statements of one place changed; for places that do not exist, the same world. */
function changed(
  short: ShortModel,
  place: Place,
  change: (statements: readonly ShortStatement[]) => readonly ShortStatement[],
): ShortModel {
  const of = (policy: ShortPolicy | undefined): ShortPolicy | undefined => (isList(policy) ? change(policy) : policy);
  const { principals = {}, resources = {}, accounts = {} } = short;
  switch (place) {
    case 'identity':
      return {
        ...short,
        principals: Object.fromEntries(
          Object.entries(principals).map(([name, held]) => [name, { ...held, identity: of(held.identity) ?? [] }]),
        ),
      };
    case 'boundary':
      return {
        ...short,
        principals: Object.fromEntries(
          Object.entries(principals).map(([name, held]) => [
            name,
            held.boundary === undefined ? held : { ...held, boundary: of(held.boundary) ?? [] },
          ]),
        ),
      };
    case 'resource':
      return {
        ...short,
        resources: Object.fromEntries(
          Object.entries(resources).map(([name, held]) => [
            name,
            held.policy === undefined ? held : { ...held, policy: of(held.policy) ?? [] },
          ]),
        ),
      };
    case 'scp':
      return {
        ...short,
        accounts: Object.fromEntries(
          Object.entries(accounts).map(([name, held]) => [
            name,
            held.scps === undefined ? held : { ...held, scps: held.scps.map((level) => of(level) ?? []) },
          ]),
        ),
      };
    case 'session':
      return short;
  }
}

const PLACES: readonly Place[] = ['identity', 'boundary', 'resource', 'scp'];
const samples = fc.array(context, { minLength: 3, maxLength: 5 });
const place = fc.constantFrom(...PLACES);

const statementFor = (where: Place): fc.Arbitrary<ShortStatement> => (where === 'resource' ? resourceStatement : identityStatement);

function holds(
  name: string,
  change: (short: ShortModel, where: Place, statement: ShortStatement, n: number) => readonly [ShortModel, ShortModel] | undefined,
  relation: (first: Answers, second: Answers) => void,
): void {
  it(name, () => {
    fc.assert(
      fc.property(
        model,
        question,
        samples,
        place.chain((where) => statementFor(where).map((statement) => ({ where, statement }))),
        fc.nat(1_000_000),
        (short, asked, contexts, { where, statement }, n) => {
          const pair = change(short, where, statement, n);
          if (pair === undefined) return;
          relation(ask(pair[0], asked, contexts), ask(pair[1], asked, contexts));
        },
      ),
      RUNS,
    );
  });
}

const same = (first: Answers, second: Answers): void => expect(second).toEqual(first);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

function shuffled<T>(items: readonly T[], n: number): readonly T[] {
  return items
    .map((item, index) => ({ item, key: ((index + 1) * (n + 7919)) % 101 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Every Action with every Resource; a NotAction or NotResource stays whole, for its entries are taken together. */
function split(statement: ShortStatement): readonly ShortStatement[] {
  const { Action: actions, Resource: resources, ...rest } = statement;
  const byAction = actions === undefined ? [rest] : list(actions).map((action) => ({ ...rest, Action: action }));
  return byAction.flatMap((part) =>
    resources === undefined ? [part] : list(resources).map((item) => ({ ...part, Resource: item })),
  ) as ShortStatement[];
}

/** `Bool` and text alike: each key in another letter case. */
function respelled(statement: ShortStatement): ShortStatement {
  const { Condition: tests } = statement;
  const actions = (value: unknown) => list(value).map((action) => String(action).toUpperCase());
  return {
    ...statement,
    ...('Action' in statement ? { Action: actions(statement.Action) } : {}),
    ...('NotAction' in statement ? { NotAction: actions(statement.NotAction) } : {}),
    ...(tests === undefined
      ? {}
      : {
          Condition: Object.fromEntries(
            Object.entries(tests as Record<string, Record<string, string[]>>).map(([operator, keys]) => [
              operator,
              Object.fromEntries(Object.entries(keys).map(([key, values]) => [key.toUpperCase(), values])),
            ]),
          ),
        }),
  } as ShortStatement;
}

function widened(statement: ShortStatement, n: number): ShortStatement {
  const wide = (text: unknown): string => {
    const source = String(text);
    if (source === '*' || source.includes('${')) return source;
    return n % 2 === 0 ? source.replaceAll('?', '*') : `${source.slice(0, -1)}*`;
  };
  return {
    ...statement,
    ...('Action' in statement ? { Action: list(statement.Action).map(wide) } : {}),
    ...('Resource' in statement ? { Resource: list(statement.Resource).map(wide) } : {}),
  } as ShortStatement;
}

const isAllow = (statement: ShortStatement): boolean => statement.Effect === 'Allow' || 'Allow' in statement;

describe('laws of decisions', () => {
  holds(
    'a Deny more never adds access, in any policy',
    (short, where, statement) => [short, changed(short, where, (all) => [...all, { ...statement, Effect: 'Deny' }])],
    expectNoMore,
  );
  holds(
    'an Allow more never takes access away',
    (short, where, statement) => [changed(short, where, (all) => [...all, { ...statement, Effect: 'Allow' }]), short],
    expectNoMore,
  );
  holds('order does not matter', (short, where, _, n) => [short, changed(short, where, (all) => shuffled(all, n))], same);
  holds('duplicates do not matter', (short, where) => [short, changed(short, where, (all) => [...all, ...all])], same);
  holds(
    'a Sid does not matter',
    (short, where) => [
      short,
      changed(short, where, (all) =>
        all.map((item, index) => ({ ...item, ...('Effect' in item ? { Sid: `S${index}` } : { sid: `S${index}` }) })),
      ),
    ],
    same,
  );
  holds(
    'splitting a statement by Action and Resource does not matter',
    (short, where) => [short, changed(short, where, (all) => all.flatMap((item) => ('Effect' in item ? split(item) : [item])))],
    same,
  );
  holds(
    'the letter case of actions and condition keys does not matter',
    (short, where) => [short, changed(short, where, (all) => all.map((item) => ('Effect' in item ? respelled(item) : item)))],
    same,
  );
  holds(
    'a wider pattern in an Allow never loses access',
    (short, where, _, n) => [
      changed(short, where, (all) => all.map((item) => ('Effect' in item && isAllow(item) ? widened(item, n) : item))),
      short,
    ],
    expectNoMore,
  );
  holds(
    'an Allow without its Condition gives no less',
    (short, where) => [
      changed(short, where, (all) =>
        all.map((item) => (isAllow(item) ? Object.fromEntries(Object.entries(item).filter(([key]) => key !== 'Condition')) : item)),
      ),
      short,
    ],
    expectNoMore,
  );
  holds(
    'a Deny without its Condition gives no more',
    (short, where) => [
      short,
      changed(short, where, (all) =>
        all.map((item) => (isAllow(item) ? item : Object.fromEntries(Object.entries(item).filter(([key]) => key !== 'Condition')))),
      ),
    ],
    expectNoMore,
  );
  holds(
    'FullAWSAccess one level more changes nothing',
    (short) => {
      const account = short.accounts?.A;
      if (account?.scps === undefined) return undefined;
      return [short, { ...short, accounts: { ...short.accounts, A: { ...account, scps: [[{ Allow: '*' }], ...account.scps] } } }];
    },
    same,
  );
  holds(
    'the order of SCP levels does not matter',
    (short) => {
      const account = short.accounts?.A;
      if (account?.scps === undefined) return undefined;
      return [short, { ...short, accounts: { ...short.accounts, A: { ...account, scps: [...account.scps].reverse() } } }];
    },
    same,
  );
  holds(
    'the management account ignores SCPs',
    (short) => {
      const account = short.accounts?.A;
      if (account === undefined) return undefined;
      const { scps: _, ...without } = { ...account, management: true };
      return [
        { ...short, accounts: { ...short.accounts, A: { ...account, management: true } } },
        { ...short, accounts: { ...short.accounts, A: without } },
      ];
    },
    same,
  );
  holds(
    'a grant more never takes access away',
    (short, _, __, n) => {
      const key = short.resources?.Key;
      if (key === undefined) return undefined;
      const grants = [...(key.grants ?? []), { grantee: n % 2 === 0 ? '<App>' : '<Bob>', operations: ['Decrypt'] }];
      return [{ ...short, resources: { ...short.resources, Key: { ...key, grants } } }, short];
    },
    expectNoMore,
  );
  holds(
    'a boundary more never adds access',
    (short, _, statement) => {
      const app = short.principals?.App;
      if (app === undefined || app.boundary !== undefined || 'Principal' in statement || 'NotPrincipal' in statement) return undefined;
      // A boundary exempts nobody from a NotPrincipal: it only ever hits more.
      return [short, { ...short, principals: { ...short.principals, App: { ...app, boundary: [statement] } } }];
    },
    expectNoMore,
  );
  it('another value of a tag, throughout, gives the same answers', () => {
    fc.assert(
      fc.property(model, question, samples, (short, asked, contexts) => {
        // `b*` must go on matching it.
        const renamed = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('blue', 'brown')) as T; // the same shape
        expect(ask(renamed(short), asked, contexts.map(renamed))).toEqual(ask(short, asked, contexts));
      }),
      RUNS,
    );
  });
});

describe('laws of key policies', () => {
  it('without an account statement, IAM Allows change nothing', () => {
    fc.assert(
      fc.property(
        model,
        fc.array(resourceStatement, { maxLength: 3 }),
        samples,
        fc.constantFrom('App', 'Ann'),
        (short, statements, contexts, caller) => {
          const named = statements.filter(
            (statement) => !JSON.stringify(statement).includes('<A>') && !JSON.stringify(statement).includes('root'),
          );
          const key = { ...short.resources?.Key, is: 'key' as const, policy: named, grants: [] };
          const world = { ...short, resources: { ...short.resources, Key: key } };
          const more = changed(world, 'identity', (all) => [...all, { Allow: '*' }]);
          const asked = { caller, action: 'kms:Decrypt', resource: 'Key' };
          expect(ask(more, asked, contexts)).toEqual(ask(world, asked, contexts));
        },
      ),
      RUNS,
    );
  });
});
