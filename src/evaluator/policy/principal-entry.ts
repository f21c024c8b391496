import type { PolicyText, PrincipalEntry } from '../../model/index.js';

/** An account by number, or, before deployment, by the symbol that stands for it. */
const ACCOUNT = /^(?:\d{12}|\uE000[^\uE001]*\uE001)$/;
const ROOT = /^arn:[^:]+:iam::([^:]+):root$/;
const IDENTITY = /^arn:[^:]+:(?:iam|sts)::[^:]+:(?:user|role|assumed-role|federated-user)\/.+$/s;
/** Prefixes of unique ids [IAM guide: IAM identifiers]. */
const UNIQUE_ID = /^(?:AIDA|AROA|AGPA|AIPA|ANPA|ANVA|APKA|ASCA)[A-Z0-9]{12,}$/;

/**
 * An entry of `Principal.AWS` [IAM guide: AWS JSON policy elements: Principal]. Undefined where AWS would refuse it.
 * A wildcard inside an ARN is kept as it is: it names nobody.
 */
export function awsPrincipal(entry: PolicyText): PrincipalEntry | undefined {
  const { text, unknown } = entry;
  if (unknown !== undefined) {
    // The account of an otherwise unknown principal is worth nothing on its own: it could be any of that account.
    return { kind: 'unknown', cause: unknown };
  }
  if (text === '*') return { kind: 'any-aws' };
  if (ACCOUNT.test(text)) return { kind: 'account', account: text };
  const root = ROOT.exec(text);
  if (root?.[1] !== undefined) return { kind: 'account', account: root[1] };
  if (IDENTITY.test(text)) return { kind: 'arn', arn: text };
  if (UNIQUE_ID.test(text)) return { kind: 'unique-id', id: text };
  return undefined;
}

export function typedPrincipal(type: string, entry: PolicyText): PrincipalEntry | undefined {
  if (type === 'AWS') return awsPrincipal(entry);
  if (entry.unknown !== undefined) return { kind: 'unknown', cause: entry.unknown };
  switch (type) {
    case 'Service':
      return { kind: 'service', service: entry.text };
    case 'Federated':
      return { kind: 'federated', provider: entry.text };
    case 'CanonicalUser':
      return { kind: 'canonical-user', id: entry.text };
    default:
      return undefined;
  }
}
