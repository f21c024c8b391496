import { addHttpDomain } from './api-domain.js';
import { addBeside, addMain, type Expansion, handedOver, leaveOpen, type SamResource, setProperty } from './expansion.js';
import { property, ref, textProperty } from './intrinsic.js';

const KEPT = [
  'Name',
  'Description',
  'ApiKeySelectionExpression',
  'DisableExecuteApiEndpoint',
  'DisableSchemaValidation',
  'IpAddressType',
  'RouteSelectionExpression',
];
const STAGE = ['StageVariables', 'AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings'];
const DEFAULT_STAGE = 'default';
const MARK = { 'websocketapi:createdBy': 'SAM' };

/** `AWS::Serverless::WebSocketApi`: the API, its stage and its domain name; routes and the permissions for them are left open. */
export function expandWebSocketApi(expansion: Expansion, from: SamResource): void {
  const { properties, id } = from;
  const api = addMain(expansion, from, 'AWS::ApiGatewayV2::Api', handedOver(properties, KEPT));
  setProperty(api, 'ProtocolType', 'WEBSOCKET');
  if (property(properties, 'Name') === undefined) setProperty(api, 'Name', id);
  setProperty(api, 'Tags', MARK);
  const name = property(properties, 'StageName');
  const text = name === undefined ? DEFAULT_STAGE : (textProperty(properties, 'StageName') ?? '');
  const stage = text === DEFAULT_STAGE ? `${id}DefaultStage` : `${id}${text}Stage`;
  const draft = addBeside(expansion, from, stage, 'AWS::ApiGatewayV2::Stage', name ?? from.span, {
    ApiId: ref(id),
    StageName: name ?? DEFAULT_STAGE,
    AutoDeploy: true,
    Tags: MARK,
  });
  draft.properties = [...draft.properties, ...handedOver(properties, STAGE)];
  expansion.names.set(`${id}.Stage`, stage);
  addHttpDomain(expansion, from, stage, MARK);
  const routes = properties.byKey.get('Routes');
  if (routes !== undefined) {
    leaveOpen(
      expansion,
      id,
      `The routes of ${id} are not expanded.`,
      'the permissions to invoke their functions are not judged',
      routes.keySpan,
    );
  }
}
