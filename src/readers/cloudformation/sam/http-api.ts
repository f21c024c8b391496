import { addAuthorizerPermissions } from './api-authorizer.js';
import { addHttpDomain } from './api-domain.js';
import { addBeside, addMain, type Expansion, handedOver, type SamResource, setProperty } from './expansion.js';
import { flag, plainText, property, ref } from './intrinsic.js';
import type { MadeMap } from './made.js';
import { stageId } from './rest-api.js';
import { s3Location } from './s3-location.js';

const KEPT = ['Name', 'Description', 'FailOnWarnings', 'CorsConfiguration', 'DisableExecuteApiEndpoint', 'DefinitionBody'];
const STAGE = ['StageVariables', 'AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings'];
const DEFAULT_STAGE = '$default';
const MARK = { 'httpapi:createdBy': 'SAM' };

/** `AWS::Serverless::HttpApi`. As for REST APIs, the body that SAM generates from the events is not made. */
export function expandHttpApi(expansion: Expansion, from: SamResource): void {
  const { properties, id } = from;
  const api = addMain(expansion, from, 'AWS::ApiGatewayV2::Api', handedOver(properties, KEPT, { DefinitionBody: 'Body' }));
  const cors = property(properties, 'CorsConfiguration');
  if (cors !== undefined && flag(cors) === true) setProperty(api, 'CorsConfiguration', { AllowOrigins: ['*'] }, cors);
  const uri = property(properties, 'DefinitionUri');
  const location = uri && s3Location(uri, { bucket: 'Bucket', key: 'Key', version: 'Version' });
  if (location !== undefined) setProperty(api, 'BodyS3Location', location.made, location.span);
  const name = property(properties, 'StageName');
  const stage = name === undefined || plainText(name) === DEFAULT_STAGE ? `${id}ApiGatewayDefaultStage` : stageId(from);
  const draft = addBeside(expansion, from, stage, 'AWS::ApiGatewayV2::Stage', name ?? from.span, {
    ApiId: ref(id),
    StageName: name ?? DEFAULT_STAGE,
    AutoDeploy: true,
  });
  draft.properties = [...draft.properties, ...handedOver(properties, STAGE)];
  setProperty(draft, 'Tags', { ...MARK, ...tagsOf(from) });
  expansion.names.set(`${id}.Stage`, stage);
  addAuthorizerPermissions(expansion, from, ref(id), 'if-enabled');
  addHttpDomain(expansion, from, stage, MARK);
}

function tagsOf(from: SamResource): MadeMap {
  const tags = property(from.properties, 'Tags');
  return tags?.kind === 'map' ? Object.fromEntries(tags.entries.map((entry) => [entry.key, entry.value])) : {};
}
