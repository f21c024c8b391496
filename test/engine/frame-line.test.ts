import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeText } from '../../src/engine/stamp/escape-text.js';
import { frameLine, type Mark } from '../../src/engine/stamp/frame-line.js';

const whole = (text: string) => ({ start: 0, end: text.length });
const mark = (start: number, end: number): Mark => ({ start, end, primary: true });

function marked(text: string, marks: readonly Mark[], secrets: readonly { start: number; end: number }[] = []): string {
  const line = frameLine(text, whole(text), 1, secrets, marks);
  const [first] = line.marks;
  return first === undefined ? '' : line.text.slice(first.start, first.end);
}

describe('a line of a frame', () => {
  test('marks what the span covers', () => {
    expect(marked('      EnableKeyRotation: false', [mark(25, 30)])).toBe('false');
  });

  test('marks the same behind tabs, escapes and wide characters', () => {
    expect(marked('\tKey: \u202efalse', [mark(7, 12)])).toBe('false');
    expect(marked('😀😀: false', [mark(6, 11)])).toBe('false');
  });

  test('shows controls and what turns text around as their numbers', () => {
    const text = 'a\u001b[31mb\u202ec\u200bd\u0085e\u2028f';
    const shown = frameLine(text, whole(text), 1, [], []).text;
    expect(shown).toBe('a\\u{1b}[31mb\\u{202e}c\\u{200b}d\\u{85}e\\u{2028}f');
    expect(escapeText(text)).toBe(shown);
  });

  test('masks a secret at one width, whatever its length', () => {
    const short = frameLine('p: abc', whole('p: abc'), 1, [{ start: 3, end: 6 }], []).text;
    const long = frameLine(`p: ${'a'.repeat(50)}`, { start: 0, end: 53 }, 1, [{ start: 3, end: 53 }], []).text;
    expect(short).toBe('p: ••••••••');
    expect(long).toBe(short);
  });

  test('marks a masked value as a whole', () => {
    expect(marked('p: hunter2-and-more', [mark(3, 19)], [{ start: 3, end: 19 }])).toBe('••••••••');
  });

  test('cuts a long line around its mark and says so', () => {
    const text = `${'a'.repeat(5000)}WRONG${'b'.repeat(5000)}`;
    const line = frameLine(text, whole(text), 1, [], [mark(5000, 5005)]);
    const [first] = line.marks;
    expect(line.text.length).toBeLessThan(200);
    expect(line.text).toMatch(/^….*…$/);
    expect(line.text.slice(first?.start, first?.end)).toBe('WRONG');
  });

  test('never prints a character of a masked stretch, wherever the stretch, the mark and the cut lie', () => {
    const span = fc.tuple(fc.nat(400), fc.nat(400)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) + 1 }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 401 }), span, span, (length, secret, at) => {
        const hidden = { start: Math.min(secret.start, length - 1), end: Math.min(secret.end, length) };
        const text = 'x'.repeat(hidden.start) + 'S'.repeat(hidden.end - hidden.start) + 'x'.repeat(length - hidden.end);
        const line = frameLine(
          text,
          whole(text),
          1,
          [hidden],
          [{ start: Math.min(at.start, length), end: Math.min(at.end, length), primary: true }],
        );
        expect(line.text).not.toContain('S');
        for (const { start, end } of line.marks) expect(start >= 0 && end <= line.text.length && start < end).toBe(true);
      }),
    );
  });
});
