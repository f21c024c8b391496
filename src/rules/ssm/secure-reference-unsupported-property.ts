import { DynamicReference, formatPath, type Path, type Value } from '../../model/index.js';
import { membersOf } from '../cfn/template-member.js';
import { visitLeaves } from '../credential/leaf.js';
import { type Problem, verdictsOf } from '../policy/problem.js';
import { partsOf } from '../policy/text.js';
import type { Check } from '../rule.js';

/** `{{resolve:ssm-secure:…}}` where CloudFormation does not resolve it. */
export const check: Check = (template, context) => {
  const problems = membersOf(template, context).flatMap(({ resource, address }): readonly Problem[] => {
    if (resource.type.startsWith('Keyward::')) return [];
    const problems: Problem[] = [];
    visitLeaves(resource.properties, '', ({ value, path }) => {
      if (!isSecureReference(value)) return;
      const at = ['Resources', address, 'Properties', ...path];
      problems.push({ truth: !isSupported(resource.type, path), path: at, words: { place: resource.address } });
    });
    return problems;
  });
  return verdictsOf(problems, 'not-applicable');
};

/** The whole list [CloudFormation guide: Get a secure string value from Systems Manager Parameter Store]. */
const SUPPORTED = new Set([
  'AWS::DirectoryService::MicrosoftAD Password',
  'AWS::DirectoryService::SimpleAD Password',
  'AWS::ElastiCache::ReplicationGroup AuthToken',
  'AWS::IAM::User LoginProfile.Password',
  'AWS::KinesisFirehose::DeliveryStream RedshiftDestinationConfiguration.Password',
  'AWS::OpsWorks::App AppSource.Password',
  'AWS::OpsWorks::Stack CustomCookbooksSource.Password',
  'AWS::OpsWorks::Stack RdsDbInstances.DbPassword',
  'AWS::RDS::DBCluster MasterUserPassword',
  'AWS::RDS::DBInstance MasterUserPassword',
  'AWS::Redshift::Cluster MasterUserPassword',
]);

function isSupported(type: string, path: Path): boolean {
  return SUPPORTED.has(`${type} ${formatPath(path.filter((step) => typeof step === 'string'))}`);
}

function isSecureReference(value: Value): boolean {
  return (partsOf(value) ?? []).some((part) => part instanceof DynamicReference && part.service === 'ssm-secure'); // equivalent: the first half only narrows
}
