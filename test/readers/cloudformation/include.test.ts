import { describe, expect, it } from 'vitest';
import { type Files, scopeOf, told } from './read.js';
import { shown } from './shown.js';

const INCLUDE = (location: string): string => `{Name: AWS::Include, Parameters: {Location: ${location}}}`;

function main(resources: string, more: Files = {}): Files {
  return { 'main.yaml': `Resources:\n${resources}`, ...more };
}

describe('AWS::Include of a local file', () => {
  it('adds resources, which stand in their own file', () => {
    const { resource } = scopeOf(
      main(`  A: {Type: Custom::A}\n  Fn::Transform: ${INCLUDE('parts/more.yaml')}\n`, {
        'parts/more.yaml': 'B:\n  Type: Custom::B\n  Properties: {V: !GetAtt A.Arn}\n',
      }),
    );
    expect(shown(resource('B').properties)).toEqual({ V: '<A.Arn>' });
    expect(resource('B').place(['V'])).toMatchObject({ origin: { file: 'parts/more.yaml', range: { start: { line: 3, column: 27 } } } });
  });

  it('adds properties beside written ones', () => {
    const files = main(`  A:\n    Type: Custom::A\n    Properties:\n      Own: 1\n      Fn::Transform: ${INCLUDE('p.json')}\n`, {
      'p.json': '{"Added": "x"}',
    });
    const { resource, scope } = scopeOf(files);
    expect(resource('A').properties).toEqual({ Own: 1, Added: 'x' });
    expect(resource('A').place(['Added'])).toMatchObject({ origin: { file: 'p.json' } });
    expect(scope.included).toEqual(['p.json']);
  });

  it('adds sections at the top', () => {
    const files = {
      'main.yaml': `Transform: ${INCLUDE('p.yaml')}\nResources:\n  A: {Type: Custom::A, Properties: {V: !FindInMap [M, a, b]}}\n`,
      'p.yaml': 'Mappings: {M: {a: {b: c}}}\n',
    };
    expect(scopeOf(files).resource('A').properties).toEqual({ V: 'c' });
  });

  it('of itself ends', () => {
    const { resource } = scopeOf(
      main(`  A:\n    Type: Custom::A\n    Properties: {X: {Fn::Transform: ${INCLUDE('p.yaml')}}}\n`, {
        'p.yaml': `Fn::Transform: ${INCLUDE('p.yaml')}\n`,
      }),
    );
    expect(resource('A').open).toBe(true);
  });
});

describe('what a macro makes', () => {
  it('leaves every property of the resource open that the schema names', () => {
    const { resource } = scopeOf(
      main('  K:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: true\n      Fn::Transform: {Name: Mine}\n'),
    );
    expect(shown(resource('K').properties)).toMatchObject({
      EnableKeyRotation: '<what macro Mine makes>',
      KeyPolicy: '<what macro Mine makes>',
    });
  });

  it('is a gap where it makes resources', () => {
    expect(scopeOf(main('  A: {Type: Custom::A}\n  Fn::Transform: {Name: Mine}\n')).scope.gaps).toMatchObject([{ where: 'Resources' }]);
    expect(
      scopeOf({ 't.yaml': 'Transform: [AWS::LanguageExtensions, Mine]\nResources:\n  A: {Type: Custom::A}\n' }).scope.gaps,
    ).toMatchObject([{ why: "The template's resources include what macro Mine makes, which is not read." }]);
  });

  it('is open where the include is outside the scan', () => {
    const { resource, diagnostics } = scopeOf(
      main(`  A: {Type: Custom::A, Properties: {X: {Fn::Transform: ${INCLUDE('s3://b/x.yaml')}}}}\n`),
    );
    expect(shown(resource('A').properties)).toEqual({ X: '<the include s3://b/x.yaml>' });
    expect(told(diagnostics)).toEqual([]);
  });

  it('is nothing to wonder at for the transforms of AWS that change no resource', () => {
    expect(scopeOf({ 't.yaml': 'Transform: AWS::SecretsManager-2020-07-23\nResources:\n  A: {Type: Custom::A}\n' }).scope.gaps).toEqual([]);
  });
});
