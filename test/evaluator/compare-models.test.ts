import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompiledAccess, compareModels, compileAccess, decide, type ModelComparison } from '../../src/evaluator/index.js';
import type { AccessRequest } from '../../src/model/index.js';
import { buildModel, type ShortModel, type ShortStatement } from './case-model.js';
import { ACTIONS, model } from './generate.js';

const ASKED = ['kms:Decrypt', 'kms:Encrypt', 'kms:DescribeKey'];
const DECRYPT: ShortStatement = { Allow: 'kms:Decrypt', on: '<Key>', sid: 'Read' };
const DELEGATES: ShortStatement = { Allow: 'kms:*', to: '<A>' };

function world(identity: readonly ShortStatement[], policy: readonly ShortStatement[] = [DELEGATES], more: ShortModel = {}): ShortModel {
  return { principals: { App: { kind: 'role', identity } }, resources: { Key: { is: 'key', policy } }, ...more };
}

function compiled(short: ShortModel): CompiledAccess {
  return compileAccess(buildModel(short).model);
}

function worded(comparison: ModelComparison): unknown {
  if (comparison.kind !== 'some') return comparison.kind;
  return comparison.differences.map(({ principal, actions, conditions, granted, otherwise }) => {
    const by = granted.kind === 'statement' ? `${granted.policy} ${granted.sid ?? granted.index}` : granted.kind;
    const when = conditions.map((product) => product.map(({ words }) => words).join(' and ')).join(' or ');
    return `${principal.name} ${actions.join()}${when === '' ? '' : ` when ${when}`} by ${by}; before: ${otherwise}`;
  });
}

describe('access gained and lost between two models', () => {
  it.each<[string, ShortModel, ShortModel, unknown, unknown]>([
    ['nothing', world([DECRYPT]), world([DECRYPT]), 'none', 'none'],
    ['a statement that says the same twice', world([DECRYPT]), world([DECRYPT, { Allow: 'kms:Decr*t', on: '<Key>' }]), 'none', 'none'],
    [
      'a statement that is new',
      world([]),
      world([DECRYPT]),
      ['App kms:Decrypt by policy own of App Read; before: no identity policy allows it'],
      'none',
    ],
    [
      'a condition that is gone',
      world([{ ...DECRYPT, if: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }]),
      world([DECRYPT]),
      ['App kms:Decrypt when MFA is not true by policy own of App Read; before: no identity policy allows it'],
      'none',
    ],
    [
      'a Deny that is gone',
      world([DECRYPT, { Deny: 'kms:Decrypt', on: '*' }]),
      world([DECRYPT]),
      ['App kms:Decrypt by policy own of App Read; before: a Deny applies'],
      'none',
    ],
    [
      'a key policy that delegates now',
      world([DECRYPT], [{ Allow: 'kms:Decrypt', to: '<Z>' }]),
      world([DECRYPT]),
      ['App kms:Decrypt by policy own of App Read; before: the policy of the resource does not let the principal in'],
      'none',
    ],
    [
      'a key policy that names the role',
      world([]),
      world([], [DELEGATES, { Allow: ['kms:Decrypt', 'kms:Encrypt'], to: '<App>', sid: 'Use' }]),
      ['App kms:Decrypt,kms:Encrypt by key policy of Key Use; before: no identity policy allows it'],
      'none',
    ],
    [
      'a grant',
      world([]),
      { ...world([]), resources: { Key: { is: 'key', policy: [DELEGATES], grants: [{ grantee: '<App>', operations: ['Decrypt'] }] } } },
      ['App kms:Decrypt by grant; before: no identity policy allows it'],
      'none',
    ],
    [
      'a boundary that is gone',
      world([DECRYPT], [DELEGATES], { principals: { App: { kind: 'role', identity: [DECRYPT], boundary: [{ Allow: 's3:*' }] } } }),
      world([DECRYPT]),
      ['App kms:Decrypt by policy own of App Read; before: the permissions boundary does not allow it'],
      'none',
    ],
    [
      'a role that is new',
      { resources: { Key: { is: 'key', policy: [DELEGATES] } } },
      world([DECRYPT]),
      ['App kms:Decrypt by policy own of App Read; before: the principal is not there'],
      'none',
    ],
    [
      'one action for another',
      world([DECRYPT]),
      world([{ Allow: 'kms:Encrypt', on: '<Key>', sid: 'Write' }]),
      ['App kms:Encrypt by policy own of App Write; before: no identity policy allows it'],
      ['App kms:Decrypt by policy own of App Read; before: no identity policy allows it'],
    ],
  ])('%s', (_, before, after, gained, lost) => {
    const change = compareModels(compiled(before), compiled(after), ASKED);
    expect([worded(change.gained), worded(change.lost)]).toEqual([gained, lost]);
  });

  it('is undecided where a policy was not read', () => {
    const unread = { principals: { App: { kind: 'role' as const, identity: [], missing: ['policy Extra'] } } };
    expect(worded(compareModels(compiled(world([])), compiled(world([], [DELEGATES], unread)), ASKED).gained)).toBe('undecided');
  });

  it('agrees with decisions of each side', () => {
    fc.assert(
      fc.property(model, model, (before, after) => {
        const [old, now] = [compiled(before), compiled(after)];
        const { gained } = compareModels(old, now, ACTIONS);
        const differing = new Set(
          gained.kind === 'some'
            ? gained.differences.flatMap(({ principal, resource, actions }) => actions.map((a) => `${principal.id} ${a} ${resource.id}`))
            : [],
        );
        for (const { id } of now.model.principals)
          for (const { id: resource } of now.model.resources)
            for (const action of ACTIONS) {
              const caller = { kind: 'principal', id } as const;
              const request: AccessRequest = { caller, action, resource, context: {}, contextComplete: false, sessionPolicies: [] };
              const [was, is] = [decide(old, request).decision, decide(now, request).decision];
              const name = `${id} ${action} ${resource}`;
              if (was.endsWith('denied') && (is === 'allowed' || is === 'conditional') && gained.kind === 'some')
                expect(differing.has(name), name).toBe(true);
              if (was === 'allowed' || is.endsWith('denied')) expect(differing.has(name), name).toBe(false);
            }
      }),
      { numRuns: 40, seed: 9 },
    );
  });
});
