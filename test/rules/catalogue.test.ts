import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { SEVERITIES } from '../../src/model/index.js';
import { loadRulebook, readCatalogue } from '../../src/rules/index.js';

const { concepts, relations } = await readCatalogue(fileURLToPath(new URL('../../rules', import.meta.url)));

test('every concept has an id of its own, a title that fits a line, and a severity', () => {
  expect(new Set(concepts.map(({ id }) => id)).size).toBe(concepts.length);
  for (const { id, title, severity } of concepts) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(title.length, id).toBeLessThanOrEqual(80);
    expect(SEVERITIES, id).toContain(severity);
  }
});

test('relations join two concepts, and one of the two wins', () => {
  const ids = new Set(concepts.map(({ id }) => id));
  expect(relations.filter(({ a, b, wins }) => !ids.has(a) || !ids.has(b) || (wins !== a && wins !== b))).toEqual([]);
});

/** Concepts that only join others; the part is reported, whatever its severity. */
const JOINED: ReadonlySet<string> = new Set([
  'cloudfront-viewer-tls-weak',
  'glue-catalog-or-passwords-not-encrypted',
  'kms-imported-key-without-material',
  'kms-policy-not-principal-or-action',
  'opensearch-in-transit-weak',
]);

test('a milder concept never silences a worse one, save a part what joins it', () => {
  const severity = new Map(concepts.map((concept) => [concept.id, SEVERITIES.indexOf(concept.severity)]));
  const silenced = relations.map(({ a, b, wins }) => ({ wins, loses: wins === a ? b : a }));
  const wrong = silenced.filter(({ wins, loses }) => (severity.get(wins) ?? 0) > (severity.get(loses) ?? 0) && !JOINED.has(loses));
  expect(wrong).toEqual([]);
});

test('the rulebook counts the types that concepts name', async () => {
  const { cataloguedTypes, forType } = await loadRulebook();
  expect(cataloguedTypes.has('AWS::KMS::Key')).toBe(true);
  expect(cataloguedTypes.has('AWS::EC2::Subnet')).toBe(false);
  expect(forType('AWS::KMS::Key').map(({ id }) => id)).toEqual([...forType('AWS::KMS::Key').map(({ id }) => id)].sort());
});
