import { Unknown, type Value } from '../../model/index.js';
import { isCredentialName } from '../../secrets/index.js';
import { exposureOf } from '../credential/exposure.js';
import { someCauseOf } from '../policy/cause.js';
import { verdictsOf } from '../policy/problem.js';
import { written } from '../policy/text.js';
import { open, type Truth } from '../policy/truth.js';
import type { Check, RuleContext } from '../rule.js';
import { isSecretByName, parameterName } from './parameter-name.js';

/** A secret in a parameter of a type that is not encrypted. Public settings belong in such parameters and are no finding. */
export const check: Check = (resource, context) => {
  const { Type: type, Value: value = '', Description: description = '' } = resource.properties;
  if (type === 'SecureString') return verdictsOf([], 'not-applicable');
  const isSecret = isSecretByName(resource) || SAYS_SECRET.test(written(description));
  return verdictsOf([{ truth: holdsSecret(parameterName(resource), value, isSecret, context), path: ['Value'], secret: true }]);
};

/** "Password of the orders database", not "ARN of the secret with the password". */
const SAYS_SECRET =
  /^(?!.*\b(?:arn|name|id|path|location|url|length|policy)\b).*\b(?:password|passphrase|secret key|api key|access token|private key)\b/i;

function holdsSecret(name: string, value: Value, isSecret: boolean, context: RuleContext): Truth {
  const { truth } = exposureOf(name, value, context);
  if (truth === true) return true;
  // The name says what it is; a reference to another resource gives an ARN or a name, and a plain ssm reference a plain value.
  if (value instanceof Unknown) return isSecret && !hasPlainDefault(value.variable, context) ? true : unreadValue(value, context);
  return false;
}

function hasPlainDefault(variable: string | undefined, context: RuleContext): boolean {
  const known = variable === undefined ? undefined : context.scope.variables.get(variable);
  return known?.values !== undefined || (typeof known?.default === 'string' && known.default !== '');
}

/** A parameter says by its own name whether it is a secret; an import says nothing. */
function unreadValue(value: Value & { readonly variable?: string | undefined }, context: RuleContext): Truth {
  const variable = value.variable === undefined ? undefined : context.scope.variables.get(value.variable);
  if (variable === undefined) return open(someCauseOf(value));
  if (variable.default !== undefined || variable.values !== undefined) return false;
  return isCredentialName(variable.id.replace(/^parameter /, ''));
}
