import { addMain, type Expansion, handedOver, type SamResource, setProperty, tagList } from './expansion.js';
import { mapProperty, plainText, property } from './intrinsic.js';
import type { Made } from './made.js';

const KEPT = ['TableName', 'SSESpecification', 'PointInTimeRecoverySpecification', 'ProvisionedThroughput'];
const LETTERS: Readonly<Record<string, string>> = { String: 'S', Number: 'N', Binary: 'B' };

/** `AWS::Serverless::SimpleTable`: a table with a primary key of one attribute, `id` unless named. */
export function expandSimpleTable(expansion: Expansion, from: SamResource): void {
  const table = addMain(expansion, from, 'AWS::DynamoDB::Table', handedOver(from.properties, KEPT));
  const key = mapProperty(from.properties, 'PrimaryKey');
  const name: Made = property(key, 'Name') ?? 'id';
  const type = property(key, 'Type');
  const letter: Made = type === undefined ? 'S' : (LETTERS[plainText(type) ?? ''] ?? type);
  const span = key ?? from.span;
  setProperty(table, 'AttributeDefinitions', [{ AttributeName: name, AttributeType: letter }], span);
  setProperty(table, 'KeySchema', [{ AttributeName: name, KeyType: 'HASH' }], span);
  if (property(from.properties, 'ProvisionedThroughput') === undefined) setProperty(table, 'BillingMode', 'PAY_PER_REQUEST');
  const tags = tagList(from.span, mapProperty(from.properties, 'Tags'));
  if (tags !== undefined) setProperty(table, 'Tags', tags);
}
