import { describe, expect, it } from 'vitest';
import { readFiles, scopeOf, told } from './read.js';

const GOOD = '  Good: {Type: AWS::SNS::Topic}\n';

describe('a template with a fault', () => {
  it.each<[string, string, string, string | undefined]>([
    [
      'Resources as a list',
      'AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  - Type: AWS::SNS::Topic\n',
      'error template-shape t.yaml:3:3 Resources is a list; it has to be a map.',
      undefined,
    ],
    [
      'no Resources',
      'AWSTemplateFormatVersion: "2010-09-09"\nDescription: x\n',
      'warning no-resources t.yaml:1:1 The template has no resources.',
      undefined,
    ],
    [
      'a resource without a Type',
      `Resources:\n${GOOD}  Bad: {Properties: {A: 1}}\n`,
      'error template-shape t.yaml:3:3 Resource Bad has no Type; it is not judged.',
      'Good',
    ],
    [
      'a resource that is a list',
      `Resources:\n${GOOD}  Bad: [1]\n`,
      'error template-shape t.yaml:3:3 Resource Bad is a list; it has to be a map.',
      'Good',
    ],
    [
      'a resource that is a string',
      `Resources:\n${GOOD}  Bad: x\n`,
      'error template-shape t.yaml:3:3 Resource Bad is a single value; it has to be a map.',
      'Good',
    ],
    [
      'Properties as a list',
      `Resources:\n${GOOD}  Bad: {Type: AWS::SNS::Topic, Properties: [1]}\n`,
      'error template-shape t.yaml:3:3 The Properties of resource Bad are no map; it is not judged.',
      'Good',
    ],
    [
      'Outputs as a list',
      `Resources:\n${GOOD}Outputs: [a]\n`,
      'error template-shape t.yaml:3:10 Outputs is a list; it has to be a map.',
      'Good',
    ],
    [
      'an output that is a string',
      `Resources:\n${GOOD}Outputs: {O: a}\n`,
      'error template-shape t.yaml:3:11 Output O is not a map.',
      'Good',
    ],
    [
      'an output without a Value',
      `Resources:\n${GOOD}Outputs: {O: {Description: a}}\n`,
      'error template-shape t.yaml:3:11 Output O has no Value.',
      'Good',
    ],
    [
      'a parameter that is a string',
      `Parameters: {P: a}\nResources:\n${GOOD}`,
      'error template-shape t.yaml:1:14 Parameter P is not a map.',
      'Good',
    ],
    [
      'Mappings as a list',
      `Mappings: [a]\nResources:\n${GOOD}`,
      'error template-shape t.yaml:1:11 Mappings is a list; it has to be a map.',
      'Good',
    ],
    [
      'Conditions as a string',
      `Conditions: a\nResources:\n${GOOD}`,
      'error template-shape t.yaml:1:1 Conditions is a single value; it has to be a map.',
      'Good',
    ],
    [
      'a duplicate key',
      `Resources:\n${GOOD}  Dup: {Type: AWS::SNS::Topic, Type: AWS::SQS::Queue}\n`,
      'warning duplicate-key t.yaml:3:9 ',
      'Good',
    ],
    [
      'a DependsOn on nothing',
      `Resources:\n${GOOD}  Bad: {Type: AWS::SNS::Topic, DependsOn: [Good, None]}\n`,
      'error unresolved-reference t.yaml:3:50 DependsOn names "None", which is no resource of this template.',
      'Good',
    ],
  ])('%s is reported once with its place, and the rest is read', (_, template, diagnostic, address) => {
    const { diagnostics, scope } = scopeOf(template);
    expect(told(diagnostics)).toHaveLength(1);
    expect(told(diagnostics)[0]).toContain(diagnostic);
    expect(diagnostics.every(({ help }) => help !== undefined && help !== '')).toBe(true);
    if (address !== undefined) expect(scope.resources.map((resource) => resource.address)).toContain(address);
  });

  it('still refers to the resource that is not well-formed', () => {
    expect(
      told(scopeOf('Resources:\n  Bad: {}\n  A: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref Bad}}\n').diagnostics),
    ).toHaveLength(1);
  });

  it('of a key called __proto__ keeps it a key', () => {
    const { resource } = scopeOf('Resources:\n  A: {Type: Custom::A, Properties: {__proto__: {polluted: true}, constructor: x}}\n');
    expect(Object.keys(resource('A').properties)).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('what is no template', () => {
  const CHART = 'apiVersion: v1\nkind: Service\n';
  it('is skipped where it was met, and an error where it was named', () => {
    expect(readFiles({ 'a.yaml': CHART }, {}, { named: false })).toEqual({ kind: 'skipped', reason: 'a Kubernetes manifest' });
    expect(readFiles({ 'a.yaml': CHART })).toMatchObject({
      kind: 'failed',
      diagnostics: [{ level: 'error', code: 'not-a-template', file: 'a.yaml' }],
    });
  });

  it('is failed where it can not be parsed but looks like a template', () => {
    expect(readFiles({ 'a.yaml': 'Resources:\n  A: {Type: AWS::SNS::Topic\n' }, {}, { named: false })).toMatchObject({
      kind: 'failed',
      diagnostics: [{ level: 'error' }],
    });
  });

  it('is failed where it can not be read', () => {
    expect(readFiles({}, {}, { file: 'none.yaml' })).toMatchObject({ kind: 'failed', diagnostics: [{ code: 'file-missing' }] });
  });
});
