import { Choice, isList, isMap, type Path, type Value, type ValueMap } from '../../model/index.js';
import { type Problem, verdictsOf } from '../policy/problem.js';
import { written } from '../policy/text.js';
import type { Check, RuleContext } from '../rule.js';
import { exposureOf, literalExposureOf } from './exposure.js';
import { namedLeaves } from './leaf.js';

/** How a property holds settings: by name in a map, as items with a name and a value, or as free text below it. */
type Form =
  | { readonly kind: 'map' }
  | { readonly kind: 'pairs'; readonly name: string; readonly value: string; readonly unless?: (item: ValueMap) => boolean }
  | { readonly kind: 'text' };

interface Settings {
  /** `A.B[].C`: down, and into each item. */
  readonly path: string;
  readonly form: Form;
  /** `literals`: only what is written out counts, not what is resolved at deployment. */
  readonly counts?: 'literals';
}

const MAP: Form = { kind: 'map' };
const TEXT: Form = { kind: 'text' };
const PAIRS: Form = { kind: 'pairs', name: 'Name', value: 'Value' };
const HEADERS: Form = { kind: 'pairs', name: 'HeaderName', value: 'HeaderValue' };
/** A value of another type than PLAINTEXT is the name of a parameter or secret [CodeBuild: EnvironmentVariable]. */
const BUILD_PAIRS: Form = { ...PAIRS, unless: ({ Type }) => Type !== undefined && Type !== 'PLAINTEXT' };

const CONTAINERS = ['ContainerProperties', 'NodeProperties.NodeRangeProperties[].Container', 'EcsProperties.TaskProperties[].Containers[]'];

/** Where each type keeps settings that its describe call shows in clear text. */
const SETTINGS: Readonly<Record<string, readonly Settings[]>> = {
  'AWS::ApiGateway::Stage': [{ path: 'Variables', form: MAP }],
  'AWS::ApiGatewayV2::Stage': [{ path: 'StageVariables', form: MAP }],
  'AWS::AppRunner::Service': [
    { path: 'SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables', form: PAIRS },
    { path: 'SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues.RuntimeEnvironmentVariables', form: PAIRS },
  ],
  'AWS::Batch::JobDefinition': CONTAINERS.flatMap((container): Settings[] => [
    { path: `${container}.Environment`, form: PAIRS },
    { path: `${container}.Command`, form: TEXT },
  ]),
  // A function or a nested stack has to be given the secret somehow; what is written out is wrong all the same.
  'AWS::CloudFormation::CustomResource': [{ path: '', form: MAP, counts: 'literals' }],
  'AWS::CloudFormation::Stack': [{ path: 'Parameters', form: MAP, counts: 'literals' }],
  'AWS::CloudFront::Distribution': [{ path: 'DistributionConfig.Origins[].OriginCustomHeaders', form: HEADERS, counts: 'literals' }],
  'AWS::CodeBuild::Project': [{ path: 'Environment.EnvironmentVariables', form: BUILD_PAIRS }],
  'AWS::ECS::TaskDefinition': [
    { path: 'ContainerDefinitions[].Environment', form: PAIRS },
    ...['Command', 'EntryPoint'].map((part): Settings => ({ path: `ContainerDefinitions[].${part}`, form: TEXT })),
  ],
  'AWS::EMR::Cluster': ['BootstrapActions', 'Steps', 'Configurations'].map((path): Settings => ({ path, form: TEXT })),
  'AWS::EMR::Step': [{ path: 'HadoopJarStep', form: TEXT }],
  'AWS::ElasticBeanstalk::ConfigurationTemplate': [{ path: 'OptionSettings', form: { kind: 'pairs', name: 'OptionName', value: 'Value' } }],
  'AWS::ElasticBeanstalk::Environment': [{ path: 'OptionSettings', form: { kind: 'pairs', name: 'OptionName', value: 'Value' } }],
  'AWS::Glue::Job': [{ path: 'DefaultArguments', form: MAP }],
  'AWS::KafkaConnect::Connector': [{ path: 'ConnectorConfiguration', form: MAP }],
  'AWS::Lambda::Function': [{ path: 'Environment.Variables', form: MAP }],
  'AWS::MWAA::Environment': [{ path: 'AirflowConfigurationOptions', form: MAP }],
  'AWS::SSM::Document': [{ path: 'Content', form: TEXT }],
  'AWS::StepFunctions::StateMachine': [
    { path: 'DefinitionSubstitutions', form: MAP },
    { path: 'DefinitionString', form: TEXT },
    { path: 'Definition', form: TEXT },
  ],
};

/** A secret among the settings of a resource, where everyone who may describe the resource reads it. */
export const check: Check = (resource, context) =>
  verdictsOf(settingProblems(resource.type, resource.properties, context), 'not-applicable');

function settingProblems(type: string, properties: ValueMap, context: RuleContext): readonly Problem[] {
  return (SETTINGS[type] ?? []).flatMap(({ path, form, counts }) =>
    placesOf(properties, path === '' ? [] : path.split('.'), []).flatMap((place) =>
      settingsAt(place, form).map((setting) => problemOf(setting, counts ?? 'all', context)),
    ),
  );
}

interface Setting {
  readonly name: string;
  readonly value: Value;
  readonly path: Path;
}

function problemOf({ name, value, path }: Setting, counts: 'all' | 'literals', context: RuleContext): Problem {
  const { truth, what } = counts === 'literals' ? literalExposureOf(name, value) : exposureOf(name, value, context);
  return { truth, path, words: { variable: name === '' ? '' : ` ${name}`, what }, secret: true };
}

interface Place {
  readonly value: Value;
  readonly path: Path;
}

function placesOf(value: Value, steps: readonly string[], path: Path): readonly Place[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [{ value, path }];
  const name = step.replace('[]', '');
  return branchesOf(value).flatMap((branch) => {
    const below = isMap(branch) ? branch[name] : undefined;
    if (below === undefined) return []; // equivalent: what is not there shows nothing
    if (!step.endsWith('[]')) return placesOf(below, rest, [...path, name]);
    return itemsOf(below).flatMap(({ value: item, index }) => placesOf(item, rest, [...path, name, index]));
  });
}

function settingsAt({ value, path }: Place, form: Form): readonly Setting[] {
  switch (form.kind) {
    case 'map':
      return branchesOf(value).flatMap((branch) =>
        isMap(branch) ? Object.entries(branch).map(([name, item]) => ({ name, value: item, path: [...path, name] })) : [],
      );
    case 'text':
      // A name that ends so gives a path to the value in the state's input [Step Functions guide: Paths].
      return namedLeaves(value, path, '').filter(({ name }) => !name.endsWith('.$'));
    case 'pairs':
      return itemsOf(value).flatMap(({ value: item, index }): readonly Setting[] => {
        if (!isMap(item)) return []; // equivalent: it only narrows the type
        if (form.unless?.(item) === true) return [];
        return [{ name: written(item[form.name] ?? ''), value: item[form.value] ?? '', path: [...path, index, form.value] }];
      });
  }
}

/** The items of a list, of both branches where a condition chooses one. */
function itemsOf(value: Value): readonly { readonly value: Value; readonly index: number }[] {
  return branchesOf(value).flatMap((list) =>
    isList(list) ? list.flatMap((item, index) => branchesOf(item).map((branch) => ({ value: branch, index }))) : [],
  );
}

/** What either branch of a condition holds is written, and shown once the condition is so. */
function branchesOf(value: Value): readonly Value[] {
  return value instanceof Choice ? [...branchesOf(value.then), ...branchesOf(value.otherwise)] : [value];
}
