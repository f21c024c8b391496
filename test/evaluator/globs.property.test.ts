import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classesOf } from '../../src/evaluator/text/classes.js';
import { type GlobKind, glob, matches } from '../../src/evaluator/text/glob.js';

const RUNS = { numRuns: 2_000, seed: 4 };

/** The plain reading by regular expressions; ARNs segment by segment. */
function oracle(pattern: string, kind: GlobKind, text: string): boolean {
  const source = (part: string): string =>
    part
      .replace(/[.+^${}()|[\]\\/-]/g, '\\$&')
      .replace(/\*/g, '[^]*')
      .replace(/\?/g, '[^]');
  const whole = (part: string, subject: string): boolean =>
    new RegExp(`^(?:${source(part)})$`, kind === 'folded' ? 'iu' : 'u').test(subject);
  if (kind !== 'arn' || /^\*+$/.test(pattern)) return whole(pattern, text);
  const cut = (value: string): string[] => {
    const parts = value.split(':');
    return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
  };
  const [patterns, parts] = [cut(pattern), cut(text)];
  return patterns.length === parts.length && patterns.every((part, index) => whole(part, parts[index] ?? ''));
}

const kind = fc.constantFrom<GlobKind>('text', 'folded', 'arn');
const piece = fc.constantFrom('a', 'b', 'A', ':', '/', '*', '?', 'ab', '.', '*b', 'é');
const arnPattern = fc
  .tuple(
    fc.array(fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 3 }), { minLength: 5, maxLength: 5 }),
    fc.array(piece, { maxLength: 4 }),
  )
  .map(([head, tail]) => [...head.map((part) => part.join('')), tail.join('')].join(':'));
const free = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''));
const letters = fc.array(fc.constantFrom('a', 'b', 'A', ':', '/', '.', 'c', 'é'), { maxLength: 8 }).map((parts) => parts.join(''));
const arnText = fc
  .tuple(fc.array(fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 }), { minLength: 5, maxLength: 5 }), letters)
  .map(([head, tail]) => [...head.map((part) => part.join('')), tail].join(':'));

describe('globs', () => {
  it('match what the regular expressions match', () => {
    fc.assert(
      fc.property(kind, fc.oneof(free, arnPattern), fc.oneof(letters, arnText), (as, pattern, text) => {
        const compiled = glob(pattern, as);
        fc.pre(!compiled.tooShort);
        expect(matches(compiled, text)).toBe(oracle(pattern, as, text));
      }),
      RUNS,
    );
  });

  it('match what the regular expressions match, on texts made from the pattern', () => {
    const fillings = fc.array(fc.constantFrom('', 'a', 'b:', ':', 'a/b', 'ab:a'), { minLength: 12, maxLength: 12 });
    let met = 0;
    fc.assert(
      fc.property(kind, fc.oneof(free, arnPattern), fillings, (as, pattern, words) => {
        const compiled = glob(pattern, as);
        fc.pre(!compiled.tooShort);
        let at = 0;
        const text = pattern.replace(/[*?]/g, (wild) => {
          const word = words[at++ % words.length] ?? '';
          return wild === '*' ? word : word.slice(0, 1);
        });
        const expected = oracle(pattern, as, text);
        if (expected) met += 1;
        expect(matches(compiled, text)).toBe(expected);
      }),
      RUNS,
    );
    expect(met).toBeGreaterThan(RUNS.numRuns / 4);
  });

  it('match themselves, taken literally, and what a wildcard is widened to', () => {
    fc.assert(
      fc.property(letters, fc.nat(), (text, at) => {
        fc.pre(text.length > 0);
        const i = at % text.length;
        expect(matches(glob([{ text, literal: true }], 'text'), text)).toBe(true);
        expect(matches(glob(`${text.slice(0, i)}?${text.slice(i + 1)}`, 'text'), text)).toBe(true);
        expect(matches(glob(`${text.slice(0, i)}*`, 'text'), text)).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('classes of texts', () => {
  const patterns = fc.tuple(kind, fc.array(fc.oneof(free, arnPattern), { minLength: 1, maxLength: 4 }));

  it('have an example that fits just the patterns of its class', () => {
    fc.assert(
      fc.property(patterns, ([as, sources]) => {
        const globs = sources.map((source) => glob(source, as)).filter(({ tooShort }) => !tooShort);
        fc.pre(globs.length > 0);
        for (const { example, matched } of classesOf(globs)) {
          expect(example).not.toBe('');
          expect([...matched].sort()).toEqual(globs.flatMap(({ source }, index) => (oracle(source, as, example) ? [index] : [])));
        }
      }),
      { ...RUNS, numRuns: 500 },
    );
  });

  it('leave no text out', () => {
    fc.assert(
      fc.property(patterns, fc.oneof(letters, arnText), ([as, sources], text) => {
        const globs = sources.map((source) => glob(source, as)).filter(({ tooShort }) => !tooShort);
        fc.pre(globs.length > 0 && text !== '');
        const own = globs.flatMap(({ source }, index) => (oracle(source, as, text) ? [index] : [])).join();
        expect(classesOf(globs).map(({ matched }) => [...matched].sort().join())).toContain(own);
      }),
      { ...RUNS, numRuns: 1_000 },
    );
  });

  it('without patterns are one, of texts that are not empty', () => {
    expect(classesOf([]).map(({ example }) => example)).toEqual(['x']);
  });

  it('tell 500 exact names apart, and cut ten overlapping patterns', () => {
    const names = Array.from({ length: 500 }, (_, index) => glob(`arn:aws:kms:eu-west-1:111122223333:key/${index}`, 'arn'));
    expect(classesOf(names, glob('arn:?*:?*:*:*:?*', 'arn'))).toHaveLength(501);
    const infixes = Array.from({ length: 8 }, (_, index) => glob(`b/*/q0${index}*.csv`, 'text'));
    expect(classesOf(infixes)).toHaveLength(256);
  });
});
