import { describe, expect, it } from 'vitest';
import { scopeOf } from './read.js';
import { shown } from './shown.js';

const TEMPLATE = `AWSTemplateFormatVersion: '2010-09-09'
Description: A store
Metadata: {keyward: {ignore: []}}
Parameters:
  Password:
    Type: String
    NoEcho: 'true'
    Default: hunter2
    Description: The password
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: !Ref Password
      Tags: [{Key: a, Value: !Sub 'x-\${Password}'}]
Outputs:
  Secret:
    Description: Shown to all
    Value: !Ref Password
    Export: {Name: secret}
`;

describe('what a template declares is a resource', () => {
  const { resource } = scopeOf(TEMPLATE);

  it('a parameter, with the properties it feeds', () => {
    expect(shown(resource('Parameters.Password').properties)).toEqual({
      Name: 'Password',
      Type: 'String',
      NoEcho: true,
      Default: 'hunter2',
      Description: 'The password',
      FeedsProperties: [
        { resource: 'Db', type: 'AWS::RDS::DBInstance', path: 'MasterUserPassword' },
        { resource: 'Db', type: 'AWS::RDS::DBInstance', path: 'Tags.0.Value' },
      ],
    });
    expect(resource('Parameters.Password').place(['Default'])).toMatchObject({
      exact: true,
      origin: { range: { start: { line: 8, column: 14 } } },
    });
    expect(resource('Parameters.Password').place(['AllowedPattern'])).toMatchObject({
      exact: false,
      origin: { range: { start: { line: 5, column: 3 } } },
    });
  });

  it('an output', () => {
    const output = resource('Outputs.Secret');
    expect(shown(output.properties)).toEqual({
      Name: 'Secret',
      Value: '<parameter Password>',
      ExportName: 'secret',
      Description: 'Shown to all',
    });
    expect(output.place(['Value'])).toMatchObject({ origin: { range: { start: { line: 19, column: 17 } } } });
    expect(output.place(['ExportName'])).toMatchObject({ origin: { range: { start: { line: 20, column: 20 } } } });
  });

  it('the template', () => {
    expect(shown(resource('(template)').properties)).toEqual({ Description: 'A store', Metadata: { keyward: { ignore: [] } } });
  });

  it('a parameter that a nested stack takes over feeds what it feeds there', () => {
    const { resource: nested } = scopeOf({
      'main.yaml':
        'Parameters: {P: {Type: String}}\nResources:\n  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Password: !Ref P}}}\n',
      'child.yaml': TEMPLATE,
    });
    expect(shown(nested('Parameters.P').properties.FeedsProperties)).toEqual([
      { resource: 'N', type: 'AWS::CloudFormation::Stack', path: 'Parameters.Password' },
      { resource: 'N/Db', type: 'AWS::RDS::DBInstance', path: 'MasterUserPassword' },
      { resource: 'N/Db', type: 'AWS::RDS::DBInstance', path: 'Tags.0.Value' },
    ]);
  });

  it('names resources of the CDK by their construct path', () => {
    const named = (path: string) =>
      scopeOf(`Resources:\n  Id1234: {Type: Custom::A, Metadata: {aws:cdk:path: ${path}}}\n`).resource('Id1234').name;
    expect(named('App/Store/Bucket/Resource')).toBe('Store/Bucket');
    expect(named('App/Alias/Default')).toBe('Alias');
  });
});
