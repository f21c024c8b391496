import { addBeside, addMain, type Expansion, handedOver, type SamResource, setProperty, tagList } from './expansion.js';
import { attribute, mapProperty, property } from './intrinsic.js';
import { mapOf } from './made.js';
import { managedPolicyArn } from './managed-policy.js';
import { trust } from './policy-document.js';

const INSTANCES: Readonly<Record<string, string>> = {
  Architectures: 'Architectures',
  AllowedTypes: 'AllowedInstanceTypes',
  ExcludedTypes: 'ExcludedInstanceTypes',
};

/** `AWS::Serverless::CapacityProvider`: the instances that functions run on, and the role that operates them. */
export function expandCapacityProvider(expansion: Expansion, from: SamResource): void {
  const { properties, id } = from;
  const provider = addMain(
    expansion,
    from,
    'AWS::Lambda::CapacityProvider',
    handedOver(properties, ['CapacityProviderName', 'VpcConfig', 'KmsKeyArn']),
  );
  const mark = { 'lambda:createdBy': 'SAM' };
  const given = property(properties, 'OperatorRole');
  if (given === undefined) {
    addBeside(expansion, from, `${id}OperatorRole`, 'AWS::IAM::Role', from.span, {
      AssumeRolePolicyDocument: trust('lambda'),
      ManagedPolicyArns: [managedPolicyArn('AWSLambdaManagedEC2ResourceOperator')],
      Tags: tagList(from.span, undefined, mark),
    });
  }
  setProperty(provider, 'PermissionsConfig', { CapacityProviderOperatorRoleArn: given ?? attribute(`${id}OperatorRole`, 'Arn') }, given);
  const tags = tagList(from.span, mapProperty(properties, 'Tags'), mark);
  if (tags !== undefined) setProperty(provider, 'Tags', tags);
  const instances = mapProperty(properties, 'InstanceRequirements');
  if (instances !== undefined)
    setProperty(provider, 'InstanceRequirements', mapOf(instances, handedOver(instances, Object.keys(INSTANCES), INSTANCES)), instances);
  const logging = property(properties, 'LoggingConfig');
  if (logging !== undefined) setProperty(provider, 'TelemetryConfig', { LoggingConfig: logging }, logging);
}
