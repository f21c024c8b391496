import { Unknown, type Value } from '../../model/index.js';
import type { DraftVariable } from './reading.js';
import type { Stack } from './stack.js';

/**
 * The value of a pseudo parameter; undefined for a name that is none. `AWS::NoValue` is not a value: see `evaluate`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
export function pseudoParameter(name: string, stack: Stack): Value | undefined {
  const { account, region } = stack.reading;
  switch (name) {
    case 'AWS::Region':
      return region ?? symbol(stack, name, name, 'the Region of the deployment', "set this file's region in the config");
    case 'AWS::AccountId':
      return account ?? symbol(stack, name, name, 'the account of the deployment', "set this file's account in the config");
    case 'AWS::Partition':
      return region === undefined
        ? symbol(stack, name, name, 'the partition of the deployment', "set this file's region in the config")
        : partitionOf(region).name;
    case 'AWS::URLSuffix':
      return region === undefined
        ? symbol(stack, name, name, "the partition's domain", "set this file's region in the config")
        : partitionOf(region).suffix;
    case 'AWS::StackName':
    case 'AWS::StackId':
      return symbol(stack, name, `${stack.path}${name}`, name === 'AWS::StackId' ? 'the id of the stack' : 'the name of the stack');
    case 'AWS::NotificationARNs':
      return new Unknown({ kind: 'pseudo-parameter', words: 'the topics that are told of the deployment' }, { type: 'array' }, name);
    default:
      return undefined;
  }
}

function symbol(stack: Stack, name: string, id: string, words: string, settle?: string): Unknown {
  const { variables } = stack.reading;
  if (!variables.has(id)) {
    const draft: DraftVariable = { id, words: name, type: 'string', compared: new Set(), met: new Set() };
    variables.set(id, settle === undefined ? draft : { ...draft, settle });
  }
  return new Unknown(
    { kind: 'pseudo-parameter', words, ...(settle === undefined ? {} : { settle }) },
    { type: 'string', excludes: [''] },
    id,
  );
}

/** https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html and the SDKs' endpoint tables. */
const PARTITIONS: readonly { readonly prefix: string; readonly name: string; readonly suffix: string }[] = [
  { prefix: 'cn-', name: 'aws-cn', suffix: 'amazonaws.com.cn' },
  { prefix: 'us-gov-', name: 'aws-us-gov', suffix: 'amazonaws.com' },
  { prefix: 'us-isob-', name: 'aws-iso-b', suffix: 'sc2s.sgov.gov' },
  { prefix: 'us-isof-', name: 'aws-iso-f', suffix: 'csp.hci.ic.gov' },
  { prefix: 'eu-isoe-', name: 'aws-iso-e', suffix: 'cloud.adc-e.uk' },
  { prefix: 'us-iso-', name: 'aws-iso', suffix: 'c2s.ic.gov' },
  { prefix: 'eusc-', name: 'aws-eusc', suffix: 'amazonaws.eu' },
];

function partitionOf(region: string): { readonly name: string; readonly suffix: string } {
  return PARTITIONS.find(({ prefix }) => region.startsWith(prefix)) ?? { name: 'aws', suffix: 'amazonaws.com' };
}
