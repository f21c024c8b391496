import { isList, isMap, type ValueMap } from '../../model/index.js';
import { isCredentialName } from '../../secrets/index.js';
import { CREDENTIAL_PROPERTY } from '../credential/property.js';

/** Why a template parameter is taken for a secret: by its name, or by a property that it is given to. */
export type SecretReason = 'name' | 'use';

/** Undefined for parameters that hold no secret as far as the template tells. */
export function secretReason(parameter: ValueMap): SecretReason | undefined {
  // Only text can be a secret; of a closed list every value is in the template, and a key pair's type is its name.
  if (parameter.Type !== 'String' || isList(parameter.AllowedValues)) return undefined;
  if (isCredentialName(String(parameter.Name))) return 'name';
  return feedsCredential(parameter) ? 'use' : undefined;
}

function feedsCredential(parameter: ValueMap): boolean {
  const uses = parameter.FeedsProperties;
  return isList(uses) && uses.some((use) => isMap(use) && CREDENTIAL_PROPERTY.test(`${String(use.type)} ${String(use.path)}`));
}
