import { DynamicReference, formatPath, Unknown, type Value } from '../../model/index.js';
import { isCredentialName } from '../../secrets/index.js';
import { namedLeaves } from '../credential/leaf.js';
import { CREDENTIAL_PROPERTY } from '../credential/property.js';
import { verdictsOf } from '../policy/problem.js';
import { partsOf } from '../policy/text.js';
import type { Check, RuleContext } from '../rule.js';

/** A credential that comes from a String parameter, which is kept unencrypted. */
export const check: Check = (resource, context) => {
  const { Environment: environment, ...rest } = resource.properties;
  const credentials = namedLeaves(rest, [], '').filter(({ path }) => CREDENTIAL_PROPERTY.test(`${resource.type} ${formatPath(path)}`));
  const variables = namedLeaves(environment ?? null, ['Environment'], '').filter(({ name }) => isCredentialName(name));
  return verdictsOf(
    [...credentials, ...variables].map(({ value, path }) => ({ truth: isPlain(value, context), path })),
    'not-applicable',
  );
};

function isPlain(value: Value, context: RuleContext): boolean {
  return (partsOf(value) ?? []).some((part) => {
    if (part instanceof DynamicReference) return part.service === 'ssm';
    return part instanceof Unknown && isPlainParameter(part.variable, context); // equivalent: the first half only narrows the type
  });
}

function isPlainParameter(variable: string | undefined, context: RuleContext): boolean {
  const declared = context
    .ofType('Keyward::CloudFormation::Parameter')
    .find(({ properties }) => `parameter ${String(properties.Name)}` === variable);
  return declared?.properties.Type === 'AWS::SSM::Parameter::Value<String>';
}
