import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { FORMATS, isFormat, parseReport } from '../../src/report/index.js';
import { EVERYTHING, finding, frame, hostileReport, PIPED, render, report, TERMINAL, TEXT_FORMATS } from './report-builder.js';
import { readXml } from './xml.js';

fc.configureGlobal({ seed: 7 });

/** All that acts without being seen, but tab and line end, of which each format has its own. */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/;

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom(
      '\u001b',
      '\u009b',
      '\u202e',
      '\u2066',
      '\u200b',
      '\n',
      '\r',
      '\t',
      '::',
      '##[',
      '%0A',
      ',',
      '<',
      '&',
      '"',
      '`',
      '|',
      '@',
      ']]>',
      '](',
      '字',
      '🔑',
      'a',
      ' ',
    ),
    maxLength: 20,
  }),
);

function reportOf(text: string) {
  const base = finding({ at: `a/${text}.yaml`, message: `Key ${text}.`, rule: 'kms-a' });
  return report({
    findings: [
      {
        ...base,
        resource: { ...base.resource, name: text, address: text, type: text },
        location: { ...base.location, frame: frame('a', 7, `x: ${text} y`, 'x', text) },
        condition: text,
        steps: [text],
        related: [{ ...base.location, label: text }],
      },
    ],
    inputs: [text],
    gaps: [{ where: text, why: text, leavesOpen: text, settle: text }],
  });
}

describe('whatever text a scanned file holds', () => {
  it.each(TEXT_FORMATS)('%s prints no character that acts unseen', async (format) => {
    expect(await render(format, hostileReport(), EVERYTHING)).not.toMatch(UNSEEN);
    await fc.assert(
      fc.asyncProperty(nasty, async (text) => {
        expect(await render(format, reportOf(text), EVERYTHING)).not.toMatch(UNSEEN);
      }),
    );
  });

  it('JSON loses nothing, SARIF stays JSON, JUnit stays XML', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, async (text) => {
        const original = reportOf(text);
        expect(await parseReport(await render('json', original))).toEqual(original);
        expect(JSON.parse(await render('sarif', original))).toHaveProperty('version', '2.1.0');
        expect(readXml(await render('junit', original)).name).toBe('testsuites');
      }),
    );
  });

  it('lists keep to a line a finding', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, async (text) => {
        expect((await render('concise', reportOf(text))).split('\n')).toHaveLength(2);
        expect((await render('github', reportOf(text))).split('\n')).toHaveLength(5);
      }),
    );
  });

  it('an underline stands below what it marks', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (before, marked) => {
        const base = finding();
        const lines = [
          { number: 7, text: `${before}${marked}.`, marks: [{ start: before.length, end: before.length + marked.length, primary: true }] },
        ];
        fc.pre(!/[\ud800-\udbff]$/.test(before) && marked.trim() !== '' && before.trim() === before);
        const text = await render(
          'pretty',
          report({ findings: [{ ...base, location: { ...base.location, frame: { file: 'a', lines } } }] }),
          PIPED,
        );
        const [source = '', underline = ''] = text.split('\n').slice(3);
        const column = underline.indexOf('^');
        const width = underline.lastIndexOf('^') - column + 1;
        // Joined emoji and marks may be narrower together than apart; the end of the line bounds them.
        expect(column + width).toBeLessThanOrEqual(stringWidth(source) + 1);
        expect(column).toBeGreaterThanOrEqual(4);
      }),
    );
  });

  it('a terminal line is never wider than asked for, frames included', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, fc.nat(300), async (text, length) => {
        const base = finding();
        const line = `${'x'.repeat(length)}${text}${'y'.repeat(length)}`;
        const location = {
          ...base.location,
          frame: { file: 'a', lines: [{ number: 7, text: line, marks: [{ start: length, end: length + text.length, primary: true }] }] },
        };
        const drawn = (await render('pretty', report({ findings: [{ ...base, location }] }), TERMINAL))
          .split('\n')
          .filter((row) => /^ *\d* \|/.test(row));
        for (const row of drawn) expect(stringWidth(row)).toBeLessThanOrEqual(80);
      }),
    );
  });
});

describe('formats', () => {
  it('are known by name', () => {
    expect(FORMATS).toEqual(['pretty', 'concise', 'json', 'sarif', 'html', 'junit', 'markdown', 'github']);
    expect([isFormat('sarif'), isFormat('toString'), isFormat('xml')]).toEqual([true, false, false]);
  });
});
