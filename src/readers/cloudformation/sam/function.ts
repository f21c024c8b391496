import type { MapNode, SourceNode } from '../../source/index.js';
import { addApiRoute, addHttpRoute } from './api-event.js';
import { eventsOf, unknownEvent } from './events.js';
import { addInline, closeRole, type ExecutionRole, openRole } from './execution-role.js';
import { addMain, type Draft, type Expansion, handedOver, type SamResource, setProperty, tagList } from './expansion.js';
import { addAlias, addDeploymentGroup, addFunctionUrl } from './function-alias.js';
import { attribute, ifArms, intrinsicCall, isNoValue, mapProperty, plainText, property, ref, textProperty } from './intrinsic.js';
import { addInvokeConfig } from './invoke-config.js';
import type { LambdaTarget, SamEvent } from './lambda-target.js';
import { entriesOf, type Made, mapOf } from './made.js';
import { allowing, inlinePolicy, trust } from './policy-document.js';
import { addPullEvent, isPullEvent } from './pull-event.js';
import { addPushEvent, isPushEvent } from './push-event.js';
import { s3Location } from './s3-location.js';
import { addSchedule } from './scheduler-event.js';

/** Properties that the function has under the same name. */
const KEPT = [
  'FunctionName',
  'Handler',
  'Runtime',
  'Description',
  'MemorySize',
  'Timeout',
  'VpcConfig',
  'Environment',
  'KmsKeyArn',
  'ReservedConcurrentExecutions',
  'Layers',
  'FileSystemConfigs',
  'ImageConfig',
  'PackageType',
  'Architectures',
  'SnapStart',
  'EphemeralStorage',
  'CodeSigningConfigArn',
  'RuntimeManagementConfig',
  'LoggingConfig',
  'TenancyConfig',
  'RecursiveLoop',
  'DurableConfig',
  'FunctionScalingConfig',
  'PublishToLatestPublished',
];

const DEAD_LETTER_ACTIONS: Readonly<Record<string, string>> = { SQS: 'sqs:SendMessage', SNS: 'sns:Publish' };

/** `AWS::Serverless::Function` (AWS SAM guide, "Generated AWS CloudFormation resources for AWS SAM"). */
export function expandFunction(expansion: Expansion, from: SamResource): void {
  const draft = addMain(expansion, from, 'AWS::Lambda::Function', handedOver(from.properties, KEPT));
  setProperty(draft, 'Code', codeOf(from), codeSpan(from));
  const traced = tracing(from);
  if (traced !== undefined) setProperty(draft, 'TracingConfig', { Mode: traced }, traced);
  const provider = mapProperty(from.properties, 'CapacityProviderConfig');
  if (provider !== undefined) setProperty(draft, 'CapacityProviderConfig', capacityProvider(provider), provider);
  const letters = mapProperty(from.properties, 'DeadLetterQueue');
  const lettersArn = property(letters, 'TargetArn');
  if (letters !== undefined && lettersArn !== undefined) setProperty(draft, 'DeadLetterConfig', { TargetArn: lettersArn }, letters);
  const tags = tagList(from.span, mapProperty(from.properties, 'Tags'), { 'lambda:createdBy': 'SAM' });
  if (tags !== undefined) setProperty(draft, 'Tags', tags);
  const role = addRole(expansion, from, draft);
  const alias = addAlias(expansion, from);
  const target: LambdaTarget = {
    function: from,
    name: ref(alias ?? from.id),
    arn: alias === undefined ? attribute(from.id, 'Arn') : ref(alias),
    role,
  };
  addFunctionUrl(expansion, from, ref(alias ?? from.id));
  addDeploymentGroup(expansion, from);
  addInvokeConfig(expansion, from, role);
  for (const event of eventsOf(expansion, from)) addEvent(expansion, target, event);
  if (role !== undefined) closeRole(role);
}

function addEvent(expansion: Expansion, target: LambdaTarget, event: SamEvent): void {
  if (isPullEvent(event.type)) addPullEvent(expansion, target, event);
  else if (isPushEvent(event.type)) addPushEvent(expansion, target, event);
  else if (event.type === 'Api') addApiRoute(expansion, target, event);
  else if (event.type === 'HttpApi') addHttpRoute(expansion, target, event);
  else if (event.type === 'ScheduleV2')
    addSchedule(expansion, target.function, event, target.arn, { action: 'lambda:InvokeFunction', policy: 'LambdaPolicy' });
  else unknownEvent(expansion, event);
}

/** SAM makes a role where the function has none; under `Fn::If` with `AWS::NoValue` it makes one for that case. */
function addRole(expansion: Expansion, from: SamResource, draft: Draft): ExecutionRole | undefined {
  const given = property(from.properties, 'Role');
  const arms = given && ifArms(given);
  const [condition, then, otherwise] = arms ?? [];
  const open = condition !== undefined && (isNoValue(then) || isNoValue(otherwise));
  if (given !== undefined && !open) {
    setProperty(draft, 'Role', given);
    return undefined;
  }
  const role = openFunctionRole(expansion, from);
  if (given === undefined || condition === undefined || then === undefined || otherwise === undefined) {
    setProperty(draft, 'Role', role.arn);
    return role;
  }
  setProperty(
    draft,
    'Role',
    { 'Fn::If': [condition, isNoValue(then) ? role.arn : then, isNoValue(otherwise) ? role.arn : otherwise] },
    given,
  );
  return isNoValue(then) && isNoValue(otherwise)
    ? role
    : { ...role, draft: conditional(expansion, role.draft, condition, isNoValue(then)) };
}

function conditional(expansion: Expansion, role: Draft, condition: SourceNode, positive: boolean): Draft {
  const name = plainText(condition) ?? '';
  const needed = positive ? name : `NOT${name}`;
  if (!positive) {
    const [entry] = entriesOf(condition, { [needed]: { 'Fn::Not': [{ Condition: name }] } });
    if (entry !== undefined) expansion.conditions.set(needed, entry);
  }
  const attributes = [...role.attributes.filter((entry) => entry.key !== 'Condition'), ...entriesOf(condition, { Condition: needed })];
  const changed = { ...role, attributes };
  expansion.made.set(role.id, changed);
  return changed;
}

function openFunctionRole(expansion: Expansion, from: SamResource): ExecutionRole {
  const { properties } = from;
  const basic = properties.byKey.has('DurableConfig') ? 'AWSLambdaBasicDurableExecutionRolePolicy' : 'AWSLambdaBasicExecutionRole';
  const traced = tracing(from);
  const network = property(properties, 'VpcConfig');
  const role = openRole(expansion, from, property(properties, 'AssumeRolePolicyDocument') ?? trust('lambda'), [
    { name: basic, span: from.span },
    ...(traced === undefined ? [] : [{ name: 'AWSXrayWriteOnlyAccess', span: traced }]),
    ...(network === undefined ? [] : [{ name: 'AWSLambdaVPCAccessExecutionRole', span: network }]),
  ]);
  const tags = tagList(from.span, mapProperty(properties, 'Tags'), { 'lambda:createdBy': 'SAM' });
  if (tags !== undefined) setProperty(role.draft, 'Tags', tags);
  const letters = mapProperty(properties, 'DeadLetterQueue');
  const arn = property(letters, 'TargetArn');
  const action = DEAD_LETTER_ACTIONS[textProperty(letters, 'Type') ?? ''];
  if (letters !== undefined && arn !== undefined && action !== undefined)
    addInline(role, inlinePolicy('DeadLetterQueuePolicy', [allowing(action, arn)]), letters);
  return role;
}

function capacityProvider(config: MapNode): Made {
  const names = ['Arn', 'PerExecutionEnvironmentMaxConcurrency', 'ExecutionEnvironmentMemoryGiBPerVCpu'];
  return { LambdaManagedInstancesCapacityProviderConfig: mapOf(config, handedOver(config, names, { Arn: 'CapacityProviderArn' })) };
}

/** Anything but `Disabled`, which is the same as leaving it out. */
function tracing(from: SamResource): SourceNode | undefined {
  const mode = property(from.properties, 'Tracing');
  return plainText(mode) === 'Disabled' ? undefined : mode;
}

function codeSpan(from: SamResource): SourceNode | undefined {
  return ['InlineCode', 'ImageUri', 'CodeUri', 'SourceKMSKeyArn']
    .map((name) => property(from.properties, name))
    .find((node) => node !== undefined);
}

/** A local path says nothing about where the packaged code will be: its bucket stays unsaid. */
function codeOf(from: SamResource): Made {
  const { properties } = from;
  const uri = property(properties, 'CodeUri');
  const location =
    uri && intrinsicCall(uri) === undefined ? s3Location(uri, { bucket: 'S3Bucket', key: 'S3Key', version: 'S3ObjectVersion' }) : undefined;
  return mapOf(codeSpan(from) ?? from.span, [
    ...handedOver(properties, ['InlineCode', 'ImageUri', 'SourceKMSKeyArn'], { InlineCode: 'ZipFile' }),
    ...(location === undefined ? [] : entriesOf(location.span, location.made)),
  ]);
}
