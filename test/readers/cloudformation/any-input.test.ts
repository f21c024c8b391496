import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readFiles } from './read.js';

const NAMES = [
  'Resources',
  'Parameters',
  'Conditions',
  'Mappings',
  'Outputs',
  'Transform',
  'Metadata',
  'Globals',
  'A',
  'B',
  'Type',
  'Properties',
  'Condition',
  'DependsOn',
  'Default',
  'AllowedValues',
  'NoEcho',
  'Value',
  'Export',
  'Name',
  'Ref',
  'Fn::GetAtt',
  'Fn::Sub',
  'Fn::If',
  'Fn::Join',
  'Fn::Select',
  'Fn::Split',
  'Fn::FindInMap',
  'Fn::Equals',
  'Fn::And',
  'Fn::Not',
  'Fn::ImportValue',
  'Fn::Cidr',
  'Fn::GetAZs',
  'Fn::Length',
  'Fn::ToJsonString',
  'Fn::Base64',
  'Fn::Transform',
  'Fn::ForEach::L',
  'Fn::Nope',
  'TemplateURL',
  '__proto__',
  'constructor',
  '',
];
const TEXTS = [
  'A',
  'B',
  'C',
  'A.Arn',
  '${A}',
  '${',
  '${!x}',
  'AWS::Region',
  'AWS::NoValue',
  'AWS::KMS::Key',
  'AWS::CloudFormation::Stack',
  'AWS::Serverless::Function',
  'AWS::Include',
  'String',
  'CommaDelimitedList',
  'true',
  '',
  't.json',
  '{{resolve:ssm:x}}',
  '{"a": 1}',
  '10.0.0.0/8',
  '0',
  ',',
  '&{A}',
];

const { node } = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.constantFrom<unknown>(...TEXTS, 0, 1, -1, 1.5, true, false, null),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.array(fc.tuple(fc.constantFrom(...NAMES), tie('node')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    fc
      .tuple(fc.constantFrom(...NAMES.filter((name) => name.startsWith('Fn::') || name === 'Ref')), tie('node'))
      .map(([name, argument]) => ({ [name]: argument })),
  ),
}));

const resource = fc.record(
  {
    Type: fc.constantFrom<unknown>(
      'AWS::KMS::Key',
      'AWS::SQS::Queue',
      'AWS::CloudFormation::Stack',
      'AWS::Serverless::Function',
      'AWS::S3::Bucket',
      7,
    ),
    Properties: node,
    Condition: fc.constantFrom<unknown>('C', 'D', 3),
    DependsOn: node,
    Metadata: node,
  },
  { requiredKeys: ['Type'] },
);

const template = fc.record(
  {
    Resources: fc.oneof(
      { weight: 5, arbitrary: fc.dictionary(fc.constantFrom('A', 'B', 'Fn::ForEach::L', 'Fn::Transform'), fc.oneof(resource, node)) },
      { weight: 1, arbitrary: node },
    ),
    Parameters: fc.oneof(
      fc.dictionary(
        fc.constantFrom('P', 'A'),
        fc.record({ Type: node, Default: node, AllowedValues: node, NoEcho: node, AllowedPattern: node }, { requiredKeys: [] }),
      ),
      node,
    ),
    Conditions: fc.oneof(fc.dictionary(fc.constantFrom('C', 'D'), node), node),
    Mappings: node,
    Outputs: fc.oneof(
      fc.dictionary(fc.constantFrom('O', 'Q'), fc.record({ Value: node, Export: node, Condition: node }, { requiredKeys: [] })),
      node,
    ),
    Transform: node,
    Globals: node,
  },
  { requiredKeys: ['Resources'] },
);

it('whatever a template says, it is read, every value has a place, and what is wrong is told with place and help', () => {
  fc.assert(
    fc.property(template, (source) => {
      const result = readFiles({ 't.json': JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', ...source }) });
      if (result.kind !== 'scope') throw new Error(JSON.stringify(result));
      for (const { message, help, at } of result.diagnostics) {
        expect(message).not.toBe('');
        expect(help ?? '').not.toBe('');
        expect(at).toBeDefined();
      }
      for (const one of result.scope.resources) {
        expect(one.place([]).origin.kind).toBe('file');
        for (const key of Object.keys(one.properties)) expect(one.place([key, 0, 'x']).origin).toBeDefined();
        for (const key of Object.keys(one.attributes)) expect(one.place([key], undefined, 'attributes').exact).toBe(true);
      }
    }),
    { numRuns: 600 },
  );
});
