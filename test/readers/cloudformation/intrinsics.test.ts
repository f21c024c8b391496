import { describe, expect, it } from 'vitest';
import { propertyOf, scopeOf, templateOf, told } from './read.js';
import { shown } from './shown.js';

const PARAMETERS = `
Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}
  Name: {Type: String}
  Ids: {Type: CommaDelimitedList, Default: 'a, b'}
  Size: {Type: Number, Default: 2}
Mappings:
  ByEnv:
    dev: {Days: 7, Zones: [x, y]}
    prod: {Days: 30, Zones: [x, y]}
  Same:
    dev: {Days: 7}
    prod: {Days: 7}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  Never: !Equals [a, b]
`;

type Case = readonly [sentence: string, value: string, expected: unknown];

describe.each<[string, readonly Case[]]>([
  [
    'Ref',
    [
      ['of a parameter stays open', '!Ref Name', '<parameter Name>'],
      ['in its long form', '{Ref: Name}', '<parameter Name>'],
      ['of a resource is a reference', '!Ref Key', '<Key.Ref>'],
      ['of a pseudo parameter stays a symbol', '!Ref AWS::Region', '<AWS::Region>'],
      ['of AWS::NoValue takes the property away', '!Ref AWS::NoValue', '<none>'],
      ['of AWS::NoValue takes the item away', '[a, !Ref AWS::NoValue, b]', ['a', 'b']],
      ['deep in maps and lists', '{A: [{B: !Ref Name}]}', { A: [{ B: '<parameter Name>' }] }],
    ],
  ],
  [
    'GetAtt',
    [
      ['with a dot', '!GetAtt Key.Arn', '<Key.Arn>'],
      ['with a list', '!GetAtt [Key, Arn]', '<Key.Arn>'],
      ['in its long form', '{Fn::GetAtt: [Key, Arn]}', '<Key.Arn>'],
      ['in its long form with a dot', '{"Fn::GetAtt": Key.Arn}', '<Key.Arn>'],
      ['of an attribute with dots', '!GetAtt Key.Endpoint.Address', '<Key.Endpoint.Address>'],
      [
        'of an attribute that a function names',
        '{Fn::GetAtt: [Key, !If [IsProd, Arn, KeyId]]}',
        { if: 'IsProd[parameter Env is prod]', take: '<Key.Arn>', else: '<Key.KeyId>' },
      ],
    ],
  ],
  [
    'Sub',
    [
      ['of literals is a string', '!Sub "a-b"', 'a-b'],
      ['keeps its open parts', '!Sub "arn:${AWS::Partition}:s3:::${Name}"', 'arn:<AWS::Partition>:s3:::<parameter Name>'],
      ['of an attribute', '!Sub "${Key.Arn}/x"', '<Key.Arn>/x'],
      ['of one variable alone is that value', '!Sub "${Key.Arn}"', '<Key.Arn>'],
      ['leaves literals in their braces', '!Sub "${!Literal}-${Env}"', '${Literal}-<parameter Env>'],
      ['with a map of variables', '!Sub ["${A}-${Env}", {A: !Ref Key}]', '<Key.Ref>-<parameter Env>'],
      ['in its long form', '{"Fn::Sub": ["${A}", {A: 1}]}', '1'],
      [
        'moves choices outward',
        '!Sub ["a-${X}", {X: !If [IsProd, p, d]}]',
        { if: 'IsProd[parameter Env is prod]', take: 'a-p', else: 'a-d' },
      ],
      [
        'takes choices under one condition together',
        '!Sub ["${X}${Y}", {X: !If [IsProd, p, d], Y: !If [IsProd, "1", "2"]}]',
        { if: 'IsProd[parameter Env is prod]', take: 'p1', else: 'd2' },
      ],
      ['of a list joins it with commas', '!Sub ["${X}", {X: [a, b]}]', 'a,b'],
      [
        'with a dynamic reference in it',
        '!Sub "{{resolve:secretsmanager:${Name}:SecretString:password}}"',
        '<secretsmanager ${parameter Name}:SecretString:password>',
      ],
    ],
  ],
  [
    'Join',
    [
      ['of literals', '!Join ["-", [a, 1, true]]', 'a-1-true'],
      ['keeps its open parts', '!Join [":", [a, !Ref Name, !GetAtt Key.Arn]]', 'a:<parameter Name>:<Key.Arn>'],
      ['drops what has no value', '!Join [",", [a, !Ref AWS::NoValue, b]]', 'a,b'],
      [
        'drops it in the branch where it has none',
        '!Join [",", [a, !If [IsProd, b, !Ref AWS::NoValue]]]',
        { if: 'IsProd[parameter Env is prod]', take: 'a,b', else: 'a' },
      ],
      ['of an open list is open', '!Join [",", !Ref Ids]', '<Fn::Join(",", parameter Ids)>'],
      ['of a split list', '!Join ["-", !Split [".", "a.b.c"]]', 'a-b-c'],
      [
        'around a dynamic reference',
        '!Join ["", ["{{resolve:secretsmanager:", !Ref Key, ":SecretString:pw}}"]]',
        '<secretsmanager ${Key}:SecretString:pw>',
      ],
    ],
  ],
  [
    'Select and Split',
    [
      ['by number', '!Select [1, [a, b, c]]', 'b'],
      ['by a number in quotes', '!Select ["1", [a, b, c]]', 'b'],
      ['of a split string', '!Select [4, !Split [":", "arn:aws:iam::123456789012:root"]]', '123456789012'],
      ['of an open part of a list', '!Select [1, [a, !Ref Name]]', '<parameter Name>'],
      ['of a choice of lists', '!Select [0, !If [IsProd, [a], [b]]]', { if: 'IsProd[parameter Env is prod]', take: 'a', else: 'b' }],
      [
        'past an item that may be absent',
        '!Select [0, [!If [IsProd, a, !Ref AWS::NoValue], b]]',
        { if: 'IsProd[parameter Env is prod]', take: 'a', else: 'b' },
      ],
      ['of an open list', '!Select [0, !Ref Ids]', '<Fn::Select(0, parameter Ids)>'],
      ['of an Availability Zone', '!Select [0, !GetAZs ""]', '<Fn::Select(0, Fn::GetAZs(AWS::Region))>'],
      ['of a text around plain words', '!Select [3, !Split [":", !Sub "arn:aws:sns:${AWS::Region}:${AWS::AccountId}:t"]]', '<AWS::Region>'],
      ['of a text around a reference is open', '!Split [":", !Sub "x:${Key.Arn}"]', '<Fn::Split(":", "x:"&t.yaml#Key.Arn)>'],
      ['of each case of a parameter', '!Select [0, !Split ["e", !Ref Env]]', { if: 'parameter Env is dev', take: 'd', else: 'prod' }],
    ],
  ],
  [
    'If',
    [
      ['over an open condition is a choice', '!If [IsProd, a, b]', { if: 'IsProd[parameter Env is prod]', take: 'a', else: 'b' }],
      ['over a known condition is its branch', '!If [Never, a, !Ref Name]', '<parameter Name>'],
      ['with two equal branches is that branch', '!If [IsProd, a, a]', 'a'],
      [
        'inside itself',
        '{"Fn::If": [IsProd, a, {"Fn::If": [Never, b, c]}]}',
        { if: 'IsProd[parameter Env is prod]', take: 'a', else: 'c' },
      ],
      [
        'keeps an absent branch',
        '!If [IsProd, a, !Ref AWS::NoValue]',
        { if: 'IsProd[parameter Env is prod]', take: 'a', else: '<absent>' },
      ],
    ],
  ],
  [
    'FindInMap',
    [
      ['by literal keys', '!FindInMap [ByEnv, prod, Days]', 30],
      ['by a parameter is a choice', '!FindInMap [ByEnv, !Ref Env, Days]', { if: 'parameter Env is dev', take: 7, else: 30 }],
      ['with equal rows is certain', '!FindInMap [Same, !Ref Env, Days]', 7],
      ['of a list', '!FindInMap [ByEnv, dev, Zones]', ['x', 'y']],
      ['with a default where the key is missing', '!FindInMap [ByEnv, stage, Days, {DefaultValue: 1}]', 1],
      ['with a default where the mapping is missing', '{Fn::FindInMap: [Nope, a, b, {DefaultValue: !Ref Name}]}', '<parameter Name>'],
    ],
  ],
  [
    'the others',
    [
      ['Base64 is kept as the text it encodes', '{"Fn::Base64": !Sub "pw=${Name}"}', 'pw=<parameter Name>'],
      ['Cidr of a block', '!Cidr ["10.0.0.0/24", 2, 5]', ['10.0.0.0/27', '10.0.0.32/27']],
      ['Cidr of an IPv6 block', '!Cidr ["2001:db8::/56", 2, 64]', ['2001:db8::/64', '2001:db8:0:1::/64']],
      ['Cidr of an open block is open', '!Cidr [!GetAtt Key.CidrBlock, 2, 5]', '<Fn::Cidr(t.yaml#Key.CidrBlock, 2, 5)>'],
      ['GetAZs', '{"Fn::GetAZs": !Ref AWS::Region}', '<Fn::GetAZs(AWS::Region)>'],
      ['Length of a list', '{"Fn::Length": [a, b]}', 2],
      ['Length of an open list', '{"Fn::Length": !Ref Ids}', '<Fn::Length(parameter Ids)>'],
      ['ToJsonString', '{"Fn::ToJsonString": {a: [1, "x\\"", !Ref Name]}}', '{"a":[1,"x\\"","<parameter Name>"]}'],
      [
        'ToJsonString moves choices outward',
        '{"Fn::ToJsonString": {a: !If [IsProd, 1, !Ref AWS::NoValue]}}',
        { if: 'IsProd[parameter Env is prod]', take: '{"a":1}', else: '{}' },
      ],
      ['ImportValue of a name nobody exports', '!ImportValue net-vpc', '<export "net-vpc">'],
      ['a macro', '{"Fn::Transform": {Name: Custom}}', '<what macro Custom makes>'],
      ['a dynamic reference', '"{{resolve:ssm-secure:/db/pw:1}}"', '<ssm-secure /db/pw:1>'],
      [
        'a dynamic reference in a text',
        '"user:{{resolve:secretsmanager:db:SecretString:pw}}@host"',
        'user:<secretsmanager db:SecretString:pw>@host',
      ],
      ['what only looks like a dynamic reference', '"{{resolve:other:x}} {{resolve:ssm:"', '{{resolve:other:x}} {{resolve:ssm:'],
    ],
  ],
])('%s', (_, cases) => {
  it.each(cases)('%s', (_sentence, value, expected) => {
    expect(shown(propertyOf(value, PARAMETERS))).toEqual(expected);
    expect(told(scopeOf(templateOf(value, PARAMETERS)).diagnostics)).toEqual([]);
  });
});

describe('a known value', () => {
  it.each<[string, string, string, unknown]>([
    ['given parameter', '!Sub "${Name}-${Env}"', 'Name=x,Env=prod', 'x-prod'],
    ['given list parameter', '!Select [1, !Ref Ids]', 'Ids=p;q', 'p;q'],
    ['given condition', '!If [IsProd, a, b]', 'Env=prod', 'a'],
    ['given map key', '!FindInMap [ByEnv, !Ref Env, Days]', 'Env=prod', 30],
  ])('follows a %s', (_, value, given, expected) => {
    const parameters = new Map(
      given.split(',').map((pair): [string, string] => {
        const [name = '', text = ''] = pair.split('=');
        return [name, name === 'Ids' ? `first,${text}` : text];
      }),
    );
    expect(shown(propertyOf(value, PARAMETERS, { parameters }))).toEqual(expected);
  });

  it('follows a known Region and account', () => {
    const value = '!Sub "${AWS::Region} ${AWS::AccountId} ${AWS::Partition} ${AWS::URLSuffix}"';
    expect(propertyOf(value, '', { region: 'cn-north-1', account: '111122223333' })).toBe(
      'cn-north-1 111122223333 aws-cn amazonaws.com.cn',
    );
  });

  it('follows an import that another template makes', () => {
    expect(propertyOf('!ImportValue net-vpc', '', { imports: new Map([['net-vpc', 'vpc-1']]) })).toBe('vpc-1');
  });
});

describe('a mistake in a function', () => {
  it.each<[string, string, string]>([
    [
      'a Ref to nothing',
      '!Ref Nope',
      'error unresolved-reference t.yaml:9:15 Ref names "Nope", which is neither a resource nor a parameter of this template.',
    ],
    [
      'a GetAtt to nothing',
      '!GetAtt Nope.Arn',
      'error unresolved-reference t.yaml:9:18 GetAtt names "Nope", which is neither a resource nor a parameter of this template.',
    ],
    [
      'a GetAtt without an attribute',
      '!GetAtt Key',
      'error malformed-intrinsic t.yaml:9:18 Fn::GetAtt has not the form CloudFormation asks for.',
    ],
    [
      'a condition that is not there',
      '!If [Nope, a, b]',
      'error unresolved-reference t.yaml:9:15 Condition "Nope" is not in the template\'s Conditions.',
    ],
    [
      'a variable of a Sub that is nothing, told where it stands in the text',
      '!Sub "x-${Nope.Arn}"',
      'error unresolved-reference t.yaml:9:20 GetAtt names "Nope", which is neither a resource nor a parameter of this template.',
    ],
    [
      'a mapping that is not there',
      '!FindInMap [Nope, a, b]',
      'error unresolved-reference t.yaml:9:21 Fn::FindInMap looks for mapping "Nope", which is not in the template\'s mappings.',
    ],
    ['a Join without a list', '!Join a', 'error malformed-intrinsic t.yaml:9:16 Fn::Join has not the form CloudFormation asks for.'],
  ])('%s is reported once, and the resource is still there', (_, value, diagnostic) => {
    const { diagnostics, resource } = scopeOf(templateOf(value));
    expect(told(diagnostics)).toEqual([diagnostic]);
    expect(resource('R').open).toBe(true);
  });
});
