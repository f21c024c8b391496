import { describe, expect, test } from 'vitest';
import { ruleContexts } from '../../../src/engine/unit/rule-context.js';
import { readTemplate } from '../../../src/readers/index.js';
import { DEFAULT_LIMITS } from '../../../src/readers/reader.js';
import { loadRulebook } from '../../../src/rules/index.js';

const RULE = 'kms-policy-external-account';

interface Case {
  readonly says: string;
  readonly principal: string;
  /** The account that the config names for the template. */
  readonly account?: string;
  readonly allowed?: readonly string[];
  readonly verdict: 'pass' | 'fail' | 'undecided';
}

const cases: readonly Case[] = [
  { says: 'an account of which nothing is known may be the own one', principal: 'arn:aws:iam::444455556666:root', verdict: 'undecided' },
  { says: 'the own account is no stranger', principal: 'arn:aws:iam::444455556666:root', account: '444455556666', verdict: 'pass' },
  { says: 'another one is', principal: 'arn:aws:iam::444455556666:root', account: '111122223333', verdict: 'fail' },
  { says: 'also by its id alone', principal: "'444455556666'", account: '111122223333', verdict: 'fail' },
  {
    says: 'a trusted account is none, wherever the template is deployed',
    principal: 'arn:aws:iam::444455556666:role/reader',
    allowed: ['444455556666'],
    verdict: 'pass',
  },
  {
    says: 'trust in one account is no trust in the next',
    principal: 'arn:aws:iam::777788889999:root',
    account: '111122223333',
    allowed: ['444455556666'],
    verdict: 'fail',
  },
];

describe('accounts that a key policy may trust', () => {
  test.each(cases)('$says', async ({ principal, account, allowed, verdict }) => {
    expect(await kindsFor(principal, account, allowed)).toEqual([verdict]);
  });
});

async function kindsFor(
  principal: string,
  account: string | undefined,
  allowed: readonly string[] | undefined,
): Promise<readonly string[]> {
  const options = allowed === undefined ? {} : { [RULE]: { allowedAccounts: allowed } };
  const book = await loadRulebook({ selection: { only: [RULE], skip: [], severity: {}, options } });
  const template = `Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { AWS: ${principal} }, Action: 'kms:Decrypt', Resource: '*' }]
`;
  const read = readTemplate(
    { kind: 'cloudformation', file: 'key.yaml', named: true },
    { read: () => ({ ok: true, file: 'key.yaml', text: template }) },
    {
      parameters: new Map(),
      imports: new Map(),
      foreign: new Map(),
      limits: DEFAULT_LIMITS,
      ...(account === undefined ? {} : { account }),
    },
  );
  if (read.kind !== 'scope') throw new Error('The template can not be read.');
  const rule = book.rules.get(RULE);
  const key = read.scope.resources.find(({ type }) => type === 'AWS::KMS::Key');
  if (rule === undefined || key === undefined) throw new Error('The rule or the key is missing.');
  const contextFor = ruleContexts(read.scope, '2026-01-31', {});
  return rule.judge(key, contextFor(rule)).map(({ kind }) => kind);
}
