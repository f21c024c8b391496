import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/readers/source/index.js';
import { plain, slices } from './plain.js';

const LIMITS = { depth: 200 };

describe('a JSON text', () => {
  it('is read with every place', () => {
    const text = '\uFEFF{"A": [1, -2.5e3, "b\\u00e9"], "C": {"D": null, "E": true}, "F": []}';
    const { node, problems } = parseJson(text, LIMITS);
    expect(problems).toEqual([]);
    expect(node && plain(node)).toEqual({ A: [1, -2500, 'bé'], C: { D: null, E: true }, F: [] });
    expect(node && slices(node, text)).toEqual([
      text.slice(1),
      ['"A"', ['[1, -2.5e3, "b\\u00e9"]', '1', '-2.5e3', '"b\\u00e9"']],
      ['"C"', ['{"D": null, "E": true}', ['"D"', 'null'], ['"E"', 'true']]],
      ['"F"', ['[]']],
    ]);
  });

  it('keeps the text of a number', () => {
    expect(parseJson('[1.20, 12345678901234567890]', LIMITS).node).toMatchObject({
      items: [{ value: 1.2, source: '1.20' }, { source: '12345678901234567890' }],
    });
  });

  it('takes a key twice: the last wins, the loser is a warning', () => {
    const { node, problems } = parseJson('{"A": 1,\n "A": 2, "B": 3}', LIMITS);
    expect(node && plain(node)).toEqual({ A: 2, B: 3 });
    expect(problems).toMatchObject([{ level: 'warning', code: 'duplicate-key', at: { line: 1, column: 2 } }]);
  });

  it('keeps keys that are names of the prototype', () => {
    const { node } = parseJson('{"__proto__": 1, "constructor": 2}', LIMITS);
    expect(node?.kind === 'map' && [...node.byKey.keys()]).toEqual(['__proto__', 'constructor']);
  });

  it('is read to the limit of depth and no further', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseJson(nested(200), LIMITS).problems).toEqual([]);
    expect(parseJson(nested(201), LIMITS).problems).toMatchObject([{ code: 'too-deep', at: { line: 1, column: 201 } }]);
    expect(parseJson('{"a":'.repeat(50_000), LIMITS).problems).toMatchObject([{ code: 'too-deep' }]);
  });

  it('is read with 20,000 keys', () => {
    const { node } = parseJson(`{${Array.from({ length: 20_000 }, (_, i) => `"k${i}": "v"`)}}`, LIMITS);
    expect(node?.kind === 'map' && node.entries.length).toBe(20_000);
  });
});

describe('a JSON text that cannot be read gives one error with place and help', () => {
  it.each<[string, string, string, string]>([
    ['an unclosed [', '{"A":\n [1, 2}', '2:7', 'A comma or "]" is expected here.'],
    ['an end in a map', '{"A": {"B": 1', '1:7', 'The "{" that opens here is never closed.'],
    ['an end in a list', '[1,', '1:4', 'The text ends where a value should be.'],
    ['an end behind a colon', '{"A":', '1:6', 'The text ends where a value should be.'],
    ['a comma too many in a list', '[1, ]', '1:5', 'A comma stands before the closing bracket.'],
    ['a comma too many in a map', '{"A": 1,\n}', '2:1', 'A comma stands before the closing bracket.'],
    ['a missing comma', '{"A": 1\n "B": 2}', '2:2', 'A comma or "}" is expected here.'],
    ['a missing colon', '{"A" 1}', '1:6', 'A colon is expected behind the key.'],
    ['a key without quotes', '{A: 1}', '1:2', 'A key in double quotes is expected here.'],
    ['single quotes', "{'A': 1}", '1:2', 'A key in double quotes is expected here.'],
    ['a word without quotes', '{"A": hunter2}', '1:7', 'The word here is no JSON value.'],
    ['a number JSON does not know', '[NaN]', '1:2', 'The word here is no JSON value.'],
    ['a leading zero', '[01]', '1:3', 'A comma or "]" is expected here.'],
    ['a comment', '{"A": 1 // b\n}', '1:9', 'JSON has no comments.'],
    ['a comment before a key', '{ /* b */ "A": 1}', '1:3', 'JSON has no comments.'],
    ['a line break in a string', '["a\nb"]', '1:2', 'The string that begins here is not closed on its line.'],
    ['a tab in a string', '["a\tb"]', '1:4', 'A control character stands inside a string.'],
    ['a wrong escape', '["\\\\ \\d"]', '1:6', 'The backslash here begins no escape that JSON knows.'],
    ['text behind the value', '{}\n}', '2:1', 'There is text behind the end of the JSON value.'],
    ['nothing', ' \n', '1:1', 'The file is empty: it holds no value.'],
  ])('%s', (_, text, at, message) => {
    const { node, problems } = parseJson(text, LIMITS);
    expect(node).toBeUndefined();
    expect(problems.map((problem) => [problem.level, `${problem.at.line}:${problem.at.column}`, problem.message])).toEqual([
      ['error', at, message],
    ]);
    expect(problems[0]?.help).toMatch(/^[A-Z].*\.$/);
  });
});
