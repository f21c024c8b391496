import { describe, expect, it } from 'vitest';
import { compileAccess, decide } from '../../src/evaluator/index.js';
import { isAllowed } from '../../src/evaluator/witness.js';
import { allCases, allRules, buildModel, buildRequest, inWords } from './case-file.js';

const cases = allCases();
const rules = allRules();

describe('the cases of fixtures/evaluator', () => {
  it.each(cases.map((item) => [item.id, item.says, item] as const))('%s: %s', (_, __, item) => {
    const built = buildModel(item.model);
    const request = buildRequest(built, item.request);
    expect(built.problems.map(({ code }) => code)).toEqual(item.malformed);
    const access = compileAccess(built.model);
    const decision = decide(access, request);
    const words = inWords(decision);
    if (typeof item.expect === 'object' && 'undecided' in item.expect) {
      expect(words).toHaveProperty('undecided', expect.stringContaining(item.expect.undecided));
    } else expect(words).toEqual(item.expect);

    // The other algebra must agree: the same evaluator over Booleans.
    if (request.contextComplete && decision.decision !== 'undecided') {
      expect(isAllowed(access, request), 'the plain evaluator').toBe(decision.decision === 'allowed');
    }
    for (const witness of decision.witnesses) {
      const closed = { ...request, context: { ...request.context, ...witness }, contextComplete: false };
      expect(isAllowed(access, closed), `the plain evaluator on ${JSON.stringify(witness)}`).toBe(true);
    }
    if (decision.decision === 'conditional') expect(decision.witnesses).not.toEqual([]);
  });
});

describe('the table of cases', () => {
  it('has each id once', () => {
    const ids = cases.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('has at least 400 cases', () => expect(cases.length).toBeGreaterThanOrEqual(400));

  it('has two cases or more for every rule that a decision can show, one of them flipped', () => {
    const thin = Object.entries(rules)
      .filter(([, { untestable }]) => untestable === undefined)
      .map(([id]) => id)
      .filter((id) => {
        const own = cases.filter(({ rule }) => rule === id);
        return own.length < 2 || !own.some(({ flips }) => flips !== undefined);
      });
    expect(thin).toEqual([]);
  });

  it('names only rules of the list', () => {
    expect([...new Set(cases.map(({ rule }) => rule))].filter((rule) => rules[rule] === undefined)).toEqual([]);
  });

  it('flips turn the answer', () => {
    const answer = new Map(cases.map(({ id, expect: expected }) => [id, JSON.stringify(expected)]));
    expect(cases.filter(({ id, flips }) => flips !== undefined && answer.get(flips) === answer.get(id)).map(({ id }) => id)).toEqual([]);
  });

  it('gives a page for every case', () => {
    expect(cases.filter(({ page, says }) => page === 'undefined' || says === 'undefined').map(({ id }) => id)).toEqual([]);
  });
});
