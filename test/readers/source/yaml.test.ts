import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson, parseYaml, type SourceNode } from '../../../src/readers/source/index.js';
import { parseWith } from '../../../src/readers/source/yaml.js';
import { buildFromDocuments } from '../../../src/readers/source/yaml-documents.js';
import { buildFromEvents } from '../../../src/readers/source/yaml-events.js';
import { plain, slices } from './plain.js';

const LIMITS = { depth: 200 };

function tree(text: string): SourceNode {
  const { node, problems } = parseYaml(text, LIMITS);
  if (node === undefined) throw new Error(problems[0]?.message);
  return node;
}

describe('a YAML text', () => {
  it.each<[string, string, unknown]>([
    ['lists and maps in lines', 'A:\n  B:\n  - c\n  - d: e\n    f: g\n', { A: { B: ['c', { d: 'e', f: 'g' }] } }],
    ['lists and maps in brackets', 'A: {B: [c, {d: e}], "f": g}', { A: { B: ['c', { d: 'e' }], f: 'g' } }],
    [
      'short tags with a scalar, a list, a map and nothing',
      'A: !Ref B\nC: !Join [",", [!GetAtt D.Arn]]\nE: !X {f: g}\nH: !GetAZs\n',
      {
        A: { '!Ref': 'B' },
        C: { '!Join': [',', [{ '!GetAtt': 'D.Arn' }]] },
        E: { '!X': { f: 'g' } },
        H: { '!GetAZs': '' },
      },
    ],
    [
      'a tag before a block',
      'A: !If\n  - B\n  - !Ref C\n  - !Sub |\n    ${D}\n',
      { A: { '!If': ['B', { '!Ref': 'C' }, { '!Sub': '${D}\n' }] } },
    ],
    ['a tagged scalar is text, whatever it looks like', 'A: !Ref 012\nB: !Sub true', { A: { '!Ref': '012' }, B: { '!Sub': 'true' } }],
    [
      'tags of YAML itself are applied',
      'A: !!str 12\nB: !!int "12"\nC: !!map {d: e}\nF: ! 5\nG: !<tag:yaml.org,2002:str> yes',
      { A: '12', B: 12, C: { d: 'e' }, F: '5', G: 'yes' },
    ],
    [
      'values that are not written',
      'A:\nB: # comment\nC: [d, ]\nE: {f, g: }\nH:\n-\n- i\n',
      { A: null, B: null, C: ['d'], E: { f: null, g: null }, H: [null, 'i'] },
    ],
    ['folded and literal blocks', 'A: >-\n  b\n  c\n\n  d\nE: |+\n  f\n\nG: h\n', { A: 'b c\nd', E: 'f\n\n', G: 'h' }],
    ['a block at the end of a text without a last line break', 'A: |\n  b\n  c', { A: 'b\nc' }],
    ['escapes and doubled quotes', `A: "b\\tc\\u00e9\\\n  d"\nE: 'it''s'\n`, { A: 'b\tcéd', E: "it's" }],
    ['Windows line ends', 'A:\r\n  B: c\r\n  D: |\r\n    e\r\n    f\r\n', { A: { B: 'c', D: 'e\nf\n' } }],
    ['a byte order mark', '\uFEFFA: b\n', { A: 'b' }],
    ['a document marker', '--- # first\nA: b\n...\n', { A: 'b' }],
    ['an explicit key', '? A\n: b\n? C\n', { A: 'b', C: null }],
    ['keys that look typed stay text', '012: a\nyes: b\n1.0: c\n', { '012': 'a', yes: 'b', '1.0': 'c' }],
  ])('is read: %s', (_, text, expected) => {
    expect(plain(tree(text))).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ['true', true],
    ['Yes', true],
    ['on', true],
    ['NO', false],
    ['off', false],
    ['y', 'y'],
    ['tRUE', 'tRUE'],
    ['null', null],
    ['~', null],
    ['Null', null],
    ['nUll', 'nUll'],
    ['12', 12],
    ['-3', -3],
    ['1_000', 1000],
    ['012', 10],
    ['08', '08'],
    ['012345670123', 1402433619],
    ['089123456789', '089123456789'],
    ['0x1F', 31],
    ['0x_', '0x_'],
    ['0b11', 3],
    ['0o17', '0o17'],
    ['1:30', 90],
    ['1.5', 1.5],
    ['1.', 1],
    ['.5', 0.5],
    ['1e3', '1e3'],
    ['1.0e+3', 1000],
    ['10.0.0.0', '10.0.0.0'],
    ['.inf', '.inf'],
    ['2012-10-17', '2012-10-17'],
    ['2010-09-09T00:00:00Z', '2010-09-09T00:00:00Z'],
    ['-', '-'],
    ['"yes"', 'yes'],
    ["'12'", '12'],
  ])('types %s as CloudFormation does, which reads YAML 1.1 without timestamps', (written, value) => {
    expect(tree(`A: ${written === '-' ? '"-"' : written}`)).toMatchObject({ entries: [{ value: { value } }] });
  });

  it('keeps the text before typing', () => {
    expect(tree('A: 012')).toMatchObject({ entries: [{ value: { value: 10, source: '012' } }] });
  });

  it('knows the place of every value as it is written', () => {
    const text = 'A: !Ref b # c\n"D":\n  - \'e\'\n  - {f: [g, h] }\nI: |\n  j\n  k\n\nL:\nM: n\n';
    expect(slices(tree(text), text)).toEqual([
      text.trimEnd(),
      ['A', 'b'],
      ['"D"', ["- 'e'\n  - {f: [g, h] }", "'e'", ['{f: [g, h] }', ['f', ['[g, h]', 'g', 'h']]]]],
      ['I', '|\n  j\n  k'],
      ['L', ''],
      ['M', 'n'],
    ]);
    expect(tree(text)).toMatchObject({ entries: [{}, {}, {}, { value: { start: text.indexOf('L:') + 2 } }, {}] });
  });

  it.each<[string, string, unknown]>([
    ['brackets that close at the parent key', 'A:\n  B: {\n    c: d\n  }\n  E: f\nG: h\n', { A: { B: { c: 'd' }, E: 'f' }, G: 'h' }],
    ['brackets that go on at column 1', 'A:\n  B: [\nc,\nd\n]\n  E: f\n', { A: { B: ['c', 'd'], E: 'f' } }],
    ['quoted text that goes on at column 1', 'A:\n  B: "c\nd"\n  E: \'f\ng\'\nH: i\n', { A: { B: 'c d', E: 'f g' }, H: 'i' }],
    [
      'a JSON policy pasted below its key',
      'A:\n  B: !Sub\n    c\n  P:\n    {\n  "Statement": [\n  ]\n    }\nE: f\n',
      { A: { B: { '!Sub': 'c' }, P: { Statement: [] } }, E: 'f' },
    ],
  ])('loses nothing where lines go on less indented than YAML 1.2 wants: %s', (_, text, expected) => {
    expect(plain(tree(text))).toEqual(expected);
  });
});

describe('keys given twice', () => {
  it('are taken, the last one wins, and each loser is a warning with both places', () => {
    const { node, problems } = parseYaml('A: 1\nB: 2\nA: 3\n', LIMITS);
    expect(node && plain(node)).toEqual({ A: 3, B: 2 });
    expect(node).toMatchObject({ entries: [{ key: 'B' }, { key: 'A' }] });
    expect(problems).toEqual([
      {
        level: 'warning',
        code: 'duplicate-key',
        message: 'Key "A" is given again at line 3, column 1; only the last one counts.',
        help: 'Keep one of the two.',
        at: { line: 1, column: 1 },
      },
    ]);
  });
});

describe('anchors, aliases and merge keys', () => {
  it('share the node, with the place where it is written', () => {
    const text = 'A: &x {k: v}\nB: *x\n';
    const node = tree(text);
    expect(plain(node)).toEqual({ A: { k: 'v' }, B: { k: 'v' } });
    expect(node.kind === 'map' && node.byKey.get('A')?.value).toBe(node.kind === 'map' && node.byKey.get('B')?.value);
  });

  it.each<[string, string, unknown]>([
    ['written keys win, wherever the merge stands', 'A: &x {k: v, l: w}\nB:\n  k: own\n  <<: *x\n  m: n\n', { k: 'own', l: 'w', m: 'n' }],
    ['the first of several maps wins', 'X: &x {k: 1}\nY: &y {k: 2, l: 3}\nB:\n  <<: [*x, *y]\n', { k: 1, l: 3 }],
    ['a quoted << is a key like others', 'B:\n  "<<": {k: 1}\n', { '<<': { k: 1 } }],
    ['a << of text is a key like others', 'B:\n  <<: k\n', { '<<': 'k' }],
  ])('merge: %s', (_, text, expected) => {
    const node = tree(text);
    expect(node.kind === 'map' && node.byKey.get('B') && plain(node.byKey.get('B')?.value as SourceNode)).toEqual(expected);
  });

  it('an alias stands for the newest anchor of its name', () => {
    expect(plain(tree('A: &x 1\nB: &x 2\nC: *x\n'))).toEqual({ A: 1, B: 2, C: 2 });
  });
});

describe('a YAML text that cannot be read gives one error with place and help', () => {
  const bomb = [
    'a0: &a0 [x,x,x,x,x,x,x,x,x]',
    ...Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`)}]`),
  ].join('\n');
  it.each<[string, string, string, string]>([
    ['an unclosed [', 'A:\n  B: [c, d\nE: f\n', '2:6', 'The "[" that opens here is never closed.'],
    ['an unclosed {', 'A:\n  B: {c: d\nE: f\n', '2:6', 'The "{" that opens here is never closed.'],
    ['a bracket too many', 'A: [b]]\n', '1:7', 'The YAML is malformed: Unexpected flow-seq-end token in YAML stream.'],
    ['an unclosed quote', 'A: "b\nC: d\n', '1:4', 'The quoted text that begins here is never closed.'],
    ['a quote inside quotes', "A: 'it's'\n", '1:8', 'There is text behind a value that is already complete.'],
    ['a tab as indentation', 'A:\n\tB: c\n', '2:1', 'A tab is used as indentation, which YAML does not allow.'],
    ['a key indented too deep', 'A: b\n  C: d\n', '2:3', 'This key is indented deeper than the one before it, which has a value already.'],
    ['a key indented too little', 'A:\n  B: c\n D: e\n', '3:1', 'The YAML is malformed: All mapping items must start at the same column.'],
    ['a colon in plain text', 'A: see: here\n', '1:4', 'A second `key: value` stands where a value should be.'],
    ['a second key behind a tag', 'A: !Ref b: c\n', '1:4', 'A second `key: value` stands where a value should be.'],
    ['a key that goes on over lines', 'A:\n  b\n  c: d\n', '2:3', 'A line without a colon stands among keys, or is indented wrongly.'],
    ['a key without a colon', 'A: b\nC\nD: e\n', '2:1', 'A line without a colon stands among keys, or is indented wrongly.'],
    ['a placeholder of a text generator', 'A: {{ b }}\n', '1:5', 'A list or a map stands where a key should be.'],
    ['a reserved character', 'A: @b\n', '1:4', 'The YAML is malformed: Plain value cannot start with reserved character @.'],
    ['a wrong escape', 'A: "\\d"\n', '1:5', 'The YAML is malformed: Invalid escape sequence \\d.'],
    ['a lone star', 'Action: *\n', '1:9', 'The YAML is malformed: Alias cannot be an empty string.'],
    ['an alias of nothing', 'A: *b\n', '1:4', 'The alias here names no anchor that is complete before it.'],
    ['an alias of itself', 'A: &b [*b]\n', '1:8', 'The alias here names no anchor that is complete before it.'],
    ['a control character', 'A: b\u0001\n', '1:5', 'The control character U+0001 is not allowed in YAML.'],
    ['an alias bomb', bomb, '7:10', 'Aliases make this file larger than 1000000 values when written out.'],
    ['brackets 50,000 deep', '['.repeat(50_000), '1:204', 'Values are nested more than 200 levels deep here.'],
    ['dashes 50,000 deep', '- '.repeat(50_000), '1:409', 'Values are nested more than 200 levels deep here.'],
    [
      'depth through aliases',
      ['a0: &a0 [x]', ...Array.from({ length: 300 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]`)].join('\n'),
      '200:14',
      'Values are nested more than 200 levels deep here.',
    ],
    ['an empty file', '', '1:1', 'The file is empty: it holds no value.'],
    ['only comments', '# A: b\n\n', '1:1', 'The file is empty: it holds no value.'],
  ])('%s', (_, text, at, message) => {
    const { node, problems } = parseYaml(text, LIMITS);
    expect(node).toBeUndefined();
    expect(problems.map((problem) => [problem.level, `${problem.at.line}:${problem.at.column}`, problem.message])).toEqual([
      ['error', at, message],
    ]);
    expect(problems[0]?.help).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    'A: b "hunter2\nC: [}',
    'A: |hunter2\n  b',
    'A: &hunter2',
    'A: *hunter2',
    'A: "\\hunter2"',
    'A: b\n  hunter2: c',
    '%hunter2\nA: [',
    'A: hunter2: c',
  ])('the error quotes no text of the file: %j', (text) => {
    expect(JSON.stringify(parseYaml(text, LIMITS).problems)).not.toContain('hunter2');
  });
});

describe('a file with several documents', () => {
  it.each(['A: b\n---\nC: d\n', 'A: b\n---\nC: [d\n'])('is read up to the second, with a warning there: %j', (text) => {
    const { node, problems } = parseYaml(text, LIMITS);
    expect(node && plain(node)).toEqual({ A: 'b' });
    expect(problems).toMatchObject([{ level: 'warning', code: 'several-documents', at: { line: 2, column: 1 } }]);
  });
});

describe('size', () => {
  const many = (line: (i: number) => string): string => Array.from({ length: 20_000 }, (_, i) => line(i)).join('\n');
  it.each<[string, string, number]>([
    ['20,000 keys', many((i) => `k${i}: v`), 20_000],
    ['20,000 keys on the thorough way', `f: {\na: b\n}\n${many((i) => `k${i}: v`)}`, 20_001],
    ['20,000 quoted keys', many((i) => `"k${i}": 'v'`), 20_000],
    ['20,000 values not written', many((i) => `k${i}:`), 20_000],
    ['20,000 times one key', many(() => 'k: v'), 1],
  ])('%s are read', (_, text, keys) => {
    const node = tree(text);
    expect(node.kind === 'map' && node.entries.length).toBe(keys);
  });
});

describe('both ways of parsing', () => {
  const INPUTS = [
    'A: b\n',
    'A:\n- b\n-\n- - c\n  -\n  - d: e\n',
    '- {a: [b, {c: }], d}\n- [e: f, "g": h]\n',
    'A: !Sub\n  - |\n    x\n    y\n\n  - {z: !Ref q}\nB: >+\n  t\n\n\nC:\n',
    '!Tag\nA: &x !Y b\nC: *x\n',
    '? A\n: - b\n  - c\n? D\n',
    '# c\n\n--- # d\nA: "b\n  c"  # e\n# f\n',
    'A: |2\n    b\n   c\nD: e',
    '- !If [a, !Ref b, !Ref "AWS::NoValue"]\n- !GetAZs ""\n- !GetAZs\n- x',
    "A: plain text\n  over lines\n\n  and more # c\nB:   'q'   \n",
    'A: [\n  b, # c\n  d\n  ]\nE: {f: g,\n  h: i}\n',
    '\r\nA:\r\n  - b\r\n  - |\r\n    c\r\n\r\nD: e\r\n',
    'A: &a\n  b: c\nD:\n  <<: *a\n  e: f\n',
    'A: !Sub >-\n  # no comment\n  b\nC: !Base64\n  Fn::Sub: |\n    d\n',
    'A : b\n"C" : d\n',
    'A: b#c\nD: "e"#f\n'.replace('"e"#f', '"e" #f'),
    'A:\n  - B: c\n\n    # note\n  - D: e\n',
    '{A: b, C: [d]}\n',
    '"just text"\n',
    '[]',
    '{}',
    '|\n  a\n',
    'A: {}\nB: []\nC: ""\n',
    'A: [[], {}, [[]], !X [], !Y {}]\n',
  ];
  it.each(INPUTS)('build equal trees from %j', (text) => {
    const quick = parseWith(text, LIMITS, [buildFromEvents]);
    expect(quick.node).toBeDefined();
    expect(quick).toEqual(parseWith(text, LIMITS, [buildFromDocuments]));
  });

  it('build equal trees from any YAML made at random', () => {
    fc.assert(
      fc.property(yamlText(), (text) => {
        const quick = parseWith(text, LIMITS, [buildFromEvents]);
        fc.pre(quick.node !== undefined);
        expect(quick).toEqual(parseWith(text, LIMITS, [buildFromDocuments]));
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    'A',
    ': ',
    ':',
    '- ',
    '\n',
    '\n  ',
    '\t',
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    "'",
    '|',
    '>',
    '#',
    ' #',
    '!Ref ',
    '&a ',
    '*a',
    '? ',
    '<<',
    '---',
    '%',
    '\\',
    'é',
    '\r\n',
    '\uFEFF',
    '\0',
  );
  it('gives a tree or exactly one error, never an exception', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        for (const parse of [parseYaml, parseJson]) {
          const { node, problems } = parse(parts.join(''), LIMITS);
          expect(problems.filter((problem) => problem.level === 'error')).toHaveLength(node === undefined ? 1 : 0);
        }
      }),
      { numRuns: 1000, seed: 5 },
    );
  });
});

describe('any JavaScript value', () => {
  it('printed as JSON is the same read as JSON and as YAML, places included, and slices back to its text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 1, 2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const asJson = parseJson(text, LIMITS);
        const asYaml = parseYaml(text, LIMITS);
        expect(asJson.problems).toEqual([]);
        expect(asJson.node && plain(asJson.node)).toEqual(JSON.parse(text));
        if (!holdsWhatYamlTypesOtherwise(text)) expect(asYaml).toEqual(asJson);
        expect(asJson.node && text.slice(asJson.node.start, asJson.node.end)).toBe(text);
        for (const scalar of scalars(asJson.node)) expect(JSON.parse(text.slice(scalar.start, scalar.end))).toEqual(scalar.value);
      }),
      { numRuns: 300, seed: 11 },
    );
  });
});

/** `1e21` is a number in JSON and text in YAML 1.1; DEL may stand in JSON and not in YAML. */
function holdsWhatYamlTypesOtherwise(text: string): boolean {
  return /\de[-+]?\d/.test(text) || /[\u007f-\u009f\ufffe\uffff\ud800-\udfff\u2028\u2029\ufeff]/.test(text);
}

function scalars(node: SourceNode | undefined): Extract<SourceNode, { kind: 'scalar' }>[] {
  if (node === undefined) return [];
  if (node.kind === 'scalar') return [node];
  return node.kind === 'list' ? node.items.flatMap(scalars) : node.entries.flatMap((entry) => scalars(entry.value));
}

/** Block and flow YAML with tags, comments, empty values and every scalar style. */
function yamlText(): fc.Arbitrary<string> {
  const word = fc.constantFrom('a', 'Ref', '012', 'yes', '2012-10-17', 'x y', 'AWS::S3::Bucket', '-1', '~');
  const inline = fc.oneof(
    word,
    word.map((text) => `"${text}\\n"`),
    word.map((text) => `'${text}''s'`),
    word.map((text) => `!Ref ${text}`),
    fc.array(word, { maxLength: 3 }).map((words) => `[${words.join(', ')}]`),
    fc.uniqueArray(word, { maxLength: 3 }).map((words) => `{${words.map((text) => `"${text}": ${text}`).join(', ')}}`),
    fc.constant('!Empty'),
    fc.constant(''),
  );
  const { block } = fc.letrec<{ block: readonly string[] }>((tie) => ({
    block: fc.oneof(
      { maxDepth: 3 },
      fc
        .tuple(fc.constantFrom('|', '>', '|-', '>+', '!Sub |'), fc.array(word, { minLength: 1, maxLength: 3 }))
        .map(([head, lines]) => [head, ...lines.map((line) => `  ${line}`)]),
      fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((blocks) => ['', ...blocks.flatMap((lines) => nested('-', lines))]),
      fc
        .uniqueArray(
          fc.tuple(
            fc.constantFrom('A', 'B', '"C"', 'D e'),
            fc.oneof(
              tie('block'),
              inline.map((text) => [text]),
            ),
          ),
          { minLength: 1, maxLength: 3, selector: ([key]) => key },
        )
        .map((pairs) => ['', ...pairs.flatMap(([key, lines]) => nested(`${key}:`, lines as readonly string[]))]),
    ),
  }));
  return fc.tuple(block, fc.constantFrom('\n', '\r\n')).map(([lines, end]) => `${lines.join(end).replace(/^\r?\n/, '')}${end}`);
}

function nested(head: string, [first, ...rest]: readonly string[]): string[] {
  return [`${head} ${first ?? ''}`.trimEnd(), ...rest.map((line) => `  ${line}`)];
}
