import { describe, expect, it } from 'vitest';
import { propertyOf, scopeOf, told } from './read.js';
import { formula, shown } from './shown.js';

function resources(template: string, options = {}): Record<string, unknown> {
  const { scope } = scopeOf(template, options);
  return Object.fromEntries(
    scope.resources.filter(({ type }) => !type.startsWith('Keyward::')).map((one) => [one.address, shown(one.properties)]),
  );
}

const LANGUAGE = 'Transform: AWS::LanguageExtensions\n';

describe('Fn::ForEach', () => {
  it('makes resources', () => {
    const template = `${LANGUAGE}Resources:
  Fn::ForEach::Topics:
    - Name
    - [Alpha, Beta]
    - Topic\${Name}:
        Type: Custom::Topic
        Properties: {TopicName: !Ref Name, Text: !Sub 'x-\${Name}'}
`;
    expect(resources(template)).toEqual({
      TopicAlpha: { TopicName: 'Alpha', Text: 'x-Alpha' },
      TopicBeta: { TopicName: 'Beta', Text: 'x-Beta' },
    });
  });

  it('links what it makes', () => {
    const template = `Resources:
  Fn::ForEach::Pairs:
    - Name
    - [A, B]
    - Key\${Name}: {Type: Custom::Key}
      Alias\${Name}: {Type: Custom::Alias, Properties: {Target: !Ref 'Key\${Name}', Arn: !GetAtt 'Key\${Name}.Arn', Text: !Sub '\${Key\${Name}}'}}
`;
    expect(resources(template)).toEqual({
      KeyA: {},
      KeyB: {},
      AliasA: { Target: '<KeyA.Ref>', Arn: '<KeyA.Arn>', Text: '<KeyA.Ref>' },
      AliasB: { Target: '<KeyB.Ref>', Arn: '<KeyB.Arn>', Text: '<KeyB.Ref>' },
    });
  });

  it('leaves out of &{…} what a logical id can not hold', () => {
    const template = `Resources:
  'Fn::ForEach::Nets':
    - Cidr
    - ['10.0.0.0/24', '10.0.1.0/24']
    - 'Net&{Cidr}': {Type: Custom::Net, Properties: {Block: !Ref Cidr}}
`;
    expect(resources(template)).toEqual({ Net1000024: { Block: '10.0.0.0/24' }, Net1001024: { Block: '10.0.1.0/24' } });
  });

  it('runs inside itself', () => {
    const template = `Resources:
  Fn::ForEach::Outer:
    - X
    - [A, B]
    - Fn::ForEach::Inner:
        - Y
        - ['1', '2']
        - R\${X}\${Y}: {Type: Custom::R, Properties: {V: !Sub '\${X}-\${Y}'}}
`;
    expect(resources(template)).toEqual({ RA1: { V: 'A-1' }, RA2: { V: 'A-2' }, RB1: { V: 'B-1' }, RB2: { V: 'B-2' } });
  });

  it('makes properties', () => {
    const value = 'Fixed: 1\nFn::ForEach::Tags:\n  - T\n  - [A, B]\n  - "Is${T}": !Ref T\n';
    expect(shown(propertyOf(value))).toEqual({ Fixed: 1, IsA: 'A', IsB: 'B' });
  });

  it('makes conditions and outputs', () => {
    const { scope } = scopeOf(`Conditions:
  Fn::ForEach::Regions:
    - R
    - [useast1, uswest2]
    - Is\${R}: !Equals [!Ref AWS::Region, !Ref R]
Resources:
  A: {Type: Custom::A, Condition: Isuswest2}
Outputs:
  Fn::ForEach::Out:
    - R
    - [useast1]
    - O\${R}: {Value: !Sub '\${R}!'}
`);
    const exists = scope.resources.find(({ address }) => address === 'A')?.exists;
    expect(exists && formula(exists)).toBe('Isuswest2[AWS::Region is uswest2]');
    expect(scope.resources.find(({ address }) => address === 'Outputs.Ouseast1')?.properties.Value).toBe('useast1!');
  });

  it('runs over a mapping and over a given parameter', () => {
    const template = (collection: string) => `Parameters: {L: {Type: CommaDelimitedList, Default: 'A,B'}}
Mappings: {M: {k: {l: [X]}}}
Resources:
  Fn::ForEach::L: [N, ${collection}, {'R\${N}': {Type: Custom::R}}]
`;
    expect(Object.keys(resources(template('!FindInMap [M, k, l]')))).toEqual(['RX']);
    expect(Object.keys(resources(template('!Ref L'), { parameters: new Map([['L', 'P,Q']]) }))).toEqual(['RP', 'RQ']);
    const { scope } = scopeOf(template('!Ref L'));
    expect(scope.resources.slice(0, 2).map(({ address, exists }) => [address, exists && formula(exists)])).toEqual([
      ['RA', '? parameter L is its default'],
      ['RB', '? parameter L is its default'],
    ]);
  });

  it('over a list nobody knows is a gap', () => {
    const { scope } = scopeOf(
      "Parameters: {L: {Type: CommaDelimitedList}}\nResources:\n  Fn::ForEach::L: [N, !Ref L, {'R${N}': {Type: Custom::R}}]\n",
    );
    expect(scope.gaps).toMatchObject([
      {
        why: 'The loop Fn::ForEach::L runs over parameter L, which has no default.',
        settle: 'pass --parameters L=VALUE',
        origin: { range: { start: { line: 3, column: 3 } } },
      },
    ]);
  });

  it('stops at the limit of instances', () => {
    const { scope, diagnostics } = scopeOf("Resources:\n  Fn::ForEach::L: [N, [a, b, c], {'R${N}': {Type: Custom::R}}]\n", {
      limits: { templateBytes: 1e6, depth: 200, instances: 2 },
    });
    expect(scope.resources.filter(({ type }) => type === 'Custom::R')).toHaveLength(2);
    expect(told(diagnostics)).toEqual([
      'error too-many-instances t.yaml:2:3 Fn::ForEach::L goes beyond 2 instances of loops, includes and nested stacks; the rest is not judged.',
    ]);
  });

  it('that is malformed is reported', () => {
    expect(told(scopeOf('Resources:\n  Fn::ForEach::L: [N]\n  A: {Type: Custom::A}\n').diagnostics)).toEqual([
      'error malformed-intrinsic t.yaml:2:3 Fn::ForEach::L has not the form CloudFormation asks for.',
    ]);
  });

  it('points at the loop for the instances it makes', () => {
    const { resource } = scopeOf(
      'Resources:\n  Fn::ForEach::L:\n    - N\n    - [a, b]\n    - R${N}:\n        Type: Custom::R\n        Properties:\n          V: !Ref N\n',
    );
    expect(resource('Rb').place(['V'])).toMatchObject({ origin: { range: { start: { line: 8, column: 19 } } }, exact: true });
    expect(resource('Rb').place([])).toMatchObject({ origin: { range: { start: { line: 5, column: 7 } } } });
  });
});
