import fc from 'fast-check';
import { expect, test } from 'vitest';
import { globOf, isGlob } from '../../src/engine/glob/glob.js';

test.each([
  ['*.yaml', 'a.yaml', true, 'a star stands for any name'],
  ['*.yaml', 'b/a.yaml', false, 'a star stays in its folder'],
  ['**/*.yaml', 'a.yaml', true, 'two stars and a slash stand for no folder, too'],
  ['**/*.yaml', 'b/c/a.yaml', true, 'two stars cross folders'],
  ['stacks/**', 'stacks/a/b.yaml', true, 'two stars at the end take all below'],
  ['stacks/**', 'stacks.yaml', false, 'but not the neighbour'],
  ['a/**/b', 'a/b', true, 'two stars in the middle stand for no folder, too'],
  ['a/**/b', 'ab', false, 'the slashes around them stay'],
  ['a/**/b', 'a/xb', false, 'what follows them is a whole name'],
  ['a/**/b', 'a/x/b', true, 'and any number of folders'],
  ['a/**/b', 'a/x/y/b', true, 'and any number of folders'],
  ['**/**/b', 'x/b', true, 'twice is as once'],
  ['?.yaml', '😀.yaml', true, 'a question mark is one character, however it is stored'],
  ['?.yaml', 'ab.yaml', false, 'a question mark is one character'],
  ['?.yaml', '/.yaml', false, 'and no slash'],
  ['{dev,prod}/*.yaml', 'prod/a.yaml', true, 'braces name alternatives'],
  ['{dev,prod}/*.yaml', 'test/a.yaml', false, 'and no others'],
  ['a.yaml', 'aXyaml', false, 'a dot is a dot'],
  ['[a].yaml', '[a].yaml', true, 'brackets are brackets'],
  ['kms-*', 'kms-rotation-disabled', true, 'names of rules have no folders'],
  ['', '', true, 'the empty pattern is the empty text'],
  ['', 'a', false, 'and nothing else'],
])('%s and %s: %s, for %s', (pattern, text, expected) => {
  expect(globOf(pattern)(text)).toBe(expected);
});

test('a text without wildcards matches itself alone', () => {
  const plain = fc.string({ unit: 'binary' }).filter((text) => !isGlob(text) && !text.includes('}'));
  fc.assert(
    fc.property(plain, plain, (pattern, text) => {
      expect(globOf(pattern)(text)).toBe(pattern === text);
    }),
  );
});

test('a text matches every pattern made of it by putting stars for stretches without a slash', () => {
  const piece = fc.stringMatching(/^[a-z.]{0,4}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(piece, piece), { minLength: 1, maxLength: 6 }), (pieces) => {
      const text = pieces.map(([kept, starred]) => kept + starred).join('');
      expect(globOf(pieces.map(([kept]) => `${kept}*`).join(''))(text)).toBe(true);
    }),
  );
});

test('a pattern made to backtrack ends all the same', () => {
  expect(globOf(`${'*a'.repeat(100)}b`)('a'.repeat(5_000))).toBe(false);
  expect(globOf('{a,b}'.repeat(60))('c')).toBe(false);
});
