import { formatPath, isMap, isOpen, type Path, type Value } from '../../model/index.js';
import { isCredentialName } from '../../secrets/index.js';
import { namedLeaves } from '../credential/exposure.js';
import { CREDENTIAL_PROPERTY } from '../credential/property.js';
import { type Problem, verdictsOf } from '../policy/problem.js';
import { partsOf } from '../policy/text.js';
import type { Check, RuleContext } from '../rule.js';

/** A credential that comes from a String parameter, which is kept unencrypted. */
export const check: Check = (resource, context) => {
  const { Environment: environment, ...rest } = resource.properties;
  const credentials = namedLeaves(rest, [], '').filter(({ path }) => CREDENTIAL_PROPERTY.test(`${resource.type} ${formatPath(path)}`));
  const variables = isMap(environment) && isMap(environment.Variables) ? environment.Variables : {};
  const named = namedLeaves(variables, ['Environment', 'Variables'], '').filter(({ name }) => isCredentialName(name));
  return verdictsOf(
    [...credentials, ...named].map(({ value, path }) => problemOf(value, path, context)),
    'not-applicable',
  );
};

function problemOf(value: Value, path: Path, context: RuleContext): Problem {
  return { truth: isPlain(value, context), path };
}

function isPlain(value: Value, context: RuleContext): boolean {
  if (!isOpen(value)) return false;
  if (value.kind === 'choice') return isPlain(value.then, context) || isPlain(value.otherwise, context);
  return (partsOf(value) ?? []).some((part) => {
    if (typeof part === 'string' || part.kind === 'reference') return false;
    if (part.kind === 'dynamic-reference') return part.service === 'ssm';
    const declared = context
      .ofType('Keyward::CloudFormation::Parameter')
      .find(({ properties }) => `parameter ${String(properties.Name)}` === part.variable);
    return /^AWS::SSM::Parameter::Value<String>$/.test(String(declared?.properties.Type));
  });
}
