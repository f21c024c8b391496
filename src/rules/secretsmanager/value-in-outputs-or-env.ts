import { DynamicReference, type Path, type Value } from '../../model/index.js';
import { fetchesSecret, namedLeaves } from '../credential/exposure.js';
import { type Problem, verdictsOf } from '../policy/problem.js';
import { partsOf } from '../policy/text.js';
import type { Check } from '../rule.js';

/** A secret that CloudFormation fetches at deployment and writes where it can be read again. */
export const check: Check = ({ properties }) =>
  verdictsOf(
    namedLeaves(properties, [], '')
      .filter(({ path }) => isReadable(path))
      .map(({ value, path }): Problem => ({ truth: holdsSecret(value), path })),
    'not-applicable',
  );

/** Properties that describe calls give back in clear text. Those of credentials proper are masked by their service. */
const READABLE =
  /^(Value|Description|Tags|Environment|EnvironmentVariables|ContainerDefinitions|ContainerProperties|NodeProperties|EcsProperties|UserData|LaunchTemplateData|SourceConfiguration|Variables|StageVariables|DefaultArguments|OptionSettings|AirflowConfigurationOptions|Parameters|Content|DefinitionString|DefinitionSubstitutions|\w*Name)$/;

function isReadable([first]: Path): boolean {
  return READABLE.test(String(first));
}

function holdsSecret(value: Value): boolean {
  return (partsOf(value) ?? []).some((part) => part instanceof DynamicReference && fetchesSecret(part)); // equivalent: the first half only narrows
}
