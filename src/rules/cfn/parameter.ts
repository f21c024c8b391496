import { formatPath, isList, isMap, Unknown, type Value, type ValueMap } from '../../model/index.js';
import { isCredentialName } from '../../secrets/index.js';
import { namedLeaves } from '../credential/leaf.js';
import { CREDENTIAL_PROPERTY } from '../credential/property.js';
import type { RuleContext } from '../rule.js';

/** Why a template parameter is taken for a secret: by its name, or by a property that it is given to. */
export type SecretReason = 'name' | 'use';

/** Undefined for parameters that hold no secret as far as the template tells. */
export function secretReason(parameter: ValueMap, context: RuleContext): SecretReason | undefined {
  // Only text can be a secret; of a closed list every value is in the template, and a key pair's type is its name.
  if (parameter.Type !== 'String' || isList(parameter.AllowedValues)) return undefined;
  if (isCredentialName(String(parameter.Name))) return 'name';
  return feedsCredential(parameter, context) ? 'use' : undefined;
}

/** In a longer text, or as the name in a dynamic reference, a parameter may be anything; as the whole value it is the credential. */
function feedsCredential(parameter: ValueMap, context: RuleContext): boolean {
  const uses = isList(parameter.FeedsProperties) ? parameter.FeedsProperties : [];
  return uses.some((use) => {
    if (!isMap(use) || !CREDENTIAL_PROPERTY.test(`${String(use.type)} ${String(use.path)}`)) return false;
    const resource = context.scope.resources.find(({ address }) => address === use.resource);
    const leaves = resource === undefined ? [] : namedLeaves(resource.properties, [], '');
    return leaves.some(({ value, path }) => formatPath(path) === use.path && isParameter(value, `parameter ${String(parameter.Name)}`));
  });
}

function isParameter(value: Value, variable: string): boolean {
  return value instanceof Unknown && value.variable === variable;
}
