import { addBeside, type Expansion, handedOver, setProperty } from './expansion.js';
import { extend } from './extend.js';
import { attribute, flag, hole, itemsOf, localArn, plainMap, plainText, property, ref, refTarget, sub, textProperty } from './intrinsic.js';
import { addPermission, type LambdaTarget, type SamEvent } from './lambda-target.js';
import { type Made, make, mapOf } from './made.js';
import { queueAccess } from './policy-document.js';
import { addPullEvent } from './pull-event.js';
import { addRule } from './rule-event.js';

type Add = (expansion: Expansion, target: LambdaTarget, event: SamEvent) => void;

/** Services that call Lambda themselves: each needs a permission, most a resource that sends the event. */
const EVENTS: Readonly<Record<string, Add>> = {
  Schedule: addFunctionRule,
  CloudWatchEvent: addFunctionRule,
  EventBridgeRule: addFunctionRule,
  S3: addBucketEvent,
  SNS: addTopicEvent,
  CloudWatchLogs: addLogEvent,
  IoTRule: addThingsEvent,
  AlexaSkill: (expansion, target, event) => {
    const EventSourceToken = property(event.properties, 'SkillId');
    addPermission(expansion, target, `${event.id}Permission`, event.span, 'alexa-appkit.amazon.com', { EventSourceToken });
  },
  Cognito: addUserPoolEvent,
};

export function isPushEvent(type: string): boolean {
  return Object.hasOwn(EVENTS, type);
}

export function addPushEvent(expansion: Expansion, target: LambdaTarget, event: SamEvent): void {
  EVENTS[event.type]?.(expansion, target, event);
}

function addFunctionRule(expansion: Expansion, target: LambdaTarget, event: SamEvent): void {
  addRule(expansion, target.function, event, target.arn, undefined, 'LambdaTarget');
  addPermission(expansion, target, `${event.id}Permission`, event.span, 'events.amazonaws.com', { SourceArn: attribute(event.id, 'Arn') });
}

/** SAM writes the notification into the bucket, which is a resource of the same template. */
function addBucketEvent(expansion: Expansion, target: LambdaTarget, event: SamEvent): void {
  addPermission(expansion, target, `${event.id}Permission`, event.span, 's3.amazonaws.com', { SourceAccount: ref('AWS::AccountId') });
  const bucket = refTarget(property(event.properties, 'Bucket'));
  if (bucket === undefined) return;
  const notices = itemsOf(property(event.properties, 'Events')).map((kind): Made => {
    const notice = { Function: target.arn, Filter: property(event.properties, 'Filter'), Event: kind };
    const condition = textProperty(target.function.node, 'Condition');
    return condition === undefined ? notice : { 'Fn::If': [condition, notice, ref('AWS::NoValue')] };
  });
  extend(expansion, bucket, ['NotificationConfiguration', 'LambdaConfigurations'], event.span, notices);
}

function addUserPoolEvent(expansion: Expansion, target: LambdaTarget, event: SamEvent): void {
  const pool = refTarget(property(event.properties, 'UserPool'));
  if (pool === undefined) return;
  addPermission(expansion, target, `${target.function.id}CognitoPermission`, event.span, 'cognito-idp.amazonaws.com', {
    SourceArn: attribute(pool, 'Arn'),
  });
  for (const trigger of itemsOf(property(event.properties, 'Trigger'))) {
    const name = plainText(trigger);
    if (name !== undefined) extend(expansion, pool, ['LambdaConfig', name], event.span, target.arn);
  }
}

function addTopicEvent(expansion: Expansion, target: LambdaTarget, event: SamEvent): void {
  const { id, span, properties } = event;
  const topic = property(properties, 'Topic');
  const queued = property(properties, 'SqsSubscription');
  const subscription = addBeside(expansion, target.function, id, 'AWS::SNS::Subscription', span, {
    Protocol: 'lambda',
    Endpoint: target.arn,
  });
  subscription.properties = [
    ...subscription.properties,
    ...handedOver(properties, ['Topic', 'Region', 'FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy'], { Topic: 'TopicArn' }),
  ];
  if (topic === undefined) return;
  if (queued === undefined || flag(queued) === false) {
    addPermission(expansion, target, `${id}Permission`, span, 'sns.amazonaws.com', { SourceArn: topic });
    return;
  }
  const own = plainMap(queued);
  const queueArn: Made = property(own, 'QueueArn') ?? attribute(`${id}Queue`, 'Arn');
  const queueUrl: Made = property(own, 'QueueUrl') ?? ref(`${id}Queue`);
  if (own === undefined) addBeside(expansion, target.function, `${id}Queue`, 'AWS::SQS::Queue', queued, {});
  setProperty(subscription, 'Protocol', 'sqs');
  setProperty(subscription, 'Endpoint', queueArn);
  addBeside(expansion, target.function, textProperty(own, 'QueuePolicyLogicalId') ?? `${id}QueuePolicy`, 'AWS::SQS::QueuePolicy', queued, {
    PolicyDocument: queueAccess('sns', queueArn, topic),
    Queues: [queueUrl],
  });
  const mapped = make(span, { Queue: queueArn, BatchSize: property(own, 'BatchSize') ?? 10, Enabled: true });
  addPullEvent(expansion, target, { type: 'SQS', id: `${id}EventSourceMapping`, span, properties: plainMap(mapped) ?? mapOf(span, []) });
}

function addLogEvent(expansion: Expansion, target: LambdaTarget, event: SamEvent): void {
  const { id, span, properties } = event;
  const group = property(properties, 'LogGroupName');
  const filter = addBeside(expansion, target.function, id, 'AWS::Logs::SubscriptionFilter', span, { DestinationArn: target.arn });
  filter.properties = [...filter.properties, ...handedOver(properties, ['LogGroupName', 'FilterPattern'])];
  const variable = '__LogGroupName__';
  addPermission(expansion, target, `${id}Permission`, span, 'logs.amazonaws.com', {
    SourceArn: sub(localArn('logs', `log-group:${hole(variable)}:*`), { [variable]: group }),
  });
}

function addThingsEvent(expansion: Expansion, target: LambdaTarget, event: SamEvent): void {
  const { id, span, properties } = event;
  const payload = {
    Sql: property(properties, 'Sql'),
    AwsIotSqlVersion: property(properties, 'AwsIotSqlVersion'),
    RuleDisabled: false,
    Actions: [{ Lambda: { FunctionArn: target.arn } }],
  };
  addBeside(expansion, target.function, id, 'AWS::IoT::TopicRule', span, { TopicRulePayload: payload });
  addPermission(expansion, target, `${id}Permission`, span, 'iot.amazonaws.com', {
    SourceArn: sub(localArn('iot', `rule/${hole('RuleName')}`), { RuleName: ref(id) }),
    SourceAccount: sub(hole('AWS::AccountId')),
  });
}
