import { isOpen, type Value } from '../../model/index.js';
import { someCauseOf } from '../policy/cause.js';
import { knownTestsOf } from '../policy/condition.js';
import { statementsOf } from '../policy/document.js';
import { judgePolicies } from '../policy/judge-policies.js';
import type { Problem } from '../policy/problem.js';
import type { Statement } from '../policy/statement.js';
import { partsOf } from '../policy/text.js';
import { open, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** kms:ViaService that admits any service, or any Region. */
export const check: Check = (resource, context) => judgePolicies(resource, context, (closed) => statementsOf(closed).flatMap(weakServices));

/** Only these read wildcards: an Allow for what is like it, a Deny for what is not. */
const READS_WILDCARDS: Readonly<Record<string, string>> = { Allow: 'stringlike', Deny: 'stringnotlike' };

function weakServices(statement: Statement): readonly Problem[] {
  const operator = READS_WILDCARDS[String(statement.body.Effect)];
  return knownTestsOf(statement)
    .filter((test) => test.key === 'kms:viaservice' && test.operator === operator)
    .flatMap((test) => test.values.map(({ value, path }): Problem => ({ truth: isWeak(value), path })));
}

/** `SERVICE.REGION.amazonaws.com`, with a wildcard for the one or the other. */
function isWeak(value: Value): Truth {
  if (typeof value === 'string') return /^[^.]*[*?]/.test(value) || /^[a-z0-9-]+\.\*/.test(value);
  const first = partsOf(value)?.[0];
  if (typeof first === 'string' && first.includes('.')) return isWeak(first);
  return isOpen(value) ? open(someCauseOf(value)) : false;
}
