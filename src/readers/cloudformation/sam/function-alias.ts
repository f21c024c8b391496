import { addBeside, type Expansion, handedOver, type SamResource } from './expansion.js';
import { attribute, flag, itemsOf, mapProperty, property, ref, textProperty } from './intrinsic.js';
import { entriesOf, type MadeMap } from './made.js';
import { managedPolicyArn } from './managed-policy.js';
import { parameterText } from './parameter-text.js';
import { trust } from './policy-document.js';

/**
 * `AutoPublishAlias`: a version and an alias on it. Returns the alias's id. SAM ends a version's id with a hash of the
 * packaged code, which is not known before packaging; here it ends without.
 */
export function addAlias(expansion: Expansion, from: SamResource): string | undefined {
  const name = property(from.properties, 'AutoPublishAlias');
  if (name === undefined) return undefined;
  const version = `${from.id}Version`;
  const text = parameterText(expansion, name) ?? '';
  const id = `${from.id}Alias${text.replaceAll('-', 'D').replaceAll('_', 'U')}`;
  const kept = addBeside(expansion, from, version, 'AWS::Lambda::Version', name, { FunctionName: ref(from.id) });
  const retained = entriesOf(name, { DeletionPolicy: property(from.properties, 'VersionDeletionPolicy') ?? 'Retain' });
  expansion.made.set(version, { ...kept, attributes: [...kept.attributes.filter((entry) => entry.key !== 'DeletionPolicy'), ...retained] });
  const alias = addBeside(expansion, from, id, 'AWS::Lambda::Alias', name, {
    Name: name,
    FunctionName: ref(from.id),
    FunctionVersion: attribute(version, 'Version'),
  });
  alias.properties = [...alias.properties, ...handedOver(from.properties, ['ProvisionedConcurrencyConfig'])];
  expansion.names.set(`${from.id}.Version`, version);
  expansion.names.set(`${from.id}.Alias`, id);
  return id;
}

/** `FunctionUrlConfig`: an address, and for `AuthType: NONE` the permission for everyone that goes with it. */
export function addFunctionUrl(expansion: Expansion, from: SamResource, target: MadeMap): void {
  const config = mapProperty(from.properties, 'FunctionUrlConfig');
  if (config === undefined) return;
  const url = addBeside(expansion, from, `${from.id}Url`, 'AWS::Lambda::Url', config, { TargetFunctionArn: target });
  url.properties = [...url.properties, ...handedOver(config, ['AuthType', 'Cors', 'InvokeMode'])];
  const open = config.byKey.get('AuthType');
  if (textProperty(config, 'AuthType') !== 'NONE' || open === undefined) return;
  addBeside(expansion, from, `${from.id}UrlPublicPermissions`, 'AWS::Lambda::Permission', open.value, {
    Action: 'lambda:InvokeFunctionUrl',
    FunctionName: target,
    Principal: '*',
    FunctionUrlAuthType: open.value,
  });
  addBeside(expansion, from, `${from.id}URLInvokeAllowPublicAccess`, 'AWS::Lambda::Permission', open.value, {
    Action: 'lambda:InvokeFunction',
    FunctionName: target,
    Principal: '*',
    InvokedViaFunctionUrl: true,
  });
}

/** `DeploymentPreference`: a deployment group of the one CodeDeploy application that a template's functions share. */
export function addDeploymentGroup(expansion: Expansion, from: SamResource): void {
  const preference = mapProperty(from.properties, 'DeploymentPreference');
  if (preference === undefined || flag(property(preference, 'Enabled')) === false) return;
  const application = 'ServerlessDeploymentApplication';
  const serviceRole = 'CodeDeployServiceRole';
  addShared(expansion, from, application, 'AWS::CodeDeploy::Application', { ComputePlatform: 'Lambda' });
  const given = property(preference, 'Role');
  if (given === undefined) {
    addShared(expansion, from, serviceRole, 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: trust('codedeploy'),
      ManagedPolicyArns: [managedPolicyArn('AWSCodeDeployRoleForLambda')],
    });
  }
  const alarms = itemsOf(property(preference, 'Alarms'));
  addBeside(expansion, from, `${from.id}DeploymentGroup`, 'AWS::CodeDeploy::DeploymentGroup', preference, {
    ApplicationName: ref(application),
    ServiceRoleArn: given ?? attribute(serviceRole, 'Arn'),
    DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
    AutoRollbackConfiguration: { Enabled: true, Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'] },
    AlarmConfiguration: alarms.length === 0 ? undefined : { Enabled: true, Alarms: alarms.map((alarm) => ({ Name: alarm })) },
    TriggerConfigurations: property(preference, 'TriggerConfigurations'),
  });
}

/** Once a template, without the condition of the function that happens to come first. */
function addShared(expansion: Expansion, from: SamResource, id: string, type: string, properties: MadeMap): void {
  if (expansion.made.has(id)) return;
  const draft = addBeside(expansion, from, id, type, from.span, properties);
  expansion.made.set(id, { ...draft, attributes: [] });
}
