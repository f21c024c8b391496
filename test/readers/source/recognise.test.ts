import { describe, expect, it } from 'vitest';
import { recognise } from '../../../src/readers/recognise.js';

const MINIFIED = '{"Resources":{"A":{"Type":"AWS::KMS::Key"}}}';

describe('a template is told by its text', () => {
  it.each<[string, string]>([
    ['the format version', "AWSTemplateFormatVersion: '2010-09-09'\nDescription: empty\n"],
    ['the format version in JSON', '{\n  "AWSTemplateFormatVersion" : "2010-09-09"\n}'],
    ['resources of AWS', 'Resources:\n  A:\n    Type: AWS::KMS::Key\n'],
    ['resources of AWS, quoted', 'Resources:\n  A:\n    "Type": "AWS::KMS::Key"\n'],
    ['resources of AWS in brackets', 'Resources: {A: {Type: AWS::KMS::Key}}\n'],
    ['a custom resource', 'Resources:\n  A:\n    Type: Custom::Thing\n'],
    ['a skill', '{"Resources": {"A": {"Type": "Alexa::ASK::Skill"}}}'],
    ['minified JSON', MINIFIED],
    ['JSON behind a mark and white space', `\uFEFF \n${MINIFIED}`],
    ['YAML in braces', '{Resources: {A: {Type: AWS::KMS::Key}}}'],
    ['SAM by its transform', 'Transform: AWS::Serverless-2016-10-31\nGlobals: {}\n'],
    ['Windows line ends, a comment and a document marker', '# c\r\n---\r\nResources:\r\n  A:\r\n    Type: AWS::KMS::Key\r\n'],
    ['an indented document', '  Resources:\n    A:\n      Type: AWS::KMS::Key\n'],
    ['a broken one: unclosed bracket', 'Resources:\n  A:\n    Type: AWS::KMS::Key\n    X: [\n'],
    ['a broken one: cut off', '{"Resources": {"A": {"Type": "AWS::KMS::Key", "Prop'],
    ['a broken one: Resources is a list', 'Resources:\n- Type: AWS::KMS::Key\n'],
    ['a generated one: placeholders', 'Resources:\n  {{ name }}:\n    Type: AWS::KMS::Key\n'],
  ])('%s', (_, text) => {
    expect(recognise('a.yaml', text)).toEqual({ kind: 'cloudformation' });
  });
});

describe('what is no template is named', () => {
  it.each<[string, string, string, string]>([
    ['a Kubernetes manifest', 'k8s/deploy.yaml', 'apiVersion: apps/v1\nkind: Deployment\n', 'a Kubernetes manifest'],
    [
      'a template quoted in a Kubernetes manifest',
      'a.yaml',
      'apiVersion: v1\nkind: ConfigMap\ndata:\n  stack: |\n    AWSTemplateFormatVersion: "2010-09-09"\n    Resources:\n      A:\n        Type: AWS::KMS::Key\n',
      'a Kubernetes manifest',
    ],
    ['a GitHub workflow', '.github/workflows/ci.yml', 'on: push\njobs: {}\n', 'a GitHub workflow'],
    ['a Compose file', 'docker-compose.yml', 'services:\n  web: {}\n', 'a Compose file'],
    ['a Helm chart', 'chart/Chart.yaml', 'apiVersion: v2\nname: x\n', 'a Helm chart'],
    ['package.json', 'package.json', '{"name": "x"}', 'an npm package file'],
    ['OpenAPI', 'api.yaml', 'openapi: 3.0.0\npaths: {}\n', 'an OpenAPI document'],
    ['OpenAPI in JSON', 'api.json', '{"openapi": "3.0.0"}', 'an OpenAPI document'],
    [
      'the Serverless Framework, whose template is inside',
      'serverless.yml',
      'service: x\nprovider:\n  name: aws\nresources:\n  Resources:\n    A:\n      Type: AWS::KMS::Key\n',
      'a Serverless Framework configuration',
    ],
    [
      'a Terraform plan with a template in a string',
      'plan.json',
      JSON.stringify({
        format_version: '1.2',
        terraform_version: '1.11.4',
        template_body: `{"AWSTemplateFormatVersion":"2010-09-09",${MINIFIED.slice(1)}`,
      }),
      'a Terraform plan',
    ],
    ['template parameters', 'p.json', '[{"ParameterKey": "A", "ParameterValue": "b"}]', 'a list of template parameters'],
    ['a policy', 'p.json', '{"Version": "2012-10-17", "Statement": []}', 'a policy document'],
    [
      'the construct tree of a CDK app',
      'cdk.out/tree.json',
      '{"version":"tree-0.1","tree":{"attributes":{"aws:cdk:cloudformation:type":"AWS::KMS::Key"}}}',
      'a CDK construct tree',
    ],
    ['resources of another kind', 'x.yaml', 'Resources:\n  cpu: 1\n', 'YAML without template resources'],
    ['other JSON', 'x.json', '{"Type": "AWS::KMS::Key"}', 'JSON without template resources'],
    ['nothing', 'x.yaml', '\n', 'an empty file'],
  ])('%s', (_, file, text, what) => {
    expect(recognise(file, text)).toEqual({ kind: 'other', what });
  });
});

describe("a cloud assembly's manifest", () => {
  const manifest = '{"version": "44.0.0", "artifacts": {"S": {"type": "aws:cloudformation:stack"}}}';
  it('is told by its name and its artifacts', () => {
    expect(recognise('app/cdk.out/manifest.json', manifest)).toEqual({ kind: 'cloud-assembly-manifest' });
    expect(recognise('manifest.json', manifest)).toEqual({ kind: 'cloud-assembly-manifest' });
  });
  it('is not another manifest.json, nor another file with artifacts', () => {
    expect(recognise('web/manifest.json', '{"name": "app", "icons": []}').kind).toBe('other');
    expect(recognise('cdk.out/tree.json', manifest).kind).toBe('other');
  });
});

it('a long hostile text is looked at in one pass', () => {
  expect(recognise('a.yaml', `${' '.repeat(200_000)}x\n${'Type:'.repeat(100_000)}`).kind).toBe('other');
  expect(recognise('a.json', `{${'"Type"          '.repeat(50_000)}`).kind).toBe('other');
});
