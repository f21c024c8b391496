import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSecrets, mask } from '../../src/secrets/index.js';

fc.configureGlobal({ seed: 7 });

describe('mask', () => {
  it('keeps length, lines and what stands around', () => {
    const text = 'a: |\n  one\r\n  two\nb: 1\n';
    expect(mask(text, [{ start: 7, end: 17 }])).toBe('a: |\n  •••\r\n•••••\nb: 1\n');
  });

  it('takes spans in any order, overlapping or reaching outside', () => {
    const spans = [
      { start: 4, end: 99 },
      { start: -5, end: 1 },
      { start: 3, end: 5 },
      { start: 2, end: 2 },
    ];
    expect(mask('abcdef', spans)).toBe('•bc•••');
  });

  it('masks both halves of a character outside the basic plane', () => {
    expect(mask('a🔑b', [{ start: 1, end: 3 }])).toBe('a••b');
  });

  const anyText = fc.string({ unit: 'binary', maxLength: 60 });
  const spansIn = fc.array(fc.record({ start: fc.nat(80), end: fc.nat(80) }), { maxLength: 5 });

  it('is idempotent, keeps the length and every line break, and leaves nothing of a span', () => {
    fc.assert(
      fc.property(anyText, spansIn, (text, spans) => {
        const masked = mask(text, spans);
        expect(masked).toHaveLength(text.length);
        expect(mask(masked, spans)).toBe(masked);
        for (let at = 0; at < text.length; at++) {
          const isInside = spans.some((span) => span.start <= at && at < span.end);
          const isBreak = /[\r\n\u2028\u2029\u0085]/.test(text[at] ?? '');
          expect(masked[at]).toBe(isInside && !isBreak ? '•' : text[at]);
        }
      }),
    );
  });

  const printable = fc.string({
    unit: fc.constantFrom(...'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%+=_'),
    minLength: 8,
    maxLength: 40,
  });

  it('leaves no four characters in a row of a password that a template writes', () => {
    fc.assert(
      fc.property(
        printable.filter((secret) => !/^[!#%=+_]/.test(secret)),
        fc.constantFrom<(secret: string) => string>(
          (secret) => `Environment:\n  DB_PASSWORD: '${secret}'\n`,
          (secret) => `{"MasterUserPassword": "${secret}"}`,
          (secret) => `#!/bin/sh\nexport DB_PASSWORD="${secret}"\n`,
          (secret) => `- Name: DB_PASSWORD\n  Value: "${secret}"\n`,
          (secret) => `DbPassword:\n  Type: String\n  Default: "${secret}"\n`,
        ),
        (secret, template) => {
          const text = template(secret);
          const masked = mask(text, findSecrets(text));
          const written = template('');
          for (let at = 0; at + 4 <= secret.length; at++) {
            const stretch = secret.slice(at, at + 4);
            if (!written.includes(stretch)) expect(masked).not.toContain(stretch);
          }
        },
      ),
    );
  });
});
