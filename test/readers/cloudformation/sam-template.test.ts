import { expect, it } from 'vitest';
import { scopeOf } from './read.js';
import { shown } from './shown.js';

it('a SAM template is read as the resources that its transform makes, each at the place that asked for it', () => {
  const { resource, diagnostics } = scopeOf(`Transform: AWS::Serverless-2016-10-31
Parameters: {Stage: {Type: String, Default: dev}}
Globals: {Function: {Environment: {Variables: {STAGE: !Ref Stage}}}}
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties: {Handler: a.b, Runtime: nodejs20.x, CodeUri: src/}
`);
  expect(diagnostics).toEqual([]);
  const made = resource('Fn');
  expect(made.type).toBe('AWS::Lambda::Function');
  expect(shown(made.properties.Environment)).toEqual({ Variables: { STAGE: '<parameter Stage>' } });
  expect(made.place(['Environment', 'Variables', 'STAGE'])).toMatchObject({
    exact: true,
    origin: { range: { start: { line: 3, column: 60 } } },
  });
  expect(resource('FnRole')).toMatchObject({ type: 'AWS::IAM::Role', madeFrom: 'Fn' });
  expect(shown(resource('(template)').properties)).toEqual({ Transform: 'AWS::Serverless-2016-10-31' });
});
