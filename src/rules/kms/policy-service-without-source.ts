import { isOpen, type Value } from '../../model/index.js';
import { accountOf } from '../policy/account.js';
import { readArn } from '../policy/arn.js';
import { fixesCaller } from '../policy/caller.js';
import { someCauseOf } from '../policy/cause.js';
import { admitsMissing, matchingOf, someTest, type Test } from '../policy/condition.js';
import { grantProblems } from '../policy/grant.js';
import { judgePolicies } from '../policy/judge-policies.js';
import { entriesOf, type Statement } from '../policy/statement.js';
import { partsOf, written } from '../policy/text.js';
import { all, not, open, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** A service that may use the key for whoever asks it: the confused deputy. */
export const check: Check = (resource, context) =>
  judgePolicies(resource, context, (closed, here) =>
    grantProblems(closed, here, ({ statement, principal }) =>
      principal.kind === 'service' && !onlyLooks(statement)
        ? all([actsForOthers(principal.name), not(someTest(statement, bindsSource))])
        : false,
    ),
  );

/** CloudTrail and others look at the key's metadata, which is no use of it [CloudTrail guide: Configure AWS KMS key policies]. */
function onlyLooks(statement: Statement): boolean {
  const actions = entriesOf(statement, 'Action');
  return actions.length > 0 && actions.every(({ value }) => /^kms:(?:Describe|Get|List)/i.test(written(value)));
}

/**
 * Services whose guides give a key policy with `aws:SourceArn`, `aws:SourceAccount` or their encryption context, so that
 * asking for one is sure to be right. What other services send is documented by each alone.
 */
const SEND_SOURCE = new Set([
  'budgets',
  'cloudfront',
  'cloudtrail',
  'cloudwatch',
  'codestar-notifications',
  'config',
  'costalerts',
  'delivery.logs',
  'events',
  'guardduty',
  'logs',
  's3',
  'ses',
  'sns',
]);

function actsForOthers(name: Value): Truth {
  if (typeof name !== 'string') {
    // `logs.${AWS::Region}.amazonaws.com` is told by what stands before the first open part.
    const first = partsOf(name)?.[0];
    return typeof first === 'string' && SEND_SOURCE.has(first.replace(/\.$/, '')) ? true : open(someCauseOf(name));
  }
  const service = name.replace(/\.amazonaws\.com(\.cn)?$/, '').replace(/\.[a-z]{2}(-[a-z]+)+-\d$/, '');
  return SEND_SOURCE.has(service)
    ? true
    : open([{ words: `whether ${written(name)} sends the keys aws:SourceArn and aws:SourceAccount`, kind: 'service' }]);
}

const SOURCE_KEYS = new Set(['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths']);

function bindsSource(test: Test): Truth {
  if (SOURCE_KEYS.has(test.key)) return fixesCaller(test);
  if (!test.key.startsWith('kms:encryptioncontext:') || admitsMissing(test)) return false;
  const matching = matchingOf(test);
  if (matching === undefined) return false;
  return all(test.values.map(({ value }) => matching === 'exact' || bindsContext(value)));
}

/** A context is bound where its ARN names an account, or its text begins with something. */
function bindsContext(value: Value): Truth {
  const arn = readArn(value);
  if (arn === undefined) return isOpen(value) ? open(someCauseOf(value)) : /^[^*?]{3}/.test(String(value));
  if (arn.account === '') return arn.service === 's3' && bindsContext(arn.resource);
  const account = accountOf(arn.account);
  return account === undefined ? false : account.kind === 'open' ? open(account.because) : true;
}
