import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateTest, type Elementary, ipTest, numericTest, textTest } from '../../src/evaluator/condition/elementary.js';
import { canonicalKey } from '../../src/evaluator/condition/keys.js';
import { type Answer, answer } from '../../src/evaluator/decide.js';
import { type CompiledAccess, compileAccess, decide } from '../../src/evaluator/index.js';
import { isAllowed } from '../../src/evaluator/witness.js';
import type { AccessRequest, ContextLiteral } from '../../src/model/index.js';
import { buildRequest, type ShortRequest } from './case-file.js';
import { buildModel, type ShortModel } from './case-model.js';
import { conditionalModel, context, model, question, type SampleContext } from './generate.js';

const RUNS = { numRuns: 2_500, seed: 20 };

interface World {
  readonly access: CompiledAccess;
  readonly open: AccessRequest;
  closed(sample: SampleContext): AccessRequest;
}

function worldOf(short: ShortModel, asked: ShortRequest): World {
  const built = buildModel(short);
  const open = buildRequest(built, { ...asked, complete: false });
  // Every session has a name, so the role's requests have aws:userid.
  const ids: Readonly<Record<string, string>> = { App: 'AROAAPPAPPAPPAPP1234:zed', Bob: 'AROABOBBOBBOBBOB1234:zed' };
  const id = ids[asked.caller ?? ''];
  const named: SampleContext = id === undefined ? {} : { 'aws:userid': id };
  return {
    access: compileAccess(built.model),
    open,
    closed: (sample) => ({ ...open, context: { ...named, ...possible(sample, open.action) }, contextComplete: true }),
  };
}

/** Without what a request for the action never has. */
function possible(sample: SampleContext, action: string): SampleContext {
  const kms = action.startsWith('kms:');
  const crypto = ['kms:Decrypt', 'kms:Encrypt', 'kms:CreateGrant'].includes(action);
  return Object.fromEntries(
    Object.entries(sample).filter(([key]) => (key.startsWith('kms:EncryptionContext') ? crypto : key.startsWith('kms:') ? kms : true)),
  );
}

/** The open answer at one context, with what is free decided as the plain evaluator decides it. */
function valueAt({ variables, layers }: Answer, request: AccessRequest): boolean {
  const values = new Map(
    Object.entries(request.context).map(([key, value]) => [canonicalKey(key), typeof value === 'string' ? [value] : value]),
  );
  return variables.bdd.evaluate(layers.allowed, (variable) => {
    const meaning = variables.meaning(variable);
    if (meaning.kind === 'free') return meaning.id.endsWith(':deny');
    const own = values.get(meaning.key) ?? [];
    if (meaning.kind === 'present') return own.length > 0;
    if (meaning.kind === 'test') return own.some((value) => meaning.test.test(value));
    return own.some((value) => meaning.tests.every((test, index) => test.test(value) === meaning.textClass.matched.has(index)));
  });
}

/** A policy variable whose value is open stands for many values at once; at one context it has one. */
function isOpaque({ variables, layers }: Answer): boolean {
  return variables.bdd.support(layers.allowed).some((variable) => {
    const meaning = variables.meaning(variable);
    return meaning.kind === 'free' && (meaning.cause.kind === 'policy-variable' || meaning.cause.kind === 'incomplete');
  });
}

/** One literal of an explanation at one context, read by itself. */
function isTrue({ key, test, values, negated }: ContextLiteral, given: SampleContext): boolean {
  const entry = Object.entries(given).find(([name]) => canonicalKey(name) === key);
  const value = entry === undefined ? undefined : String(entry[1]);
  if (test === 'present') return (value !== undefined) !== negated;
  const [constant = ''] = values;
  return (value !== undefined && elementary(test, constant)?.test(value) === true) !== negated;
}

function elementary(test: string, constant: string): Elementary | undefined {
  const [family, relation] = test.split(' ');
  switch (test) {
    case 'equals':
      return textTest(constant, 'exact', 'verbatim');
    case 'equals ignoring case':
      return textTest(constant, 'folded', 'verbatim');
    case 'like':
      return textTest(constant, 'like', 'escapes');
    case 'arn like':
      return textTest(constant, 'arn', 'escapes');
    case 'in':
      return ipTest(constant);
    default: {
      const known = (['=', '<', '<=', '>', '>='] as const).find((item) => item === relation);
      if (known === undefined) throw new Error(`No test is called ${test}.`);
      return family === 'date' ? dateTest(constant, known) : numericTest(constant, known);
    }
  }
}

describe('an open question and the closed requests it stands for', () => {
  const contexts = fc.array(context, { minLength: 4, maxLength: 8 });
  const either = fc.oneof(model, conditionalModel);

  it('agree at every sampled context, and what is always so is so in each', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(either, question, contexts, (short, asked, samples) => {
        const { access, open, closed } = worldOf(short, asked);
        const found = answer(access, open);
        const opaque = isOpaque(found);
        const { decision } = decide(access, open);
        seen.set(decision, (seen.get(decision) ?? 0) + 1);
        for (const sample of samples) {
          const request = closed(sample);
          const plain = isAllowed(access, request);
          if (!opaque) expect(valueAt(found, request), `at ${JSON.stringify(sample)}`).toBe(plain);
          if (decision === 'allowed') expect(plain).toBe(true);
          if (decision === 'explicitly-denied' || decision === 'implicitly-denied') expect(plain).toBe(false);
          const complete = decide(access, request).decision;
          if (complete !== 'undecided') expect(complete === 'allowed').toBe(plain);
          expect(complete).not.toBe('conditional');
        }
      }),
      RUNS,
    );
    // A generator that always denies would prove nothing.
    for (const name of ['allowed', 'conditional', 'explicitly-denied', 'implicitly-denied', 'undecided']) {
      expect(seen.get(name) ?? 0, name).toBeGreaterThan(20);
    }
  });

  it('say the condition so that it can be read back: the literals are true just where the request is allowed', () => {
    let read = 0;
    fc.assert(
      fc.property(either, question, contexts, (short, asked, samples) => {
        const { access, open, closed } = worldOf(short, asked);
        const { conditions } = decide(access, open);
        // A set of values is said by what else the policies ask of it: not to be read without them.
        if (conditions.length === 0 || conditions.flat().some(({ test }) => test === 'some')) return;
        for (const sample of samples) {
          const request = closed(sample);
          const said = conditions.some((product) => product.every((literal) => isTrue(literal, request.context)));
          expect(said, `${JSON.stringify(conditions)} at ${JSON.stringify(sample)}`).toBe(isAllowed(access, request));
          read += 1;
        }
      }),
      RUNS,
    );
    expect(read).toBeGreaterThan(500);
  });

  it('show a request for each way, which the plain evaluator allows', () => {
    fc.assert(
      fc.property(either, question, (short, asked) => {
        const { access, open } = worldOf(short, asked);
        const decision = decide(access, open);
        expect(decision.because.map(({ words }) => words)).not.toContain('a condition for which no request could be shown');
        if (decision.decision !== 'conditional') return;
        expect(decision.witnesses).toHaveLength(Math.min(5, decision.conditions.length));
        for (const witness of decision.witnesses) {
          expect(isAllowed(access, { ...open, context: { ...open.context, ...witness } }), JSON.stringify(witness)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('more context only refines: what was decided stays decided', () => {
    fc.assert(
      fc.property(either, question, context, fc.nat(), (short, asked, sample, skip) => {
        const { access, open, closed } = worldOf(short, asked);
        const before = decide(access, open).decision;
        fc.pre(before === 'allowed' || before.endsWith('denied'));
        const full = closed(sample).context;
        const part = Object.fromEntries(Object.entries(full).filter((_, index) => (skip >> index) % 2 === 0));
        const after = decide(access, { ...open, context: part }).decision;
        if (before === 'allowed') expect(after).toBe('allowed');
        else expect(after).toMatch(before === 'explicitly-denied' ? /^explicitly-denied$/ : /denied$/);
      }),
      RUNS,
    );
  });

  it('answer the same every time', () => {
    fc.assert(
      fc.property(model, question, (short, asked) => {
        const { access, open } = worldOf(short, asked);
        expect(decide(access, open)).toEqual(decide(access, open));
      }),
      { ...RUNS, numRuns: 200 },
    );
  });
});
