import { isOpen, type Path, textOf, type Value } from '../../model/index.js';
import { readArn } from '../policy/arn.js';
import { someCauseOf } from '../policy/cause.js';
import { matchingOf, someTest, type Test } from '../policy/condition.js';
import { entriesOf, type Statement } from '../policy/statement.js';
import { partsOf, patternCovers } from '../policy/text.js';
import { all, any, not, open, type Truth } from '../policy/truth.js';

/** Stands for a name that no pattern can know: only a wildcard covers it. */
const ANY_NAME = '\uE000any\uE000';
const ONE_NAME = '\uE000one\uE000';

/**
 * Whether a statement covers every resource of a kind: `Resource: *`, or an ARN whose last part covers whatever the
 * resource is called, such as `arn:aws:kms:eu-west-1:111122223333:key/*`. `kind` is what stands before the name: `key/`.
 */
export function coversEvery(statement: Statement, service: string, kind: string): Truth {
  if (statement.body.Resource !== undefined) {
    return any(entriesOf(statement, 'Resource').map(({ value }) => coversAll(value, service, kind)));
  }
  if (statement.body.NotResource === undefined) return false;
  // All but some named ones is as good as all.
  return not(any(entriesOf(statement, 'NotResource').map(({ value }) => coversAll(value, service, kind))));
}

function coversAll(written: Value, service: string, kind: string): Truth {
  const pattern = withNamesForReferences(written);
  const arn = readArn(pattern);
  if (arn !== undefined) {
    return all([patternCovers(arn.service, service, 'exact'), patternCovers(arn.resource, kind + ANY_NAME, 'exact')]);
  }
  if (typeof pattern === 'string') return patternCovers(pattern, `arn:aws:${service}:region:account:${kind}${ANY_NAME}`, 'exact');
  return isOpen(pattern) ? open(someCauseOf(pattern)) : false;
}

/** What a reference gives is the name or ARN of one resource, never a wildcard. */
function withNamesForReferences(written: Value): Value {
  const parts = partsOf(written);
  return parts === undefined
    ? written
    : textOf(parts.map((part) => (typeof part === 'object' && part.kind === 'reference' ? ONE_NAME : part)));
}

/** Condition keys that narrow a permission on all resources to some of them. */
export function isNarrowedBy(statement: Statement, keys: readonly RegExp[]): Truth {
  return someTest(statement, (test) => narrows(test, keys));
}

function narrows(test: Test, keys: readonly RegExp[]): boolean {
  if (!keys.some((key) => key.test(test.key)) || matchingOf(test) === undefined || test.ifExists) return false;
  return !test.values.some(({ value }) => value === '*');
}

/** Where the finding stands: the element that gives too much. */
export function resourcePath(statement: Statement): Path {
  return [...statement.path, statement.body.Resource === undefined ? 'NotResource' : 'Resource'];
}
