import { describe, expect, it } from 'vitest';
import { parseSource } from '../../../src/readers/source/index.js';
import { plain } from './plain.js';

const LIMITS = { depth: 200 };

describe('a file is read as what its text is', () => {
  it.each<[string, string, string, unknown]>([
    ['YAML', 'a.yaml', 'A: yes', { A: true }],
    ['JSON in a file named yaml', 'a.yaml', '{"A": 1}', { A: 1 }],
    ['YAML in a file named json', 'a.json', 'A: 1', { A: 1 }],
    ['YAML in braces', 'a.yml', '{A: [b, !Ref c]}', { A: ['b', { '!Ref': 'c' }] }],
    ['YAML in braces in a file named template', 'a.template', '# note\n{A: b}', { A: 'b' }],
    ['JSON with a comma too many, which YAML takes, in a file named yaml', 'a.yaml', '{"A": [1, 2,],}', { A: [1, 2] }],
  ])('%s', (_, file, text, expected) => {
    const { node } = parseSource(file, text, LIMITS);
    expect(node && plain(node)).toEqual(expected);
  });

  it.each<[string, string, string, string]>([
    ['a broken JSON file gets JSON advice', 'a.json', '{"A": [1,]}', 'json-syntax'],
    ['a broken text in braces gets JSON advice where the name says nothing', 'a.template', '{"A": [1', 'json-syntax'],
    ['and YAML advice in a file named yaml', 'a.yaml', '{"A": [1', 'yaml-syntax'],
  ])('%s', (_, file, text, code) => {
    expect(parseSource(file, text, LIMITS).problems.map((problem) => problem.code)).toEqual([code]);
  });
});
