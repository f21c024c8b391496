import { describe, expect, it } from 'vitest';
import { scopeOf, told } from './read.js';

describe('a template that grows without end', () => {
  it('through conditions that use each other twice is read, the condition left open', () => {
    const conditions = Array.from(
      { length: 60 },
      (_, index) => `  C${index + 1}: !And [!Condition C${index}, !Not [!Condition C${index}]]`,
    ).join('\n');
    const { resource } = scopeOf(
      `Conditions:\n  C0: !Equals [!Ref AWS::Region, x]\n${conditions}\nResources:\n  A: {Type: Custom::A, Condition: C60}\n`,
    );
    expect(resource('A').exists).toBeDefined();
  });

  it('through files that include each other twice stops at the limit', () => {
    const files: Record<string, string> = {
      'main.yaml':
        'Resources:\n  A:\n    Type: Custom::A\n    Properties: {X: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: f0.yaml}}}}\n',
    };
    for (let index = 0; index < 40; index += 1) {
      const next = `{Fn::Transform: {Name: AWS::Include, Parameters: {Location: f${index + 1}.yaml}}}`;
      files[`f${index}.yaml`] = `Left: ${next}\nRight: ${next}\n`;
    }
    const { resource } = scopeOf(files, { limits: { templateBytes: 1e6, depth: 200, instances: 500 } });
    expect(resource('A').open).toBe(true);
    expect(resource('A').place(['X', 'Left', 'Right', 'Left'])).toBeDefined();
  });

  it('through loops inside loops stops at the limit', () => {
    const list = `[${Array.from({ length: 100 }, (_, index) => `i${index}`).join(', ')}]`;
    const { scope, diagnostics } = scopeOf(
      `Resources:\n  Fn::ForEach::A:\n    - A\n    - ${list}\n    - Fn::ForEach::B:\n        - B\n        - ${list}\n        - Fn::ForEach::C: [C, ${list}, {'R\${A}\${B}\${C}': {Type: Custom::R}}]\n`,
      { limits: { templateBytes: 1e6, depth: 200, instances: 1000 } },
    );
    expect(scope.resources.length).toBeLessThan(1100);
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['too-many-instances']));
    expect(diagnostics.length).toBe(1);
  });

  it('through a long text put into itself many times has that text open', () => {
    const { resource } = scopeOf(
      `Resources:\n  A: {Type: Custom::A, Properties: {X: !Sub ['${'${L}'.repeat(5000)}', {L: ${'x'.repeat(5000)}}]}}\n`,
    );
    expect(resource('A').properties.X).toMatchObject({ kind: 'unknown', reason: { kind: 'limit' } });
  });

  it('through nested stacks that nest each other many times stops at the limit', () => {
    const files: Record<string, string> = {};
    for (let index = 0; index < 20; index += 1) {
      const stack = (name: string) => `  ${name}: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: s${index + 1}.yaml}}\n`;
      files[`s${index}.yaml`] = `Resources:\n${stack('A')}${stack('B')}`;
    }
    files['s20.yaml'] = 'Resources:\n  T: {Type: Custom::T}\n';
    const { diagnostics } = scopeOf(files, { limits: { templateBytes: 1e6, depth: 200, instances: 100 } });
    expect(told(diagnostics)).toHaveLength(1);
    expect(diagnostics[0]?.code).toBe('too-many-instances');
  });
});

describe('what a template rests on', () => {
  it('is told by its resources: what the CDK asks for its metadata is no case of the Region', () => {
    const { scope } = scopeOf(`Conditions:
  CDKMetadataAvailable: !Or [!Equals [!Ref AWS::Region, us-east-1], !Equals [!Ref AWS::Region, us-west-2]]
  Unused: !Equals [!Ref AWS::Region, eu-west-1]
  Used: !Equals [!Ref AWS::Region, eu-north-1]
Resources:
  CDKMetadata: {Type: AWS::CDK::Metadata, Condition: CDKMetadataAvailable}
  A: {Type: Custom::A, Properties: {X: [!If [Used, a, b]]}}
`);
    expect(scope.variables.get('AWS::Region')?.compared).toEqual(['eu-north-1']);
  });
});

it('a module of the registry is a gap', () => {
  const { scope } = scopeOf('Resources:\n  M: {Type: My::S3::Bucket::MODULE}\n');
  expect(scope.gaps).toMatchObject([{ where: 'M', leavesOpen: 'the resources that it makes are not judged' }]);
});
