import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandSam } from '../../../src/readers/cloudformation/sam/index.js';
import type { MapNode, SourceNode } from '../../../src/readers/source/index.js';
import { expanded, functionWith, kinds, longForm, rootOf } from './expanded.js';

const FULL = `Transform: [AWS::Serverless-2016-10-31, Mine]
Globals:
  Function:
    Runtime: nodejs22.x
    Environment: {Variables: {SHARED: s, BOTH: global}}
    Layers: [!Ref L1]
    Architectures: [arm64]
    VpcConfig: !If [C, {SubnetIds: [a]}, !Ref AWS::NoValue]
  Api:
    TracingEnabled: true
  SimpleTable:
    SSESpecification: {SSEEnabled: true}
Resources:
  Key: {Type: AWS::KMS::Key}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Handler: h
      AutoPublishAlias: live
      Environment: {Variables: {OWN: o, BOTH: own}}
      Layers: [!Ref L2]
      Architectures: [x86_64]
      VpcConfig: {SecurityGroupIds: [b]}
      Policies: [KMSDecryptPolicy: {KeyId: !Ref Key}, AWSLambdaRole]
      FunctionUrlConfig: {AuthType: NONE}
      DeadLetterQueue: {Type: SNS, TargetArn: t}
      EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS}}}
      Events:
        Q: {Type: SQS, Properties: {Queue: q, DestinationConfig: {OnFailure: {Type: SNS, Destination: d}}}}
        A: {Type: Api, Properties: {Path: /x, Method: get}}
        S: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}
        B: {Type: S3, Properties: {Bucket: !Ref Bucket, Events: e}}
  Bucket: {Type: AWS::S3::Bucket}
  Tbl: {Type: AWS::Serverless::SimpleTable}
  Web: {Type: AWS::Serverless::HttpApi, Properties: {Domain: {DomainName: n, CertificateArn: c, Route53: {HostedZoneId: z}}}}
  Rest: {Type: AWS::Serverless::Api, Properties: {StageName: p, Domain: {DomainName: m, CertificateArn: c}, Auth: {UsagePlan: {CreateUsagePlan: SHARED}}}}
  Machine: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {}, Events: {E: {Type: EventBridgeRule, Properties: {Pattern: {}}}}}}
`;

describe('Globals', () => {
  it('are merged into each resource: maps joined, lists concatenated, values and functions overridden', () => {
    const { resources } = expanded(FULL);
    expect(resources.Fn?.Properties).toMatchObject({
      Runtime: 'nodejs22.x',
      Environment: { Variables: { SHARED: 's', BOTH: 'own', OWN: 'o' } },
      Layers: [{ Ref: 'L1' }, { Ref: 'L2' }],
      Architectures: ['x86_64'],
      VpcConfig: { SecurityGroupIds: ['b'] },
    });
    expect(resources.Tbl?.Properties.SSESpecification).toEqual({ SSEEnabled: true });
    expect(resources.RestpStage?.Properties.TracingEnabled).toBe(true);
  });

  it.each<[string, string, unknown]>([
    ['all', "'*'", undefined],
    ['some', '[Runtime]', { SHARED: 's', BOTH: 'own', OWN: 'o' }],
  ])('can be ignored: %s', (_, ignored, variables) => {
    const { resources } = expanded(
      FULL.replace('    Properties:\n      Handler', `    IgnoreGlobals: ${ignored}\n    Properties:\n      Handler`),
    );
    expect(resources.Fn?.Properties.Runtime).toBeUndefined();
    expect(resources.Fn?.Properties.Environment).toEqual({ Variables: variables ?? { OWN: 'o', BOTH: 'own' } });
    expect(resources.Fn?.IgnoreGlobals).toBeUndefined();
  });
});

describe('the expanded template', () => {
  it('has neither Globals nor the SAM transform, and keeps the rest', () => {
    const { root } = expanded(FULL);
    expect(root.Globals).toBeUndefined();
    expect(root.Transform).toEqual(['Mine']);
    expect(expanded(functionWith('MemorySize: 1', 'Outputs: {}')).root).toMatchObject({ Outputs: {} });
    expect(expanded(functionWith('MemorySize: 1')).root.Transform).toBeUndefined();
  });

  it('says of each resource that SAM made what it is made for', () => {
    const { resources, expansion } = expanded(FULL);
    const written = ['Key', 'Fn', 'Bucket', 'Tbl', 'Web', 'Rest', 'Machine'];
    expect([...expansion.madeFrom.keys()].sort()).toEqual(
      Object.keys(resources)
        .filter((id) => !written.includes(id))
        .sort(),
    );
    expect(expansion.madeFrom.get('FnRole')).toBe('Fn');
    expect(expansion.madeFrom.get('MachineERole')).toBe('Machine');
    expect(expansion.problems).toEqual([]);
  });

  it("leaves out what the template has under the id that SAM's would have", () => {
    const { resources } = expanded(functionWith('MemorySize: 1', '  FnRole:\n    Type: AWS::IAM::Role\n    Properties: {RoleName: mine}'));
    expect(kinds(resources)).toEqual(['Fn Lambda::Function', 'FnRole IAM::Role']);
    expect(resources.FnRole?.Properties).toEqual({ RoleName: 'mine' });
  });

  it('is the same tree where there is nothing of SAM', () => {
    const root = rootOf('Resources: {A: {Type: AWS::KMS::Key}}');
    expect(expandSam(root).root).toBe(root);
  });

  it('leaves open what a loop makes of SAM resources', () => {
    const text = "Resources:\n  Fn::ForEach::Fns: [N, [A, B], {'Fn${N}': {Type: AWS::Serverless::Function}}]\n";
    expect(expanded(text).expansion.gaps).toMatchObject([{ where: 'Fn::ForEach::Fns', span: { start: text.indexOf('Fn::ForEach') } }]);
  });

  it('warns where the transform is missing, and is expanded nevertheless', () => {
    const text = functionWith('MemorySize: 1').replace(/^Transform.*\n/, '');
    const { resources, expansion } = expanded(text);
    expect(resources.FnRole).toBeDefined();
    expect(expansion.problems).toMatchObject([{ code: 'sam-transform-missing', level: 'warning' }]);
  });
});

describe('places', () => {
  const at = (text: string, root: MapNode, path: readonly string[]): string => {
    let node: SourceNode | undefined = root;
    for (const step of path)
      node = node?.kind === 'map' ? node.byKey.get(step)?.value : node?.kind === 'list' ? node.items[Number(step)] : undefined;
    return node === undefined ? '' : text.slice(node.start, node.end);
  };

  it.each<[string, readonly string[], string]>([
    ['a value the user wrote', ['Fn', 'Properties', 'Environment', 'Variables', 'OWN'], 'o'],
    ['a value from Globals', ['Fn', 'Properties', 'Environment', 'Variables', 'SHARED'], 's'],
    [
      'a statement of a policy template',
      ['FnRole', 'Properties', 'Policies', '0', 'PolicyDocument', 'Statement', '0', 'Action'],
      'KMSDecryptPolicy: {KeyId: !Ref Key}',
    ],
    [
      'its parameter',
      ['FnRole', 'Properties', 'Policies', '0', 'PolicyDocument', 'Statement', '0', 'Resource', '0', 'Fn::Sub', '1', 'KeyId'],
      'Key',
    ],
    ['a managed policy by name', ['FnRole', 'Properties', 'ManagedPolicyArns', '2'], 'AWSLambdaRole'],
    ['the permission of an open URL', ['FnUrlPublicPermissions', 'Properties', 'Principal'], 'NONE'],
    ['the role, at what asks for policies', ['FnRole'], 'Policies'],
    ['what an event makes, at its name', ['FnQ', 'Properties', 'FunctionName'], 'Q'],
    ['a property of the event', ['FnQ', 'Properties', 'EventSourceArn'], 'q'],
    ['a queue for failures', ['FnEventInvokeConfigOnFailureQueue'], '{Type: SQS}'],
    ['a default of a table, at its type', ['Tbl', 'Properties', 'KeySchema'], 'AWS::Serverless::SimpleTable'],
    ['the table itself', ['Tbl'], '{Type: AWS::Serverless::SimpleTable}'],
  ])('%s', (_, path, expected) => {
    expect(at(FULL, expandSam(rootOf(FULL)).root, ['Resources', ...path])).toBe(expected);
  });

  it('all lie in the text', () => {
    const inside = (node: SourceNode): boolean => {
      const own = node.start >= 0 && node.start <= node.end && node.end <= FULL.length;
      if (node.kind === 'scalar') return own;
      if (node.kind === 'list') return own && node.items.every(inside);
      return own && node.entries.every((entry) => entry.keySpan.start >= 0 && entry.keySpan.end <= FULL.length && inside(entry.value));
    };
    expect(inside(expandSam(rootOf(FULL)).root)).toBe(true);
  });
});

describe('a template with values of the wrong kind', () => {
  it('is expanded as far as it can be and never throws, whatever stands where', () => {
    const root = rootOf(FULL);
    const places = paths(root);
    const junk = fc.constantFrom(
      'x',
      '[]',
      '{}',
      '[a, {b: c}]',
      '{a: b}',
      '!Ref X',
      '!If [C, a, b]',
      '!If [C]',
      '{Fn::If: x}',
      '!GetAtt X',
      '~',
      '1',
      '!Sub [a]',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...places), junk), { minLength: 1, maxLength: 4 }), (changes) => {
        const changed = changes.reduce<SourceNode>(
          (node, [path, text]) => replaced(node, path, rootOf(`v: ${text}`).byKey.get('v')?.value),
          root,
        );
        if (changed.kind === 'map') expect(longForm(expandSam(changed).root)).toBeDefined();
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});

function paths(node: SourceNode, at: readonly string[] = []): readonly (readonly string[])[] {
  if (node.kind === 'map')
    return [at, ...node.entries.flatMap((entry) => paths(entry.value, [...at, entry.key]))].filter((path) => path.length > 0);
  if (node.kind === 'list') return [at, ...node.items.flatMap((item, index) => paths(item, [...at, String(index)]))];
  return [at];
}

function replaced(node: SourceNode, [step, ...rest]: readonly string[], value: SourceNode | undefined): SourceNode {
  if (value === undefined || step === undefined) return value ?? node;
  if (node.kind === 'list')
    return { ...node, items: node.items.map((item, index) => (String(index) === step ? replaced(item, rest, value) : item)) };
  if (node.kind === 'scalar') return node;
  const entries = node.entries.map((entry) => (entry.key === step ? { ...entry, value: replaced(entry.value, rest, value) } : entry));
  return { ...node, entries, byKey: new Map(entries.map((entry) => [entry.key, entry])) };
}
