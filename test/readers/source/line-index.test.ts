import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineIndex } from '../../../src/readers/source/index.js';

describe('a line index', () => {
  it('counts LF, CRLF and lone CR as one line break each', () => {
    const text = 'a\nb\r\nc\rd';
    const index = lineIndex(text);
    expect(index.lines).toBe(4);
    expect([...text].map((_, offset) => index.position(offset)).map(({ line, column }) => `${line}:${column}`)).toEqual([
      '1:1',
      '1:2',
      '2:1',
      '2:2',
      '2:3',
      '3:1',
      '3:2',
      '4:1',
    ]);
    expect([1, 2, 3, 4, 5].map((line) => index.line(line))).toEqual(['a', 'b', 'c', 'd', '']);
  });

  it('counts a column in UTF-16 code units', () => {
    expect(lineIndex('😀x').position(2)).toEqual({ line: 1, column: 3 });
  });

  it('answers outside the text with its nearest end', () => {
    const index = lineIndex('ab\nc');
    expect(index.position(-5)).toEqual({ line: 1, column: 1 });
    expect(index.position(99)).toEqual({ line: 2, column: 2 });
    expect(index.offset({ line: 1, column: 99 })).toBe(2);
    expect(index.offset({ line: 9, column: 1 })).toBe(4);
  });

  it('goes there and back for every offset', () => {
    const text = fc.array(fc.constantFrom('a', '\n', '\r\n', 'é', '😀', '\t')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (made) => {
        const index = lineIndex(made);
        for (let offset = 0; offset <= made.length; offset += 1) {
          if (made[offset] === '\n' && made[offset - 1] === '\r') continue;
          expect(index.offset(index.position(offset))).toBe(offset);
        }
      }),
    );
  });
});
