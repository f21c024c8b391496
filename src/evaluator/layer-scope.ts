import type { PolicyDocument } from '../model/index.js';
import type { Question } from './applies.js';
import type { CompiledAccess, CompiledDocument } from './compile.js';
import { endpointsOf } from './endpoint-layer.js';
import { isReserved } from './reserved.js';
import type { Target } from './target.js';

/** The documents that take part in a decision, by layer. */
export interface LayerScope {
  readonly identity: readonly CompiledDocument[];
  readonly boundary?: CompiledDocument;
  readonly session: readonly CompiledDocument[];
  readonly resource?: CompiledDocument;
  readonly scps: readonly (readonly CompiledDocument[])[];
  readonly rcps: readonly (readonly CompiledDocument[])[];
  /** Policies of VPC endpoints that the call may come through. */
  readonly endpoints: readonly CompiledDocument[];
  /** What is asked AWS keeps to itself. */
  readonly reserved: boolean;
  readonly relation: 'same-account' | 'cross-account' | 'service' | 'federated' | 'anonymous';
  readonly assumptions: readonly string[];
}

/** Services whose resources RCPs reach [Organizations guide: RCPs]. */
const UNDER_RCPS: ReadonlySet<string> = new Set([
  's3',
  'sts',
  'kms',
  'sqs',
  'secretsmanager',
  'dynamodb',
  'ecr',
  'logs',
  'cognito-identity',
  'cognito-idp',
  'aoss',
]);

export function scopeOf<T>(
  access: CompiledAccess,
  question: Question<T>,
  target: Target,
  sessionPolicies: readonly PolicyDocument[],
): LayerScope {
  const { subject, action } = question;
  const { held, account } = subject;
  const byAccount = (id: string | undefined) => access.model.accounts.find((known) => known.id === id);
  const serviceLinked = held?.principal.serviceLinked === true;
  const bound = account !== undefined && !serviceLinked && byAccount(account)?.management !== true;
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  const retiring = action.toLowerCase() === 'kms:retiregrant';
  const reached =
    target.account !== undefined &&
    byAccount(target.account)?.management !== true &&
    !serviceLinked &&
    UNDER_RCPS.has(service) &&
    !target.awsManaged &&
    !retiring;
  const relation = relationOf(question, target);
  return {
    identity: held?.identity ?? [],
    ...(held?.boundary === undefined ? {} : { boundary: held.boundary }),
    session: sessionPolicies.map((document) => access.compile(document)),
    // kms:RetireGrant is not effective in a key policy [KMS guide: Retiring and revoking grants].
    ...(target.policy === undefined || retiring ? {} : { resource: target.policy }),
    scps: bound ? (access.scps.get(account) ?? []) : [],
    rcps: reached && target.account !== undefined ? (access.rcps.get(target.account) ?? []) : [],
    endpoints: endpointsOf(access, question),
    reserved: isReserved(action, target),
    relation,
    assumptions: assumptionsOf(question, target, relation),
  };
}

function assumptionsOf<T>({ subject, action }: Question<T>, target: Target, relation: LayerScope['relation']): readonly string[] {
  const assumptions: string[] = [];
  if (relation === 'cross-account' && subject.held === undefined) {
    assumptions.push(`IAM policies of account ${subject.account ?? 'of the caller'} allow ${action}: they are not in the snapshot.`);
  }
  if (target.arn !== '*' && target.held === undefined && !target.isKey) {
    assumptions.push(`${target.arn} has no policy of its own: it is not in the snapshot.`);
    if (target.account === undefined && relation === 'same-account')
      assumptions.push(`${target.arn} belongs to the caller's account: its ARN does not say.`);
  }
  return assumptions;
}

function relationOf<T>({ subject }: Question<T>, target: Target): LayerScope['relation'] {
  if (subject.kind === 'service' || subject.kind === 'federated' || subject.kind === 'anonymous') return subject.kind;
  return target.account === undefined || subject.account === target.account ? 'same-account' : 'cross-account';
}
