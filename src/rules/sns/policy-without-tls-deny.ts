import { refusalCheck } from '../policy/refusal.js';
import { asksForTls } from '../policy/tls-deny.js';
import type { Check } from '../rule.js';

/** A topic whose policy does not refuse publishing over plain HTTP, or that has none. Topic policies may not say `sns:*`. */
export const check: Check = refusalCheck({
  attachment: {
    policy: 'AWS::SNS::TopicPolicy',
    names: 'Topics',
    resource: 'AWS::SNS::Topic',
    name: 'TopicName',
    identifies: ['Ref', 'TopicArn'],
    arn: ['Ref', 'TopicArn'],
    nameFrom: ['TopicName'],
    nameIn: (arn) => arn.slice(arn.lastIndexOf(':') + 1),
  },
  action: 'sns:Publish',
  parts: [{ words: 'the topic', suffix: '' }],
  holds: asksForTls,
});
