import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileAccess, decide, decideMany } from '../../src/evaluator/index.js';
import type { AccessRequest } from '../../src/model/index.js';
import { buildRequest } from './case-file.js';
import { buildModel } from './case-model.js';
import { context, model, question } from './generate.js';

describe('many requests at once', () => {
  it('are decided as each alone', () => {
    const asked = fc.record({ question, context, complete: fc.boolean(), extra: fc.constantFrom({}, { 'aws:PrincipalTag/team': 'red' }) });
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(model, fc.array(asked, { minLength: 1, maxLength: 12 }), (short, questions) => {
        const built = buildModel(short);
        const access = compileAccess(built.model);
        const requests = questions.map(({ question: written, context: said, complete, extra }): AccessRequest => {
          const request = buildRequest(built, { ...written, complete: false });
          return { ...request, context: { ...said, ...extra }, contextComplete: complete };
        });
        const together = decideMany(access, requests);
        requests.forEach((request, index) => {
          const { decision } = decide(access, request);
          seen.set(decision, (seen.get(decision) ?? 0) + 1);
          expect(together[index], JSON.stringify(request)).toBe(decision.endsWith('denied') ? 'denied' : decision);
        });
      }),
      { numRuns: 300, seed: 11 },
    );
    expect(seen.get('allowed')).toBeGreaterThan(50);
    expect(seen.get('undecided')).toBeGreaterThan(10);
  });
});
