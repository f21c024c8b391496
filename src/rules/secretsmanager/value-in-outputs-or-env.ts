import { DynamicReference, type Value } from '../../model/index.js';
import { fetchesSecret } from '../credential/exposure.js';
import { namedLeaves } from '../credential/leaf.js';
import { type Problem, verdictsOf } from '../policy/problem.js';
import { partsOf } from '../policy/text.js';
import type { Check } from '../rule.js';

/** A secret that CloudFormation fetches at deployment and writes where it can be read again. */
export const check: Check = ({ properties }) =>
  verdictsOf(
    Object.entries(properties)
      .filter(([name]) => READABLE.test(name))
      .flatMap(([name, value]) => namedLeaves(value, [name], name))
      .map(({ value, path }): Problem => ({ truth: holdsSecret(value), path })),
    'not-applicable',
  );

/** Properties that describe calls give back in clear text. Those of credentials proper are masked by their service. */
const READABLE =
  /^(Value|Description|Tags|Environment|EnvironmentVariables|ContainerDefinitions|ContainerProperties|NodeProperties|EcsProperties|UserData|LaunchTemplateData|SourceConfiguration|Variables|StageVariables|DefaultArguments|OptionSettings|AirflowConfigurationOptions|Parameters|Content|DefinitionString|DefinitionSubstitutions|\w*Name)$/;

function holdsSecret(value: Value): boolean {
  return (partsOf(value) ?? []).some((part) => part instanceof DynamicReference && fetchesSecret(part)); // equivalent: the first half only narrows
}
