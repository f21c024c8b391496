import { eventsOf, unknownEvent } from './events.js';
import { closeRole, openRole } from './execution-role.js';
import { addBeside, addMain, type Expansion, handedOver, type SamResource, setProperty, tagList } from './expansion.js';
import { attribute, flag, mapProperty, property, ref, textProperty } from './intrinsic.js';
import type { SamEvent } from './lambda-target.js';
import type { MadeMap } from './made.js';
import { allowing, inlinePolicy, trust } from './policy-document.js';
import { addRule } from './rule-event.js';
import { s3Location } from './s3-location.js';
import { addSchedule } from './scheduler-event.js';

const RENAMED: Readonly<Record<string, string>> = {
  Name: 'StateMachineName',
  Type: 'StateMachineType',
  Logging: 'LoggingConfiguration',
  Tracing: 'TracingConfiguration',
  Role: 'RoleArn',
};
const KEPT = ['Definition', 'DefinitionSubstitutions', ...Object.keys(RENAMED)];

/** `AWS::Serverless::StateMachine`: the state machine, its role where it has none, and what its events make. */
export function expandStateMachine(expansion: Expansion, from: SamResource): void {
  const { properties, id } = from;
  const machine = addMain(expansion, from, 'AWS::StepFunctions::StateMachine', handedOver(properties, KEPT, RENAMED));
  const uri = property(properties, 'DefinitionUri');
  const location = uri && s3Location(uri, { bucket: 'Bucket', key: 'Key', version: 'Version' });
  if (location !== undefined) setProperty(machine, 'DefinitionS3Location', location.made, location.span);
  const tags = tagList(from.span, mapProperty(properties, 'Tags'), { 'stateMachine:createdBy': 'SAM' });
  if (tags !== undefined) setProperty(machine, 'Tags', tags);
  if (property(properties, 'Role') === undefined) {
    const traced = property(mapProperty(properties, 'Tracing'), 'Enabled');
    const role = openRole(
      expansion,
      from,
      trust('states'),
      traced !== undefined && flag(traced) === true ? [{ name: 'AWSXrayWriteOnlyAccess', span: traced }] : [],
    );
    if (tags !== undefined) setProperty(role.draft, 'Tags', tags);
    closeRole(role);
    setProperty(machine, 'RoleArn', role.arn);
  }
  const alias = addAlias(expansion, from);
  const aimed = alias !== undefined && flag(property(properties, 'UseAliasAsEventTarget')) === true ? alias : id;
  for (const event of eventsOf(expansion, from)) addEvent(expansion, from, event, ref(aimed));
}

function addEvent(expansion: Expansion, from: SamResource, event: SamEvent, arn: MadeMap): void {
  switch (event.type) {
    case 'Schedule':
    case 'CloudWatchEvent':
    case 'EventBridgeRule': {
      const given = event.type === 'Schedule' ? property(event.properties, 'RoleArn') : undefined;
      addRule(expansion, from, event, arn, given ?? startingRole(expansion, from, event, 'events', arn), 'StepFunctionsTarget');
      return;
    }
    case 'ScheduleV2':
      addSchedule(expansion, from, event, arn, { action: 'states:StartExecution', policy: 'StartExecutionPolicy' });
      return;
    case 'Api':
      startingRole(expansion, from, event, 'apigateway', arn);
      return;
    default:
      unknownEvent(expansion, event);
  }
}

/** The role with which a service starts the state machine. */
function startingRole(expansion: Expansion, from: SamResource, event: SamEvent, service: string, arn: MadeMap): MadeMap {
  const id = `${event.id}Role`;
  addBeside(expansion, from, id, 'AWS::IAM::Role', event.span, {
    AssumeRolePolicyDocument: trust(service),
    Policies: [inlinePolicy(`${id}StartExecutionPolicy`, [allowing('states:StartExecution', arn)])],
    PermissionsBoundary: property(from.properties, 'PermissionsBoundary'),
  });
  return attribute(id, 'Arn');
}

function addAlias(expansion: Expansion, from: SamResource): string | undefined {
  const name = property(from.properties, 'AutoPublishAlias');
  if (name === undefined) return undefined;
  const version = `${from.id}Version`;
  addBeside(expansion, from, version, 'AWS::StepFunctions::StateMachineVersion', name, {
    StateMachineArn: ref(from.id),
    StateMachineRevisionId: attribute(from.id, 'StateMachineRevisionId'),
  });
  const id = `${from.id}Alias${textProperty(from.properties, 'AutoPublishAlias') ?? ''}`;
  addBeside(expansion, from, id, 'AWS::StepFunctions::StateMachineAlias', name, { Name: name });
  return id;
}
