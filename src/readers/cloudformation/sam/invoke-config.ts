import type { MapNode } from '../../source/index.js';
import { addInline, type ExecutionRole } from './execution-role.js';
import { addBeside, type Expansion, handedOver, type SamResource, setProperty } from './expansion.js';
import { attribute, mapProperty, property, ref, textProperty } from './intrinsic.js';
import type { Made } from './made.js';
import { destinationPolicy } from './policy-document.js';

/** `EventInvokeConfig`: what becomes of an asynchronous call's result; SAM makes a queue or topic where none is named. */
export function addInvokeConfig(expansion: Expansion, from: SamResource, role: ExecutionRole | undefined): void {
  const config = mapProperty(from.properties, 'EventInvokeConfig');
  if (config === undefined) return;
  const id = `${from.id}EventInvokeConfig`;
  const draft = addBeside(expansion, from, id, 'AWS::Lambda::EventInvokeConfig', config, {
    FunctionName: ref(from.id),
    Qualifier: property(from.properties, 'AutoPublishAlias') ?? '$LATEST',
  });
  draft.properties = [...draft.properties, ...handedOver(config, ['MaximumEventAgeInSeconds', 'MaximumRetryAttempts'])];
  const destinations: Record<string, Made> = {};
  for (const outcome of ['OnSuccess', 'OnFailure']) {
    const wanted = mapProperty(mapProperty(config, 'DestinationConfig'), outcome);
    const arn = wanted && destination(expansion, from, `${id}${outcome}`, wanted);
    if (wanted === undefined || arn === undefined) continue;
    destinations[outcome] = { Destination: arn };
    const policy = destinationPolicy(textProperty(wanted, 'Type') ?? '', arn, `${id}${outcome}`);
    if (role !== undefined && policy !== undefined) addInline(role, policy, wanted);
  }
  if (Object.keys(destinations).length > 0) setProperty(draft, 'DestinationConfig', destinations, mapProperty(config, 'DestinationConfig'));
}

function destination(expansion: Expansion, from: SamResource, prefix: string, wanted: MapNode): Made | undefined {
  const given = property(wanted, 'Destination');
  if (given !== undefined) return given;
  switch (textProperty(wanted, 'Type')) {
    case 'SQS':
      addBeside(expansion, from, `${prefix}Queue`, 'AWS::SQS::Queue', wanted, {});
      expansion.names.set(`${from.id}.DestinationQueue`, `${prefix}Queue`);
      return attribute(`${prefix}Queue`, 'Arn');
    case 'SNS':
      addBeside(expansion, from, `${prefix}Topic`, 'AWS::SNS::Topic', wanted, {});
      expansion.names.set(`${from.id}.DestinationTopic`, `${prefix}Topic`);
      return ref(`${prefix}Topic`);
    default:
      return undefined;
  }
}
