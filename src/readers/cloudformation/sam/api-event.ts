import type { SourceNode } from '../../source/index.js';
import type { Expansion } from './expansion.js';
import { hole, localArn, mapProperty, plainText, property, ref, refTarget, sub, textProperty } from './intrinsic.js';
import { addPermission, type LambdaTarget, type SamEvent } from './lambda-target.js';
import { idWith } from './logical-id.js';
import type { Made } from './made.js';

export const IMPLICIT_REST_API = 'ServerlessRestApi';
export const IMPLICIT_HTTP_API = 'ServerlessHttpApi';

const PRINCIPAL = 'apigateway.amazonaws.com';

/** An `Api` event: the stage of a REST API may invoke the function on one method and path. */
export function addApiRoute(expansion: Expansion, target: LambdaTarget, event: SamEvent): void {
  const given = property(event.properties, 'RestApiId');
  const id = `${event.id}Permission`;
  addPermission(expansion, target, idWith(id, stageOf(expansion, given)), event.span, PRINCIPAL, {
    SourceArn: routeArn(given ?? ref(IMPLICIT_REST_API), route(event)),
  });
}

/** An `HttpApi` event; without method and path it is the API's default route. */
export function addHttpRoute(expansion: Expansion, target: LambdaTarget, event: SamEvent): void {
  const given = property(event.properties, 'ApiId');
  addPermission(expansion, target, `${event.id}Permission`, event.span, PRINCIPAL, {
    SourceArn: routeArn(given ?? ref(IMPLICIT_HTTP_API), route(event)),
  });
}

/** The id of the API that an event belongs to, where it is one of the template. */
export function apiOf(event: SamEvent): string | undefined {
  const name = event.type === 'Api' ? 'RestApiId' : 'ApiId';
  const given = property(event.properties, name);
  if (given === undefined) return event.type === 'Api' ? IMPLICIT_REST_API : IMPLICIT_HTTP_API;
  return refTarget(given) ?? plainText(given);
}

function stageOf(expansion: Expansion, given: SourceNode | undefined): string {
  if (given === undefined) return 'Prod';
  const id = refTarget(given) ?? plainText(given) ?? '';
  const own = expansion.sam.get(id)?.properties;
  const other = mapProperty(mapProperty(expansion.template, 'Resources'), id);
  if (own === undefined && other === undefined) return 'AllStages';
  return textProperty(own ?? mapProperty(other, 'Properties'), 'StageName') ?? 'Stage';
}

/** `GET/books/*`: the end of an `execute-api` ARN; path parameters are any value. */
function route(event: SamEvent): string {
  const method = (textProperty(event.properties, 'Method') ?? 'any').toLowerCase();
  const path = textProperty(event.properties, 'Path') ?? '';
  const plain = path === '$default' ? '' : path.replace(/(.)\/$/, '$1').replace(/\{[\w.-]+\+?\}/g, '*');
  return `${method === 'any' || method === 'x-amazon-apigateway-any-method' ? '*' : method.toUpperCase()}${plain}`;
}

function routeArn(api: Made, end: string): Made {
  return sub(localArn('execute-api', `${hole('__ApiId__')}/${hole('__Stage__')}/${end}`), { __ApiId__: api, __Stage__: '*' });
}
