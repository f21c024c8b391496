import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineHasher } from '../../src/engine/stamp/line-hash.js';

/** Every line's hash; where the lines begin matters only for what a hash covers. */
const hashes = (text: string): readonly string[] => {
  const hasher = lineHasher(text);
  const found: string[] = [];
  for (let line = 1; ; line += 1) {
    const hash = hasher(line, 0);
    if (hash === undefined) return found;
    found.push(hash.hash);
  }
};

/** The same by the definition: for each line 100 characters from its first, without blanks and tabs, as a polynomial in 37. */
function byDefinition(text: string): readonly string[] {
  const kept: { readonly code: number; readonly starts: boolean }[] = [];
  let starts = true;
  const normal = text.replace(/\r[ \t]*\n/g, (pair) => (pair === '\r\n' ? '\n' : pair)).replaceAll('\r', '\n');
  for (const char of `${normal}\uffff`.split('')) {
    if (char === ' ' || char === '\t') continue;
    kept.push({ code: char.charCodeAt(0), starts });
    starts = char === '\n';
  }
  const seen = new Map<string, number>();
  return kept.flatMap(({ starts: first }, at) => {
    if (!first) return [];
    let sum = 0n;
    for (let offset = 0; offset < 100; offset += 1) sum = BigInt.asUintN(64, sum * 37n + BigInt(kept[at + offset]?.code ?? 0));
    const hex = sum.toString(16);
    seen.set(hex, (seen.get(hex) ?? 0) + 1);
    return [`${hex}:${seen.get(hex)}`];
  });
}

test('a line’s hash is what the definition says, for any text', () => {
  const text = fc.array(fc.constantFrom('a', 'Key: ', ' ', '\t', '\n', '\r\n', '\r', 'é', '😀', '"x"', '\u0000', '#'.repeat(60)), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(text, (parts) => {
      expect(hashes(parts.join(''))).toEqual(byDefinition(parts.join('')));
    }),
  );
});

test('blanks do not count, characters do', () => {
  expect(hashes('  a:   b\n')).toEqual(hashes('a:b\n'));
  expect(hashes('a: b\n')).not.toEqual(hashes('a: c\n'));
});

test('line ends of every kind are one', () => {
  expect(hashes('a\r\nb\r\n')).toEqual(hashes('a\nb\n'));
});

test('a line moves without changing its hash as long as the 100 characters behind it stay', () => {
  const tail = `same: line\n${'x'.repeat(100)}\n`;
  expect(hashes(`one\ntwo\n${tail}`)[2]).toBe(hashes(tail)[0]);
});

test('equal lines are counted from the top', () => {
  const line = `${'x'.repeat(120)}\n`;
  expect(hashes(line.repeat(3)).map((hash) => hash.split(':')[1])).toEqual(['1', '2', '3', '1']);
});
