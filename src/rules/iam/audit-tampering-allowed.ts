import { testsOf } from '../policy/condition.js';
import { statementProblems } from '../policy/grant.js';
import { judgePolicies } from '../policy/judge-policies.js';
import type { Problem } from '../policy/problem.js';
import { coversAction, type Statement } from '../policy/statement.js';
import { all, any, open, type Truth } from '../policy/truth.js';
import type { Check, RuleContext } from '../rule.js';
import { coversEvery, resourcePath } from './every-resource.js';
import { managedProblems } from './managed-policies.js';

/** What silences the record of who used which key, with the kind of resource each acts on. */
const TAMPERING: readonly { readonly action: string; readonly service: string; readonly kind: string }[] = [
  { action: 'cloudtrail:StopLogging', service: 'cloudtrail', kind: 'trail/' },
  { action: 'cloudtrail:DeleteTrail', service: 'cloudtrail', kind: 'trail/' },
  { action: 'cloudtrail:UpdateTrail', service: 'cloudtrail', kind: 'trail/' },
  { action: 'cloudtrail:PutEventSelectors', service: 'cloudtrail', kind: 'trail/' },
  { action: 'cloudtrail:DeleteEventDataStore', service: 'cloudtrail', kind: 'eventdatastore/' },
  { action: 'logs:DeleteLogGroup', service: 'logs', kind: 'log-group:' },
];

/** An identity that may stop, alter or delete any trail. */
export const check: Check = (resource, context) =>
  judgePolicies(
    resource,
    context,
    (closed) => {
      const problemsOf = (statement: Statement) => [problemOf(statement, context)];
      return [...statementProblems(closed, problemsOf), ...managedProblems(closed, problemsOf)];
    },
    ['ManagedPolicyArns'],
  );

function problemOf(statement: Statement, context: RuleContext): Problem {
  const given = TAMPERING.map((entry) => ({
    ...entry,
    truth: all([
      coversAction(statement, entry.action),
      coversEvery(statement, entry.service, entry.kind),
      entry.service === 'logs' ? isTrailInLogs(context) : true,
    ]),
  }));
  const named = given.filter(({ truth }) => truth !== false); // equivalent: it only words the message
  return {
    truth: all([any(given.map(({ truth }) => truth)), isUnconditional(statement)]),
    path: resourcePath(statement),
    words: { actions: named.map(({ action }) => action).join(', ') },
  };
}

/** Of log groups only the one that a trail writes to holds the record: most roles with `logs:*` are meant for their own logs. */
function isTrailInLogs(context: RuleContext): Truth {
  const trails = context.ofType('AWS::CloudTrail::Trail');
  if (trails.some(({ properties }) => properties.CloudWatchLogsLogGroupArn !== undefined)) return true;
  return open([
    {
      words: 'whether a trail of the account writes to CloudWatch Logs',
      settle: 'name the log groups that are meant, or scan the account',
      kind: 'elsewhere',
    },
  ]);
}

/** Any condition is taken for a bound: a session with MFA, a tag, an address. What it is worth is not judged here. */
function isUnconditional(statement: Statement): Truth {
  const tests = testsOf(statement);
  return 'because' in tests ? open(tests.because) : tests.length === 0;
}
