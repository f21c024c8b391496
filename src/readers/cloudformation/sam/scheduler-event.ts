import { addBeside, type Expansion, handedOver, type SamResource } from './expansion.js';
import { attribute, flag, mapProperty, property, textProperty } from './intrinsic.js';
import type { SamEvent } from './lambda-target.js';
import { entriesOf, type Made, mapOf } from './made.js';
import { allowing, inlinePolicy, trust } from './policy-document.js';

/** A schedule of EventBridge Scheduler, and the role it calls its target with where the event names none. */
export function addSchedule(
  expansion: Expansion,
  from: SamResource,
  event: SamEvent,
  arn: Made,
  call: { readonly action: string; readonly policy: string },
): void {
  const { id, span, properties } = event;
  const letters = deadLetters(expansion, from, event);
  const given = property(properties, 'RoleArn');
  if (given === undefined) {
    const queue = letters === undefined ? [] : [inlinePolicy(`${id}SQSPolicy`, [allowing('sqs:SendMessage', letters)])];
    addBeside(expansion, from, `${id}Role`, 'AWS::IAM::Role', span, {
      AssumeRolePolicyDocument: trust('scheduler'),
      Policies: [inlinePolicy(`${id}${call.policy}`, [allowing(call.action, arn)]), ...queue],
      PermissionsBoundary: property(properties, 'PermissionsBoundary'),
    });
  }
  const target = mapOf(span, [
    ...entriesOf(span, { Arn: arn, RoleArn: given ?? attribute(`${id}Role`, 'Arn'), DeadLetterConfig: letters && { Arn: letters } }),
    ...handedOver(properties, ['Input', 'RetryPolicy']),
  ]);
  const named = flag(property(properties, 'OmitName')) === true ? undefined : (property(properties, 'Name') ?? id);
  const schedule = addBeside(expansion, from, id, 'AWS::Scheduler::Schedule', span, {
    Name: named,
    FlexibleTimeWindow: property(properties, 'FlexibleTimeWindow') ?? { Mode: 'OFF' },
    Target: target,
  });
  const kept = [
    'ScheduleExpression',
    'State',
    'Description',
    'StartDate',
    'EndDate',
    'ScheduleExpressionTimezone',
    'GroupName',
    'KmsKeyArn',
  ];
  schedule.properties = [...handedOver(properties, kept), ...schedule.properties];
}

function deadLetters(expansion: Expansion, from: SamResource, event: SamEvent): Made | undefined {
  const config = mapProperty(event.properties, 'DeadLetterConfig');
  if (config === undefined) return undefined;
  const given = property(config, 'Arn');
  if (given !== undefined) return given;
  const queue = textProperty(config, 'QueueLogicalId') ?? `${event.id}Queue`;
  addBeside(expansion, from, queue, 'AWS::SQS::Queue', config, {});
  return attribute(queue, 'Arn');
}
