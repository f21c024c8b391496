import { type Cause, isList, isMap, isOpen, type Path, type Value } from '../../model/index.js';
import { eachWorld } from '../index.js';
import { someCauseOf } from '../policy/cause.js';
import { type Problem, verdictsOf } from '../policy/problem.js';
import { open } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** The security policy of a custom domain, of REST APIs or of HTTP and WebSocket APIs. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, ({ type, properties }) => {
    if (type === 'AWS::ApiGateway::DomainName') return verdictsOf([problemOf(properties.SecurityPolicy, ['SecurityPolicy'])]);
    const list = properties.DomainNameConfigurations;
    const problems = (isList(list) ? list : []).map((item, index) =>
      problemOf(isMap(item) ? item.SecurityPolicy : item, ['DomainNameConfigurations', index, 'SecurityPolicy']),
    );
    return verdictsOf(problems, 'not-applicable');
  });

/** AWS does not document it for CloudFormation. */
const SILENT: Cause = {
  words: 'the security policy that API Gateway gives a domain without one',
  settle: 'set SecurityPolicy to TLS_1_2 or later',
  kind: 'default',
};

function problemOf(policy: Value | undefined, path: Path): Problem {
  if (policy === undefined) return { truth: open([SILENT]), path }; // equivalent: the words differ, the verdict does not
  if (isOpen(policy)) return { truth: open(someCauseOf(policy)), path }; // equivalent: the words differ, the verdict does not
  if (policy === 'TLS_1_2' || /^SecurityPolicy_TLS1[23]_/.test(String(policy))) return { truth: false, path };
  if (policy === 'TLS_1_0') return { truth: true, path };
  return { truth: open([{ words: `the security policy ${String(policy)}, which is not known here`, kind: 'unknown-name' }]), path };
}
