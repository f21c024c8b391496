import { describe, expect, it } from 'vitest';
import { Reference } from '../../../src/model/index.js';
import { scopeOf } from './read.js';
import { shown } from './shown.js';

describe('exports', () => {
  it('have their name, value and place', () => {
    const { scope } = scopeOf(`Resources:
  Key: {Type: AWS::KMS::Key}
Outputs:
  Arn:
    Value: !GetAtt Key.Arn
    Export: {Name: !Sub '\${AWS::StackName}-key'}
  Plain: {Value: x, Export: {Name: plain}}
  Own: {Value: y}
`);
    expect(scope.exports.map(({ name, value, origin }) => [shown(name), shown(value), origin.range.start.line])).toEqual([
      ['<AWS::StackName>-key', '<Key.Arn>', 4],
      ['plain', 'x', 7],
    ]);
  });

  it('of a nested stack count, too', () => {
    const { scope } = scopeOf({
      'a.yaml': 'Resources:\n  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: b.yaml}}\n',
      'b.yaml': 'Resources:\n  K: {Type: AWS::KMS::Key}\nOutputs:\n  O: {Value: !Ref K, Export: {Name: k}}\n',
    });
    expect(scope.exports.map(({ name, value }) => [shown(name), shown(value)])).toEqual([['k', '<N/K.Ref>']]);
  });
});

describe('imports', () => {
  const TEMPLATE = `Parameters:
  Net: {Type: String, Default: net}
Resources:
  A:
    Type: Custom::A
    Properties:
      Fixed: !ImportValue shared-key
      ByStack: {Fn::ImportValue: !Sub '\${Net}-vpc'}
      Open: {Fn::ImportValue: !Sub '\${AWS::Region}-vpc'}
`;

  it('are named where the name is known, the default included', () => {
    expect(scopeOf(TEMPLATE).scope.imports).toEqual(['net-vpc', 'shared-key']);
  });

  it('are the values that the scan knows', () => {
    const imports = new Map([
      ['shared-key', new Reference('other.yaml#Key', 'Arn')],
      ['net-vpc', 'vpc-1' as const],
    ]);
    expect(shown(scopeOf(TEMPLATE, { imports }).resource('A').properties)).toEqual({
      Fixed: '<Key.Arn>',
      ByStack: { if: 'parameter Net is net', take: 'vpc-1', else: '<export parameter Net&"-vpc">' },
      Open: '<export AWS::Region&"-vpc">',
    });
  });

  it('hand on the resources of other scopes', () => {
    const foreign = new Map([['other.yaml#Key', scopeOf('Resources:\n  Key: {Type: AWS::KMS::Key}\n').resource('Key')]]);
    expect(scopeOf(TEMPLATE, { foreign }).scope.foreign).toBe(foreign);
  });
});
