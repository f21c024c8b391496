import { describe, expect, it } from 'vitest';
import { Unknown, type Value } from '../../../src/model/index.js';
import { propertyOf, scopeOf, templateOf, told } from './read.js';

function parameter(declaration: string, given?: string): { value: Value | undefined; variable: unknown } {
  const read = scopeOf(
    templateOf('!Ref P', `Parameters:\n  P: ${declaration}\n`),
    given === undefined ? {} : { parameters: new Map([['P', given]]) },
  );
  return { value: read.resource('R').properties.V, variable: read.scope.variables.get('parameter P') };
}

describe('a parameter without a value', () => {
  it.each<[string, string, object, object]>([
    ['keeps its default as one of its cases', '{Type: String, Default: x}', { type: 'string' }, { default: 'x' }],
    ['has its default as text, whatever was written', '{Type: String, Default: 1.10}', { type: 'string' }, { default: '1.10' }],
    ['of true', '{Type: String, Default: true}', { type: 'string' }, { default: 'true' }],
    ['of type Number', '{Type: Number, Default: 5}', { type: 'string' }, { default: '5' }],
    [
      'has a closed list of values',
      '{Type: String, AllowedValues: [a, 1, true]}',
      { values: ['a', '1', 'true'] },
      { values: ['a', '1', 'true'] },
    ],
    ['of an AWS type is not empty', '{Type: "AWS::EC2::VPC::Id"}', { type: 'string', excludes: [''] }, {}],
    ['with a pattern begins as the pattern does', "{Type: String, AllowedPattern: 'arn:aws[a-z-]*:kms:.*'}", { prefix: 'arn:aws' }, {}],
    ['with a pattern of alternatives begins anyhow', "{Type: String, AllowedPattern: 'arn:|x'}", { type: 'string' }, {}],
    ['with an optional pattern begins anyhow', "{Type: String, AllowedPattern: '^a?.*'}", { type: 'string' }, {}],
    ['with an optional pattern begins anyhow', "{Type: String, AllowedPattern: '^(arn:.*)?$'}", { type: 'string' }, {}],
    ['is a list', '{Type: CommaDelimitedList, Default: "a, b"}', { type: 'array' }, { type: 'array', default: ['a', 'b'] }],
    ['is a list of AWS things', '{Type: "List<AWS::EC2::Subnet::Id>"}', { type: 'array', minItems: 1 }, { type: 'array' }],
    [
      'has a dynamic reference as its default',
      '{Type: String, Default: "{{resolve:ssm:/a}}"}',
      { type: 'string' },
      { default: { kind: 'dynamic-reference' } },
    ],
  ])('%s', (_, declaration, domain, variable) => {
    const read = parameter(declaration);
    if (!(read.value instanceof Unknown)) throw new Error('not open');
    expect(read.value.domain).toMatchObject(domain);
    if (!('prefix' in domain)) expect(read.value.domain.prefix).toBeUndefined();
    expect(read.variable).toMatchObject(variable);
  });

  it('says how to settle it', () => {
    const { value } = parameter('{Type: String}');
    expect(value instanceof Unknown && value.reason).toEqual({
      kind: 'parameter',
      words: 'parameter P, which has no default',
      settle: 'pass --parameters P=VALUE',
    });
  });

  it('of Parameter Store has a name as its default, not a value', () => {
    const { value, variable } = parameter('{Type: "AWS::SSM::Parameter::Value<String>", Default: /app/key}', '/other');
    expect(value instanceof Unknown && value.reason.words).toBe('parameter P, whose value is kept in Parameter Store');
    expect(variable).not.toHaveProperty('default');
  });
});

describe('a given parameter', () => {
  it.each<[string, string, string, Value]>([
    ['is that text', '{Type: String}', 'x', 'x'],
    ['is a list at its commas', '{Type: CommaDelimitedList}', 'a, b,c', ['a', 'b', 'c']],
    ['is an empty list', '{Type: CommaDelimitedList}', '', []],
  ])('%s', (_, declaration, given, expected) => {
    expect(parameter(declaration, given).value).toEqual(expected);
  });

  it('that is not allowed is reported', () => {
    const { diagnostics } = scopeOf(templateOf('x', 'Parameters:\n  P: {Type: String, AllowedValues: [a]}\n'), {
      parameters: new Map([['P', 'b']]),
    });
    expect(told(diagnostics)).toEqual([
      'error parameter-not-allowed t.yaml:3:21 The value given for parameter P is not one of its AllowedValues.',
    ]);
  });
});

describe('a NoEcho parameter', () => {
  const template = templateOf('!Ref P', 'Parameters:\n  P:\n    Type: String\n    NoEcho: true\n    Default: hunter2\n');

  it('has its default masked', () => {
    const { scope } = scopeOf(template);
    const source = scope.sources[0];
    expect(source?.masked.map(({ start, end }) => source.text.slice(start, end))).toEqual(['hunter2']);
    expect(scope.variables.get('parameter P')?.masked).toBe(true);
  });

  it('is masked where a template passes it to a nested stack', () => {
    const { scope } = scopeOf({
      'main.yaml':
        'Resources:\n  N:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: child.yaml\n      Parameters: {P: hunter3}\n',
      'child.yaml': template,
    });
    const masked = scope.sources.map(({ file, text, masked: spans }) => [file, spans.map(({ start, end }) => text.slice(start, end))]);
    expect(masked).toEqual([
      ['main.yaml', ['hunter3']],
      ['child.yaml', ['hunter2']],
    ]);
  });
});

describe('equal parameters', () => {
  it('are one variable wherever they are used', () => {
    const [a, b] = propertyOf('[!Ref P, !Sub "${P}"]', 'Parameters:\n  P: {Type: String}\n') as readonly Value[];
    expect(a).toEqual(b);
  });
});
