import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Files, type Read, scopeOf, told } from './read.js';
import { formula, shown } from './shown.js';

const ROOT = new URL('../../../fixtures/iac/cloudformation/', import.meta.url);

/** A template of `fixtures/iac/cloudformation` with the files of its folder. */
function read(path: string, parameters: Readonly<Record<string, string>> = {}): Read {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  const files: Record<string, string> = { [path]: readFileSync(new URL(path, ROOT), 'utf8') };
  for (const name of readdirSync(new URL(folder, ROOT))) {
    if (/\.(ya?ml|json)$/.test(name)) files[folder + name] = readFileSync(new URL(folder + name, ROOT), 'utf8');
  }
  return scopeOf(files satisfies Files, { parameters: new Map(Object.entries(parameters)) });
}

/** Resources as `address (condition)`, without what the template declares. */
function addresses({ scope }: Read): readonly string[] {
  return scope.resources
    .filter(({ type }) => !type.startsWith('Keyward::'))
    .map(({ address, exists }) => (exists === undefined ? address : `${address} (${formula(exists)})`));
}

const OWN_KEY = { if: 'MakeKey[parameter KeyArn is ]', take: '<Key.Arn>', else: '<parameter KeyArn>' };

describe('the ledger', () => {
  const ledger = read('ledger.yaml');

  it('has the resources that its conditions leave open', () => {
    expect(addresses(ledger)).toEqual([
      'Key (MakeKey[parameter KeyArn is ])',
      'Database',
      'AuditLog',
      'Replica (Replicate[(IsProd[parameter Stage is prod] and not AWS::Region is eu-central-2)])',
      'Exporter',
    ]);
    expect(ledger.diagnostics).toEqual([]);
    expect(ledger.scope.gaps).toEqual([]);
  });

  it('has its values as far as they are known', () => {
    expect(shown(ledger.resource('Database').properties)).toEqual({
      Engine: 'postgres',
      EngineVersion: '16.10',
      DBInstanceClass: { if: '(parameter Stage is dev or parameter Stage is test)', take: 'db.t4g.small', else: 'db.r7g.large' },
      AllocatedStorage: '100',
      StorageEncrypted: true,
      KmsKeyId: OWN_KEY,
      MasterUsername: 'ledger',
      MasterUserPassword: '<parameter DatabasePassword>',
      MultiAZ: { if: 'IsProd[parameter Stage is prod]', take: true, else: false },
      DeletionProtection: { if: 'IsProd[parameter Stage is prod]', take: true, else: '<absent>' },
    });
    expect(shown(ledger.resource('AuditLog').properties)).toEqual({
      LogGroupName: '/ledger/<parameter Stage>/audit',
      RetentionInDays: { if: '(parameter Stage is dev or parameter Stage is test)', take: 7, else: 365 },
      KmsKeyId: OWN_KEY,
    });
    expect(shown(ledger.resource('Exporter').properties.Environment)).toEqual({
      Variables: {
        DATABASE_URL: 'postgres://ledger:<secretsmanager ledger/${parameter Stage}:SecretString:password>@<Database.Endpoint.Address>:5432',
      },
    });
  });

  it('is settled by its parameters', () => {
    const prod = read('ledger.yaml', { Stage: 'prod', KeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1' });
    expect(addresses(prod)).toEqual(['Database', 'AuditLog', 'Replica (Replicate[not AWS::Region is eu-central-2])', 'Exporter']);
    expect(prod.resource('AuditLog').properties).toEqual({
      LogGroupName: '/ledger/prod/audit',
      RetentionInDays: 365,
      KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/1',
    });
    expect(prod.resource('AuditLog').open).toBe(false);
    expect(prod.scope.exports.map(({ name }) => shown(name))).toEqual(['<AWS::StackName>-endpoint']);
    expect(prod.diagnostics).toEqual([]);
  });
});

describe('the shop', () => {
  const shop = read('shop/main.yaml');

  it('has the resources of its nested stacks, linked through their outputs', () => {
    expect(addresses(shop)).toEqual(['Keys', 'Data', 'Front', 'Keys/Key', 'Data/Queueorders', 'Data/Queueinvoices']);
    expect(shown(shop.resource('Keys/Key').properties.EnableKeyRotation)).toEqual({
      if: 'Keys/IsProd[parameter Stage is prod]',
      take: true,
      else: false,
    });
    expect(shown(shop.resource('Data/Queueorders').properties)).toEqual({
      QueueName: 'shop-orders',
      KmsMasterKeyId: '<Keys/Key.Arn>',
      KmsDataKeyReusePeriodSeconds: 300,
    });
    expect(shop.scope.gaps.map(({ where }) => where)).toEqual(['Front']);
    expect(shop.scope.included).toEqual(['shop/keys.yaml', 'shop/data.yaml']);
  });
});

describe('the topics', () => {
  it('are those of the mapping', () => {
    const topics = read('topics.json');
    expect(addresses(topics)).toEqual(['Topicpaid', 'Topicshipped']);
    expect(shown(topics.resource('Topicpaid').properties)).toEqual({
      DisplayName: '<AWS::StackName>-paid',
      KmsMasterKeyId: 'alias/aws/sns',
    });
  });
});

describe('a faulty template', () => {
  it.each<[string, string]>([
    ['faulty/resources-list.yaml', 'error template-shape faulty/resources-list.yaml:3:3 Resources is a list; it has to be a map.'],
    ['faulty/circle.yaml', 'error cyclic-reference faulty/circle.yaml:2:3 Resources refer to each other in a circle: Key → Bucket → Key.'],
    [
      'faulty/typo.yaml',
      'error unresolved-reference faulty/typo.yaml:8:25 Ref names "Kye", which is neither a resource nor a parameter of this template.',
    ],
  ])('%s has one diagnostic', (path, diagnostic) => {
    expect(told(read(path).diagnostics)).toEqual([diagnostic]);
  });
});
