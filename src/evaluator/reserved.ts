import type { Target } from './target.js';

/** Changes of a role that AWS lets nobody but the owning service make to a service-linked role [IAM guide: Service-linked roles]. */
const ROLE_READS = /^iam:(?:get|list|simulate|generate)/;
const ROLE_EXCEPTIONS: ReadonlySet<string> = new Set(['iam:passrole', 'iam:createservicelinkedrole', 'iam:deleteservicelinkedrole']);
const ALIAS_CHANGES: ReadonlySet<string> = new Set(['kms:createalias', 'kms:updatealias', 'kms:deletealias']);

/** What no policy can allow: AWS keeps it to itself. */
export function isReserved(action: string, target: Target): boolean {
  const lower = action.toLowerCase();
  // [KMS guide: Aliases in AWS KMS]
  if (ALIAS_CHANGES.has(lower)) return /^arn:[^:]+:kms:[^:]*:[^:]*:alias\/aws\//.test(target.arn);
  if (!lower.startsWith('iam:') || ROLE_READS.test(lower)) return false;
  // [IAM guide: Managed policies and inline policies]
  if (/^arn:[^:]+:iam::aws:policy\//.test(target.arn)) return lower.includes('policy') && !/^iam:(?:attach|detach|put)/.test(lower);
  if (ROLE_EXCEPTIONS.has(lower)) return false;
  return /^arn:[^:]+:iam::[^:]*:role\/(?:aws-service-role|aws-reserved)\//.test(target.arn);
}
