import { addBeside, type Expansion, handedOver, type SamResource, setProperty } from './expansion.js';
import { attribute, flag, mapProperty, property, ref, textProperty } from './intrinsic.js';
import type { SamEvent } from './lambda-target.js';
import { entriesOf, type Made, type MadeMap, mapOf } from './made.js';
import { queueAccess } from './policy-document.js';

/** An EventBridge rule, on a schedule or a pattern, with one target; `roleArn` for targets that EventBridge needs a role for. */
export function addRule(
  expansion: Expansion,
  from: SamResource,
  event: SamEvent,
  arn: Made,
  roleArn: Made | undefined,
  suffix: string,
): void {
  const { id, span, properties } = event;
  const scheduled = event.type === 'Schedule';
  const rule = addBeside(expansion, from, id, 'AWS::Events::Rule', span, {});
  rule.properties = scheduled
    ? handedOver(properties, ['Schedule', 'Name', 'Description', 'State'], { Schedule: 'ScheduleExpression' })
    : handedOver(properties, ['EventBusName', 'Pattern', 'RuleName', 'State'], { Pattern: 'EventPattern', RuleName: 'Name' });
  const enabled = flag(property(properties, 'Enabled'));
  if (enabled !== undefined) setProperty(rule, 'State', enabled ? 'ENABLED' : 'DISABLED', property(properties, 'Enabled'));
  const letters = deadLetters(expansion, from, event);
  const target: MadeMap = {
    Arn: arn,
    Id: property(mapProperty(properties, 'Target'), 'Id') ?? `${id}${suffix}`.slice(0, 64),
    RoleArn: roleArn,
    DeadLetterConfig: letters && { Arn: letters },
  };
  const handed = handedOver(properties, ['Input', 'InputPath', 'InputTransformer', 'RetryPolicy']);
  setProperty(rule, 'Targets', [mapOf(span, [...handed, ...entriesOf(span, target)])]);
}

/** The ARN of the queue that takes what could not be delivered; SAM makes it where the event names none. */
function deadLetters(expansion: Expansion, from: SamResource, event: SamEvent): Made | undefined {
  const config = mapProperty(event.properties, 'DeadLetterConfig');
  if (config === undefined) return undefined;
  const given = property(config, 'Arn');
  if (given !== undefined) return given;
  const queue = textProperty(config, 'QueueLogicalId') ?? `${event.id}Queue`;
  addBeside(expansion, from, queue, 'AWS::SQS::Queue', config, {});
  addBeside(expansion, from, `${event.id}QueuePolicy`, 'AWS::SQS::QueuePolicy', config, {
    PolicyDocument: queueAccess('events', attribute(queue, 'Arn'), attribute(event.id, 'Arn')),
    Queues: [ref(queue)],
  });
  return attribute(queue, 'Arn');
}
