import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accepts, closure, type Glob, glob, matches } from '../../../src/evaluator/text/glob.js';

describe('patterns of policies', () => {
  it.each<[string, 'text' | 'folded' | 'arn', string, boolean]>([
    ['arn:aws:kms:*:111122223333:key/*', 'arn', 'arn:aws:kms:eu-west-1:111122223333:key/a/b:c', true],
    ['arn:aws:kms:*:key/*', 'arn', 'arn:aws:kms:eu-west-1:111122223333:key/a', false],
    ['arn:aws:*', 'arn', 'arn:aws:s3:::a', false],
    ['arn:aws:*', 'text', 'arn:aws:s3:::a', true],
    ['arn:aws:*', 'arn', 'arn:aws:s3', true],
    ['*', 'arn', 'arn:aws:s3:::a', true],
    ['kms:De*t', 'folded', 'KMS:decrypT', true],
    ['a?c', 'text', 'a\u{1F511}c', true],
    ['a??c', 'text', 'a\u{1F511}c', false],
    ['a*b*c', 'text', 'abbcbc', true],
    ['a*bc*bc', 'text', 'abc', false],
    ['*?', 'text', '', false],
  ])('%s as %s against %s: %s', (pattern, kind, text, expected) => {
    expect(matches(glob(pattern, kind), text)).toBe(expected);
  });

  it('match as their automaton does', () => {
    const text = array(constantFrom('a', 'b', ':', '\u{1F511}', '\u0000'), { maxLength: 12 }).map((chars) => chars.join(''));
    const pattern = array(constantFrom('a', 'b', ':', ':', '*', '*', '?', '\u{1F511}'), { maxLength: 12 }).map((chars) => chars.join(''));
    assert(
      property(pattern, text, constantFrom('text' as const, 'arn' as const), string({ maxLength: 3 }), (written, subject, kind, tail) => {
        const compiled = glob(
          [
            { text: written, literal: false },
            { text: tail, literal: true },
          ],
          kind,
        );
        expect(matches(compiled, subject + tail)).toBe(byAutomaton(compiled, subject + tail));
        expect(matches(compiled, subject)).toBe(byAutomaton(compiled, subject));
      }),
      { numRuns: 3000 },
    );
  });
});

function byAutomaton({ tokens }: Glob, text: string): boolean {
  let at = closure(tokens, [0]);
  for (const char of text) {
    const next = at.flatMap((position) => {
      const token = tokens[position];
      return token !== undefined && accepts(token, char) ? [token.kind === 'run' ? position : position + 1] : [];
    });
    at = closure(tokens, next);
  }
  return at.includes(tokens.length);
}
