import { isList, Unknown, type Value } from '../../model/index.js';
import { eachWorld, type ResourceInWorld } from '../each-world.js';
import { someCauseOf } from '../policy/cause.js';
import { documentProperties } from '../policy/document.js';
import { statementProblems } from '../policy/grant.js';
import { type Problem, verdictsOf } from '../policy/problem.js';
import { entriesOf } from '../policy/statement.js';
import { written } from '../policy/text.js';
import { all, any, open, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** All actions on all resources, written out or by the AWS managed policy of that content. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => verdictsOf([...everything(closed), ...attached(closed)]), {
    looksAt: [...documentProperties(resource.type), 'ManagedPolicyArns'],
  });

function everything(closed: ResourceInWorld): readonly Problem[] {
  return statementProblems(closed, (statement) => {
    const actions = any(entriesOf(statement, 'Action').map(({ value }) => isStar(value, /^\*+(:\*+)?$/)));
    const resources = any(entriesOf(statement, 'Resource').map(({ value }) => isStar(value, /^\*+$/)));
    return [{ truth: all([actions, resources]), path: [...statement.path, 'Action'] }];
  });
}

/** An open action could be anything; an open ARN of one resource is not everything. */
function isStar(value: Value, star: RegExp): Truth {
  if (typeof value === 'string') return star.test(value);
  return value instanceof Unknown ? open(someCauseOf(value)) : false;
}

function attached(closed: ResourceInWorld): readonly Problem[] {
  const arns = closed.properties.ManagedPolicyArns;
  if (!isList(arns)) return [];
  return arns.map((arn, index) => ({ truth: isAdministrator(arn), path: ['ManagedPolicyArns', index] }));
}

function isAdministrator(arn: Value): boolean {
  return /^arn:.+:iam::aws:policy\/AdministratorAccess$/.test(written(arn));
}
