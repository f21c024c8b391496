import { addBeside, type Expansion, type SamResource } from './expansion.js';
import { flag, hole, localArn, mapProperty, plainMap, property, sub } from './intrinsic.js';
import type { Made } from './made.js';

/** REST APIs may call their Lambda authorizers unless the user says no; HTTP APIs only where the user says so. */
type Default = 'unless-disabled' | 'if-enabled';

/** Lets an API call the functions of its authorizers. */
export function addAuthorizerPermissions(expansion: Expansion, from: SamResource, api: Made, when: Default): void {
  for (const entry of mapProperty(mapProperty(from.properties, 'Auth'), 'Authorizers')?.entries ?? []) {
    const authorizer = plainMap(entry.value);
    const lambda = property(authorizer, 'FunctionArn');
    const allowed =
      when === 'unless-disabled'
        ? flag(property(authorizer, 'DisableFunctionDefaultPermissions')) !== true
        : flag(property(authorizer, 'EnableFunctionDefaultPermissions')) === true;
    if (lambda === undefined || !allowed) continue;
    addBeside(expansion, from, `${from.id}${entry.key}AuthorizerPermission`, 'AWS::Lambda::Permission', entry.keySpan, {
      Action: 'lambda:InvokeFunction',
      FunctionName: lambda,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: sub(localArn('execute-api', `${hole('__ApiId__')}/authorizers/*`), { __ApiId__: api }),
    });
  }
}
