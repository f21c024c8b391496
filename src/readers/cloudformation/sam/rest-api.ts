import type { SourceNode } from '../../source/index.js';
import { addAuthorizerPermissions } from './api-authorizer.js';
import { addRestDomain } from './api-domain.js';
import { addBeside, addMain, type Expansion, handedOver, type SamResource, setProperty, tagList } from './expansion.js';
import { intrinsicCall, mapProperty, plainMap, property, ref, textProperty } from './intrinsic.js';
import { hashSuffix } from './logical-id.js';
import { type Made, mapOf } from './made.js';
import { s3Location } from './s3-location.js';

const KEPT = [
  'BinaryMediaTypes',
  'MinimumCompressionSize',
  'FailOnWarnings',
  'Name',
  'Description',
  'Mode',
  'ApiKeySourceType',
  'Policy',
  'SecurityPolicy',
  'EndpointAccessMode',
];
const STAGE = [
  'StageName',
  'CacheClusterEnabled',
  'CacheClusterSize',
  'Variables',
  'MethodSettings',
  'AccessLogSetting',
  'CanarySetting',
  'TracingEnabled',
];

/**
 * `AWS::Serverless::Api`. The body that SAM generates from the events is not made: nothing in it bears on encryption.
 * SAM ends the deployment's id with a hash of that body; here it ends without.
 */
export function expandRestApi(expansion: Expansion, from: SamResource): void {
  const { properties, id } = from;
  const api = addMain(
    expansion,
    from,
    'AWS::ApiGateway::RestApi',
    handedOver(properties, [...KEPT, 'DefinitionBody', 'DisableExecuteApiEndpoint'], { DefinitionBody: 'Body' }),
  );
  const uri = property(properties, 'DefinitionUri');
  const location = uri && s3Location(uri, { bucket: 'Bucket', key: 'Key', version: 'Version' });
  if (location !== undefined) setProperty(api, 'BodyS3Location', location.made, location.span);
  const endpoint = property(properties, 'EndpointConfiguration');
  if (endpoint !== undefined) setProperty(api, 'EndpointConfiguration', endpointOf(endpoint), endpoint);
  const deployment = `${id}Deployment`;
  // Without OpenApiVersion the deployment makes a second stage of that name, as the transform has done from the start.
  const extra = property(properties, 'OpenApiVersion') === undefined ? 'Stage' : undefined;
  addBeside(expansion, from, deployment, 'AWS::ApiGateway::Deployment', from.span, { RestApiId: ref(id), StageName: extra });
  const stage = addStage(expansion, from, deployment);
  expansion.names.set(`${id}.Stage`, stage);
  expansion.names.set(`${id}.Deployment`, deployment);
  addAuthorizerPermissions(expansion, from, ref(id), 'unless-disabled');
  addUsagePlan(expansion, from, stage);
  addRestDomain(expansion, from, stage);
}

function addStage(expansion: Expansion, from: SamResource, deployment: string): string {
  const name = from.properties.byKey.get('StageName');
  const stage = addBeside(expansion, from, stageId(from), 'AWS::ApiGateway::Stage', name?.keySpan ?? from.span, {
    RestApiId: ref(from.id),
    DeploymentId: ref(deployment),
  });
  stage.properties = [...stage.properties, ...handedOver(from.properties, STAGE)];
  const tags = tagList(from.span, mapProperty(from.properties, 'Tags'));
  if (tags !== undefined) setProperty(stage, 'Tags', tags);
  return stage.id;
}

/** `<Api><Stage>Stage`; a name that is no plain word is hashed, one that an intrinsic function gives is left out. */
export function stageId(from: SamResource): string {
  const name = textProperty(from.properties, 'StageName') ?? '';
  return /^[\p{L}\p{N}]+$/u.test(name) ? `${from.id}${name}Stage` : `${from.id}Stage${hashSuffix(name)}`;
}

/** A type by itself, or a map with one. */
function endpointOf(endpoint: SourceNode): Made {
  const map = plainMap(endpoint);
  const type = property(map, 'Type');
  if (map === undefined) return { Types: [endpoint] };
  if (type === undefined) return intrinsicCall(endpoint) === undefined ? mapOf(map, map.entries) : { Types: [endpoint] };
  return {
    Types: [type],
    VpcEndpointIds: property(map, 'VPCEndpointIds') ?? property(map, 'VpcEndpointIds'),
    IpAddressType: property(map, 'IpAddressType'),
  };
}

function addUsagePlan(expansion: Expansion, from: SamResource, stage: string): void {
  const plan = mapProperty(mapProperty(from.properties, 'Auth'), 'UsagePlan');
  const wanted = textProperty(plan, 'CreateUsagePlan');
  if (plan === undefined || wanted === undefined || wanted === 'NONE') return;
  const prefix = wanted === 'SHARED' ? 'Serverless' : from.id;
  const shared = expansion.made.get(`${prefix}UsagePlan`)?.properties.find((entry) => entry.key === 'ApiStages')?.value;
  const stages: readonly Made[] = shared?.kind === 'list' ? shared.items : [];
  const usage = addBeside(expansion, from, `${prefix}UsagePlan`, 'AWS::ApiGateway::UsagePlan', plan, {
    ApiStages: [...stages, { ApiId: ref(from.id), Stage: ref(stage) }],
  });
  usage.properties = [...usage.properties, ...handedOver(plan, ['UsagePlanName', 'Description', 'Quota', 'Tags', 'Throttle'])];
  addBeside(expansion, from, `${prefix}ApiKey`, 'AWS::ApiGateway::ApiKey', plan, {
    Enabled: true,
    StageKeys: [{ RestApiId: ref(from.id), StageName: ref(stage) }],
  });
  addBeside(expansion, from, `${prefix}UsagePlanKey`, 'AWS::ApiGateway::UsagePlanKey', plan, {
    KeyId: ref(`${prefix}ApiKey`),
    KeyType: 'API_KEY',
    UsagePlanId: ref(`${prefix}UsagePlan`),
  });
  for (const name of ['UsagePlan', 'ApiKey', 'UsagePlanKey']) expansion.names.set(`${from.id}.${name}`, `${prefix}${name}`);
}
