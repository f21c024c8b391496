import { describe, expect, it } from 'vitest';
import { type Files, scopeOf, told } from './read.js';
import { formula, shown } from './shown.js';

const CHILD = `Parameters:
  Env: {Type: String}
  Size: {Type: String, Default: small}
Conditions:
  Big: !Equals [!Ref Size, big]
  Prod: !Equals [!Ref Env, prod]
Resources:
  Key: {Type: Custom::Key, Properties: {Env: !Ref Env, Size: !Ref Size, Name: !Ref AWS::StackName, Region: !Ref AWS::Region}}
  OnlyBig: {Type: Custom::Big, Condition: Big}
  OnlyProd: {Type: Custom::Prod, Condition: Prod}
Outputs:
  KeyArn: {Value: !GetAtt Key.Arn}
  Env: {Value: !Ref Env}
`;

function parent(resources: string): Files {
  return {
    'main.yaml': `Parameters:
  Stage: {Type: String, Default: dev}
Conditions:
  Wanted: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
${resources}`,
    'stacks/child.yaml': CHILD,
  };
}

const NETWORK = `  Network:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./stacks/child.yaml
      Parameters: {Env: !Ref Stage}
`;

describe('a nested stack with a local template', () => {
  it('has its resources in the scope, with the values that the parent passes', () => {
    const { resource, scope } = scopeOf(parent(NETWORK));
    expect(shown(resource('Network/Key').properties)).toEqual({
      Env: '<parameter Stage>',
      Size: 'small',
      Name: '<Network/AWS::StackName>',
      Region: '<AWS::Region>',
    });
    expect(resource('Network/Key').id).toBe('main.yaml#Network/Key');
    expect(scope.included).toEqual(['stacks/child.yaml']);
    expect(scope.resources.map(({ address }) => address)).not.toContain('Network/OnlyBig');
    expect(resource('Network/Key').place(['Env']).origin).toMatchObject({
      file: 'stacks/child.yaml',
      range: { start: { line: 8, column: 51 } },
    });
  });

  it('has its conditions in terms of what the parent passes', () => {
    const exists = scopeOf(parent(NETWORK)).resource('Network/OnlyProd').exists;
    expect(exists && formula(exists)).toBe('Network/Prod[parameter Stage is prod]');
  });

  it('under a condition puts all its resources under it', () => {
    const { resource } = scopeOf(parent(NETWORK.replace('Properties:', 'Condition: Wanted\n    Properties:')));
    const [key, prod] = ['Network/Key', 'Network/OnlyProd'].map((address) => resource(address).exists);
    expect(key && formula(key)).toBe('Wanted[AWS::Region is eu-west-1]');
    expect(prod && formula(prod)).toBe('(Wanted[AWS::Region is eu-west-1] and Network/Prod[parameter Stage is prod])');
  });

  it('links its outputs', () => {
    const { resource, diagnostics } = scopeOf(
      parent(`${NETWORK}  User:
    Type: Custom::User
    Properties: {Arn: !GetAtt Network.Outputs.KeyArn, Text: !Sub '\${Network.Outputs.Env}!', None: !GetAtt Network.Outputs.None}
`),
    );
    expect(shown(resource('User').properties)).toEqual({
      Arn: '<Network/Key.Arn>',
      Text: '<parameter Stage>!',
      None: expect.stringContaining('not there'),
    });
    expect(told(diagnostics)).toEqual([
      'error unresolved-reference main.yaml:13:107 GetAtt names output None of the nested stack Network, whose template stacks/child.yaml has no such output.',
    ]);
  });

  it('gets outputs of its siblings, whatever their order', () => {
    const { resource, diagnostics } = scopeOf(
      parent(`  First:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: stacks/child.yaml, Parameters: {Env: !GetAtt Second.Outputs.KeyArn}}
  Second:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: stacks/child.yaml, Parameters: {Env: x, Size: big}}
`),
    );
    expect(shown(resource('First/Key').properties.Env)).toBe('<Second/Key.Arn>');
    expect(resource('Second/OnlyBig').exists).toBeUndefined();
    expect(diagnostics).toEqual([]);
  });

  it('has a parameter that nobody passes as a variable of its own', () => {
    const { scope, resource } = scopeOf(parent(NETWORK.replace('Parameters: {Env: !Ref Stage}', '')));
    expect(shown(resource('Network/Key').properties.Env)).toBe('<parameter Network/Env>');
    expect(scope.variables.get('parameter Network/Env')).toMatchObject({
      words: 'parameter Network/Env',
      settle: 'pass Env in the parent template',
    });
  });

  it('is found by the names that a cloud assembly gives', () => {
    const url = NETWORK.replace('./stacks/child.yaml', '!Sub "https://s3.${AWS::Region}.amazonaws.com/x"');
    const asset = url.replace('Properties:', 'Metadata: {"aws:asset:path": stacks/child.yaml}\n    Properties:');
    expect(scopeOf(parent(url), {}, { nested: { Network: 'stacks/child.yaml' } }).resource('Network/Key').type).toBe('Custom::Key');
    expect(scopeOf(parent(asset)).resource('Network/Key').type).toBe('Custom::Key');
    expect(
      scopeOf(parent(asset.replace('stacks/child.yaml}', 'x.json}')), {}, { nested: { 'x.json': 'stacks/child.yaml' } }).resource(
        'Network/Key',
      ).type,
    ).toBe('Custom::Key');
  });
});

describe('a faulty template that is nested twice', () => {
  it('has its fault told once', () => {
    const stack = (name: string) => `  ${name}: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: b.yaml}}\n`;
    const { diagnostics } = scopeOf({
      'a.yaml': `Resources:\n${stack('A')}${stack('B')}`,
      'b.yaml': 'Resources:\n  T: {Type: Custom::T, Properties: {X: !Ref Nope}}\n',
    });
    expect(told(diagnostics)).toHaveLength(1);
  });
});

describe('parameters that a parent passes', () => {
  it.each<[string, string, string, unknown]>([
    ['a list in one text', 'CommaDelimitedList', "'a, b'", ['a', 'b']],
    ['a joined list', 'CommaDelimitedList', '!Join [",", [a, b]]', ['a', 'b']],
    ['a list for a text', 'String', '[a, b]', 'a,b'],
    ['a reference for a list', 'List<String>', '!GetAtt Other.Arns', '<Fn::Split(",", a.yaml#Other.Arns)>'],
    ['a number', 'String', '5', '5'],
    ['nothing', 'String', '!Ref AWS::NoValue', 'fallback'],
  ])('%s', (_, type, written, expected) => {
    const { resource } = scopeOf({
      'a.yaml': `Resources:\n  Other: {Type: Custom::O}\n  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: b.yaml, Parameters: {P: ${written}}}}\n`,
      'b.yaml': `Parameters: {P: {Type: '${type}', Default: fallback}}\nResources:\n  T: {Type: Custom::T, Properties: {X: !Ref P}}\n`,
    });
    expect(shown(resource('N/T').properties.X)).toEqual(expected);
  });
});

describe('a nested stack without a local template', () => {
  it.each<[string, string, string]>([
    [
      'in S3',
      'https://s3.amazonaws.com/bucket/child.yaml',
      'The nested template at https://s3.amazonaws.com/bucket/child.yaml is outside the scan.',
    ],
    ['at a path with nothing there', 'none.yaml', 'There is no file none.yaml.'],
    ['outside the scan', '../../other.yaml', 'There is no file ../../other.yaml.'],
  ])('%s is a gap, and its outputs are open', (_, url, why) => {
    const { scope, resource, diagnostics } = scopeOf(
      parent(
        `${NETWORK.replace('./stacks/child.yaml', url)}  User: {Type: Custom::User, Properties: {Arn: !GetAtt Network.Outputs.KeyArn}}\n`,
      ),
    );
    expect(scope.gaps).toMatchObject([{ where: 'Network', why, leavesOpen: 'resources of the nested stack Network are not judged' }]);
    expect(shown(resource('User').properties)).toEqual({ Arn: '<Network.Outputs.KeyArn>' });
    expect(diagnostics).toEqual([]);
  });
});

describe('a circle', () => {
  it('of templates that nest each other is reported once', () => {
    const nesting = (other: string): string =>
      `Resources:\n  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${other}}}\n  T: {Type: Custom::T}\n`;
    const { scope, diagnostics } = scopeOf({ 'a.yaml': nesting('b.yaml'), 'b.yaml': nesting('a.yaml') });
    expect(told(diagnostics)).toEqual([
      'error cyclic-reference b.yaml:2:3 The nested templates include each other in a circle: a.yaml → b.yaml → a.yaml.',
    ]);
    expect(scope.resources.filter(({ type }) => type === 'Custom::T').map(({ address }) => address)).toEqual(['T', 'N/T']);
    expect(scope.gaps).toEqual([]);
  });

  it('of nested stacks through their outputs is reported once', () => {
    const { diagnostics } = scopeOf(
      parent(`  First:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: stacks/child.yaml, Parameters: {Env: !GetAtt Second.Outputs.Env}}
  Second:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: stacks/child.yaml, Parameters: {Env: !GetAtt First.Outputs.Env}}
`),
    );
    expect(told(diagnostics)).toEqual([
      'error cyclic-reference main.yaml:6:3 Resources refer to each other in a circle: First → Second → First.',
    ]);
  });

  it.each<[string, string, string]>([
    [
      'of resources',
      'A: {Type: Custom::A, Properties: {X: !Ref B}}\n  B: {Type: Custom::B, Properties: {X: !Sub "${C.Arn}"}}\n  C: {Type: Custom::C, DependsOn: A}',
      'Resources refer to each other in a circle: A → B → C → A.',
    ],
    ['of one resource', 'A: {Type: Custom::A, Properties: {X: !GetAtt A.Arn}}', 'Resource A refers to itself.'],
  ])('%s is reported once', (_, resources, message) => {
    const { diagnostics, scope } = scopeOf(`Resources:\n  ${resources}\n`);
    expect(told(diagnostics)).toEqual([`error cyclic-reference t.yaml:2:3 ${message}`]);
    expect(scope.resources.length).toBeGreaterThan(1);
  });

  it('that only one branch of a condition closes is none', () => {
    const { diagnostics } = scopeOf(`Conditions:
  C: !Equals [!Ref AWS::Region, x]
Resources:
  A: {Type: Custom::A, Properties: {X: !If [C, !Ref B, y]}}
  B: {Type: Custom::B, Properties: {X: !If [C, y, !Ref A]}}
`);
    expect(diagnostics).toEqual([]);
  });
});
