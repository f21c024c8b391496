import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesGlob } from '../../../src/rules/policy/glob.js';

test.each([
  { pattern: 'kms:*', text: 'kms:Decrypt', matches: true },
  { pattern: 'kms:De*', text: 'kms:Describe', matches: true },
  { pattern: 'kms:Decrypt', text: 'kms:Decrypt', matches: true },
  { pattern: 'kms:Decrypt', text: 'kms:Decrypt2', matches: false },
  { pattern: 'kms:?ecrypt', text: 'kms:Decrypt', matches: true },
  { pattern: 'kms:?ecrypt', text: 'kms:ecrypt', matches: false },
  { pattern: '*', text: '', matches: true },
  { pattern: '', text: 'a', matches: false },
  { pattern: 'a*b*c', text: 'axxbyybzzc', matches: true },
  { pattern: 'a*b', text: 'axxbyy', matches: false },
  { pattern: 'a.c', text: 'abc', matches: false },
])('$pattern on "$text" is $matches', ({ pattern, text, matches }) => {
  expect(matchesGlob(pattern, text)).toBe(matches);
});

test('reads a pattern as the regular expression that says the same', () => {
  const few = fc.stringMatching(/^[ab*?]{0,8}$/);
  fc.assert(
    fc.property(few, fc.stringMatching(/^[ab]{0,10}$/), (pattern, text) => {
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
      expect(matchesGlob(pattern, text)).toBe(expression.test(text));
    }),
  );
});

test('answers at once where a regular expression would try for hours', () => {
  expect(matchesGlob(`${'*a'.repeat(60)}b`, 'a'.repeat(4000))).toBe(false);
});
