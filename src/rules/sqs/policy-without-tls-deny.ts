import { refusalCheck } from '../policy/refusal.js';
import { asksForTls } from '../policy/tls-deny.js';
import type { Check } from '../rule.js';

/** A queue whose policy does not refuse plain HTTP, or that has none. */
export const check: Check = refusalCheck({
  attachment: {
    policy: 'AWS::SQS::QueuePolicy',
    names: 'Queues',
    resource: 'AWS::SQS::Queue',
    name: 'QueueName',
    identifies: ['Ref', 'QueueUrl'],
    arn: ['Arn'],
    nameFrom: ['QueueName'],
    nameIn: (url) => url.slice(url.lastIndexOf('/') + 1),
  },
  action: 'sqs:*',
  parts: [{ words: 'the queue', suffix: '' }],
  holds: asksForTls,
});
