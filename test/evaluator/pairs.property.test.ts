import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NodeLimitReached } from '../../src/evaluator/bdd.js';
import { answer } from '../../src/evaluator/decide.js';
import { allPairs, type CompiledAccess, compileAccess, decide } from '../../src/evaluator/index.js';
import { ClassLimitReached } from '../../src/evaluator/text/classes.js';
import type { AccessRequest } from '../../src/model/index.js';
import { allCases } from './case-file.js';
import { buildModel, type ShortModel } from './case-model.js';
import { ACTIONS, model } from './generate.js';

/** Several worlds in one: the principals and resources of each, under names of their own, so that there is something to group. */
function merged(worlds: readonly ShortModel[]): ShortModel {
  const renamed = <T>(record: Readonly<Record<string, T>> | undefined, index: number): [string, T][] =>
    Object.entries(record ?? {}).map(([name, value]) => [index === 0 ? name : `${name}${index}`, value]);
  return {
    ...worlds[0],
    principals: Object.fromEntries(worlds.flatMap(({ principals }, index) => renamed(principals, index))),
    resources: Object.fromEntries(
      worlds.flatMap(({ resources }, index) =>
        renamed(resources, index).map(([name, resource]) => {
          const { name: _, ...rest } = resource;
          return [name, index === 0 ? resource : rest];
        }),
      ),
    ),
  };
}

function expectEqual(access: CompiledAccess, actions: readonly string[], outcomes: 'outcomes too' | 'conditions'): void {
  const { principals, resources } = access.model;
  if (principals.length === 0 || resources.length === 0) return;
  const pairs = allPairs(access, { actions, principals, resources });
  principals.forEach((principal, p) => {
    resources.forEach((resource, r) => {
      actions.forEach((action, a) => {
        const caller = { kind: 'principal', id: principal.id } as const;
        const request: AccessRequest = { caller, action, resource: resource.id, context: {}, contextComplete: false, sessionPolicies: [] };
        const condition = pairs.condition(p, r, a);
        const where = `${principal.id} ${action} ${resource.id}`;
        expect(condition, where).toBe(answer(access, request, pairs.variables).layers.allowed);
        if (outcomes === 'conditions') return;
        const one = decide(access, request).decision;
        const same = one === 'implicitly-denied' || one === 'explicitly-denied' ? 'denied' : one;
        expect(pairs.outcome({ principal: p, resource: r, action: a, condition }), where).toBe(same);
      });
    });
  });
}

describe('all pairs at once', () => {
  it('are what one question after the other finds, condition for condition', () => {
    fc.assert(
      fc.property(fc.array(model, { minLength: 1, maxLength: 4 }), fc.boolean(), (worlds, deeply) => {
        const access = compileAccess(buildModel(merged(worlds)).model);
        try {
          expectEqual(access, ACTIONS, deeply && worlds.length < 3 ? 'outcomes too' : 'conditions');
        } catch (error) {
          if (!(error instanceof NodeLimitReached || error instanceof ClassLimitReached)) throw error;
        }
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  it('are so in every world of the cases', () => {
    const worlds = new Map(allCases().map((item) => [JSON.stringify(item.model), item]));
    for (const { id, model: short, request } of worlds.values()) {
      const access = compileAccess(buildModel(short).model);
      try {
        expectEqual(access, [request.action ?? 'kms:Decrypt', 'kms:DescribeKey', 'kms:ListKeys'], 'conditions');
      } catch (error) {
        throw new Error(`in the world of case ${id}`, { cause: error });
      }
    }
  });
});
