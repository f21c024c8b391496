import type { Resource, Value } from '../../model/index.js';
import { isCredentialName } from '../../secrets/index.js';
import { partsOf } from '../policy/text.js';

/** What a parameter is called: its name as far as it is written, else its logical id, from which CloudFormation makes one. */
export function parameterName({ properties, name }: Pick<Resource, 'properties' | 'name'>): string {
  return textOf(properties.Name) ?? name;
}

/** True where the name or the description of a parameter says that its value is a credential. */
export function isSecretByName(parameter: Pick<Resource, 'properties' | 'name'>): boolean {
  return isCredentialName(parameterName(parameter));
}

function textOf(value: Value | undefined): string | undefined {
  const parts = value === undefined ? undefined : partsOf(value);
  if (parts === undefined || parts.every((part) => typeof part !== 'string')) return undefined;
  return parts.map((part) => (typeof part === 'string' ? part : 'x')).join('');
}
