import { isList, type Resource, type ValueMap } from '../../model/index.js';
import type { Problem } from '../policy/problem.js';
import type { Statement } from '../policy/statement.js';
import { written } from '../policy/text.js';

/** What AWS managed policies allow on everything, as far as keys, secrets, parameters and trails go [AWS Managed Policy Reference Guide]. */
const ALLOWED: Readonly<Record<string, ValueMap>> = {
  PowerUserAccess: { NotAction: ['iam:*', 'organizations:*', 'account:*'] },
  ReadOnlyAccess: { Action: ['ssm:Get*'] },
  SecretsManagerReadWrite: { Action: ['secretsmanager:*'] },
  AmazonSSMFullAccess: { Action: ['ssm:*', 'logs:*'] },
  AmazonSSMReadOnlyAccess: { Action: ['ssm:Get*'] },
  AWSCloudTrail_FullAccess: { Action: ['cloudtrail:*'] },
};

/** A problem for each attached AWS managed policy in whose statement `problemsOf` finds one; it stands at the policy's ARN. */
export function managedProblems(
  { properties }: Pick<Resource, 'properties'>,
  problemsOf: (statement: Statement) => readonly Problem[],
): readonly Problem[] {
  const arns = properties.ManagedPolicyArns;
  if (!isList(arns)) return [];
  return arns.flatMap((arn, index) => {
    const allowed = ALLOWED[/^arn:.+:iam::aws:policy\/(.+)$/.exec(written(arn))?.[1] ?? ''];
    if (allowed === undefined) return [];
    const path = ['ManagedPolicyArns', index];
    return problemsOf({ path, body: { ...allowed, Effect: 'Allow', Resource: '*' }, version: '2012-10-17' }).map((problem) => ({
      ...problem,
      path,
    }));
  });
}
