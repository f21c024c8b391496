import { describe, expect, it } from 'vitest';
import { planAssembly } from '../../../src/readers/cloudformation/assembly/index.js';
import type { FileAccess } from '../../../src/readers/index.js';

type Files = Readonly<Record<string, unknown>>;

/** Files by path from the scan root; a value that is no text is printed as JSON. */
function accessTo(files: Files): FileAccess {
  return {
    read(path) {
      const content = files[path];
      if (content !== undefined) return { ok: true, file: path, text: typeof content === 'string' ? content : JSON.stringify(content) };
      return {
        ok: false,
        reason: 'missing',
        diagnostic: { level: 'error', code: 'file-missing', message: `${path} is not there.`, file: path },
      };
    },
  };
}

function planned(files: Files, manifest = 'cdk.out/manifest.json'): ReturnType<typeof planAssembly> {
  const access = accessTo(files);
  const read = access.read(manifest);
  return planAssembly(manifest, read.ok ? read.text : '', access);
}

const stack = (templateFile: unknown, environment = 'aws://unknown-account/unknown-region', rest = {}): unknown => ({
  type: 'aws:cloudformation:stack',
  environment,
  properties: { templateFile },
  ...rest,
});
const assetList = (file: string): unknown => ({ type: 'cdk:asset-manifest', properties: { file } });
const asset = (path: string, key: string, packaging = 'file'): unknown => ({
  source: { path, packaging },
  destinations: { 'current_account-current_region': { bucketName: 'assets', objectKey: key } },
});
const nestedStack = (properties: unknown, metadata?: unknown): unknown => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: properties,
  Metadata: metadata,
});
const url = (key: string): unknown => ({
  TemplateURL: { 'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::Region' }, { 'Fn::Sub': '/assets-${AWS::Region}' }, `/${key}`]] },
});

describe('a cloud assembly', () => {
  it('gives a seed for each stack, with account and Region where synthesis knew them', () => {
    const plan = planned({
      'cdk.out/manifest.json': {
        version: '44.0.0',
        artifacts: { Plain: stack('Plain.template.json'), Env: stack('Env.template.json', 'aws://111122223333/eu-west-1') },
      },
    });
    expect(plan.diagnostics).toEqual([]);
    expect(plan.seeds).toEqual([
      { kind: 'cloudformation', file: 'cdk.out/Plain.template.json', named: false },
      { kind: 'cloudformation', file: 'cdk.out/Env.template.json', named: false, account: '111122223333', region: 'eu-west-1' },
    ]);
  });

  it('is read where the scan root is its own folder', () => {
    const plan = planned({ 'manifest.json': { artifacts: { A: stack('A.template.json') } } }, 'manifest.json');
    expect(plan.seeds).toMatchObject([{ file: 'A.template.json' }]);
  });

  it('goes into its stages', () => {
    const plan = planned({
      'cdk.out/manifest.json': { artifacts: { Prod: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } } } },
      'cdk.out/assembly-Prod/manifest.json': {
        artifacts: {
          Sub: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Sub' } },
          Data: stack('Data.template.json', 'aws://111122223333/us-east-1'),
        },
      },
      'cdk.out/assembly-Prod/assembly-Sub/manifest.json': { artifacts: { Leaf: stack('Leaf.template.json') } },
    });
    expect(plan.diagnostics).toEqual([]);
    expect(plan.seeds.map((seed) => [seed.file, seed.account])).toEqual([
      ['cdk.out/assembly-Prod/assembly-Sub/Leaf.template.json', undefined],
      ['cdk.out/assembly-Prod/Data.template.json', '111122223333'],
    ]);
  });

  it('lists the files that belong to it and are no templates of their own', () => {
    const plan = planned({
      'cdk.out/manifest.json': {
        artifacts: {
          'A.assets': assetList('A.assets.json'),
          A: stack('A.template.json', undefined, { additionalMetadataFile: 'A.metadata.json' }),
          Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
        },
      },
      'cdk.out/A.assets.json': { files: { a: asset('A.template.json', 'a.json') } },
    });
    expect(plan.owned).toEqual([
      { file: 'cdk.out/manifest.json', reason: 'manifest of a cloud assembly' },
      { file: 'cdk.out/A.assets.json', reason: 'list of assets of a cloud assembly' },
      { file: 'cdk.out/A.metadata.json', reason: 'metadata of a cloud assembly' },
      { file: 'cdk.out/tree.json', reason: 'construct tree of a cloud assembly' },
    ]);
  });
});

describe('nested templates of a stack', () => {
  const manifest = { artifacts: { 'A.assets': assetList('A.assets.json'), A: stack('A.template.json') } };
  const list = {
    files: {
      a: asset('A.template.json', 'a.json'),
      n: asset('Net.nested.template.json', 'n.json'),
      d: asset('Deep.nested.template.json', 'd.json'),
      z: asset('asset.z', 'z.zip', 'zip'),
    },
  };
  const expected = { Net: 'cdk.out/Net.nested.template.json', 'Net/Deep': 'cdk.out/Deep.nested.template.json' };

  it.each<[string, (path: string, key: string) => unknown]>([
    ['by the asset path in their metadata', (path) => nestedStack({ TemplateURL: { Ref: 'AWS::NoValue' } }, { 'aws:asset:path': path })],
    ['by the object key at the end of their URL', (_, key) => nestedStack(url(key))],
  ])('are found %s, to any depth', (_, nested) => {
    const plan = planned({
      'cdk.out/manifest.json': manifest,
      'cdk.out/A.assets.json': list,
      'cdk.out/A.template.json': { Resources: { Net: nested('Net.nested.template.json', 'n.json'), Key: { Type: 'AWS::KMS::Key' } } },
      'cdk.out/Net.nested.template.json': { Resources: { Deep: nested('Deep.nested.template.json', 'd.json') } },
      'cdk.out/Deep.nested.template.json': { Resources: {} },
    });
    expect(plan.seeds).toMatchObject([{ file: 'cdk.out/A.template.json', nested: expected }]);
    expect(plan.owned).toContainEqual({ file: 'cdk.out/Deep.nested.template.json', reason: 'nested template, read with its parent' });
  });

  it('that include each other are followed once', () => {
    const plan = planned({
      'cdk.out/manifest.json': manifest,
      'cdk.out/A.assets.json': list,
      'cdk.out/A.template.json': { Resources: { Net: nestedStack(url('n.json')) } },
      'cdk.out/Net.nested.template.json': { Resources: { Back: nestedStack(url('a.json')), Self: nestedStack(url('n.json')) } },
    });
    expect(plan.seeds[0]?.nested).toEqual({
      Net: 'cdk.out/Net.nested.template.json',
      'Net/Back': 'cdk.out/A.template.json',
      'Net/Self': 'cdk.out/Net.nested.template.json',
    });
  });

  it('that no asset list names are left to the template', () => {
    const plan = planned({
      'cdk.out/manifest.json': manifest,
      'cdk.out/A.assets.json': list,
      'cdk.out/A.template.json': { Resources: { Net: nestedStack({ TemplateURL: 'https://example.com/t.json' }) } },
    });
    expect(plan.seeds[0]?.nested).toBeUndefined();
  });
});

describe('an assembly that can not be trusted or read', () => {
  it.each(['../secret.json', '/etc/passwd', 'a/../../x.json', 'a\\b.json', ''])(
    'a template outside the assembly is an error, not a seed: %j',
    (file) => {
      const plan = planned(
        { 'app/cdk.out/manifest.json': { artifacts: { A: stack(file), B: stack('B.template.json') } } },
        'app/cdk.out/manifest.json',
      );
      expect(plan.seeds.map((seed) => seed.file)).toEqual(['app/cdk.out/B.template.json']);
      expect(plan.diagnostics).toMatchObject([{ level: 'error', code: 'assembly-malformed', file: 'app/cdk.out/manifest.json' }]);
    },
  );

  it('a stage outside the assembly is an error', () => {
    const plan = planned(
      { 'app/cdk.out/manifest.json': { artifacts: { S: { type: 'cdk:cloud-assembly', properties: { directoryName: '../..' } } } } },
      'app/cdk.out/manifest.json',
    );
    expect(plan.diagnostics).toMatchObject([{ code: 'assembly-malformed' }]);
  });

  it('a stage that names its own folder is read once', () => {
    const plan = planned({
      'cdk.out/manifest.json': {
        artifacts: { S: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } }, A: stack('A.template.json') },
      },
    });
    expect(plan.seeds).toHaveLength(1);
    expect(plan.diagnostics).toEqual([]);
  });

  it('a missing list of assets or stage is reported, the rest is read', () => {
    const plan = planned({
      'cdk.out/manifest.json': {
        artifacts: {
          L: assetList('L.assets.json'),
          S: { type: 'cdk:cloud-assembly', properties: { directoryName: 'gone' } },
          A: stack('A.template.json'),
        },
      },
    });
    expect(plan.seeds).toHaveLength(1);
    expect(plan.diagnostics.map((found) => found.file)).toEqual(['cdk.out/L.assets.json', 'cdk.out/gone/manifest.json']);
  });

  it('a broken manifest is one error with its place', () => {
    expect(planned({ 'cdk.out/manifest.json': '{"artifacts": {' }).diagnostics).toMatchObject([
      { level: 'error', code: 'json-syntax', file: 'cdk.out/manifest.json', at: { line: 1, column: 15 } },
    ]);
    expect(planned({ 'cdk.out/manifest.json': '[]' }).diagnostics).toMatchObject([{ level: 'error', code: 'assembly-malformed' }]);
  });

  it('a manifest of another kind is an empty plan', () => {
    expect(planned({ 'web/manifest.json': { name: 'app', icons: [] } }, 'web/manifest.json')).toMatchObject({ seeds: [], diagnostics: [] });
  });
});
