import { type Cause, type Open, OpenValue, type Path, type Reference, type Resource, type TextPart, type Value } from '../model/index.js';
import { causesOf, failsAt, HOLDS, mergeCauses, type Outcome, openAt } from './outcome.js';
import type { RuleContext } from './rule.js';
import type { KeyManager, SchemaObject } from './schema.js';

/** Who manages the KMS key that a value names; `none` where it names no key, a list of causes where it can't be said. */
export type ManagedBy = { readonly manager: KeyManager | 'none' } | { readonly because: readonly Cause[] };

const CUSTOMER: ManagedBy = { manager: 'customer' };
const AWS_MANAGED: ManagedBy = { manager: 'aws-managed' };
const KEY_TYPES = new Set(['AWS::KMS::Key', 'AWS::KMS::ReplicaKey']);

/**
 * The manager of the key behind a key reference. A key id or a key's ARN alone proves nothing: keys managed by AWS have them, too.
 * Names below `alias/aws/` are reserved for keys managed by AWS [KMS guide: Aliases], so every other alias is a customer's.
 */
export function keyManager(value: Value, context: RuleContext): ManagedBy {
  if (typeof value === 'string') return ofText([value], context);
  if (!(value instanceof OpenValue)) return { because: [{ words: 'a key reference of an unexpected shape', kind: 'unresolved' }] };
  const open = value as Open;
  switch (open.kind) {
    case 'reference':
      return ofReference(open, context);
    case 'text':
      return ofText(open.parts, context);
    case 'choice':
      return agreed([keyManager(open.then, context), keyManager(open.otherwise, context)], open);
    case 'unknown': {
      const { values, prefix } = open.domain;
      if (values !== undefined && values.length > 0)
        return agreed(
          values.map((one) => keyManager(one, context)),
          open,
        );
      return prefix === undefined ? { because: causesOf(open) } : ofText([prefix, open], context);
    }
    case 'absent':
      return { manager: 'none' };
    case 'dynamic-reference':
      return { because: causesOf(open) };
  }
}

function agreed(answers: readonly ManagedBy[], open: Open): ManagedBy {
  const [first] = answers;
  if (first !== undefined && 'manager' in first && answers.every((answer) => 'manager' in answer && answer.manager === first.manager))
    return first;
  const because = mergeCauses(...answers.map((answer) => ('because' in answer ? answer.because : [])));
  return { because: because.length > 0 ? because : causesOf(open) };
}

function ofReference(reference: Reference, context: RuleContext): ManagedBy {
  const target = context.resource(reference.target);
  if (target === undefined) return { because: causesOf(reference) };
  return ofKey(target) ?? { because: causesOf(reference) };
}

/** A live key tells its manager; a key or alias that a source makes is its author's. */
function ofKey(resource: Resource): ManagedBy | undefined {
  if (resource.type === 'AWS::KMS::Alias') return CUSTOMER;
  if (!KEY_TYPES.has(resource.type)) return undefined;
  return resource.observed.KeyManager === 'AWS' ? AWS_MANAGED : CUSTOMER;
}

function ofText(parts: readonly TextPart[], context: RuleContext): ManagedBy {
  const text = parts.map((part) => (typeof part === 'string' ? part : '\0')).join('');
  if (text === '') return { manager: 'none' };
  // Some types take this word where others take a key [Aurora DSQL: KmsEncryptionKey; Keyspaces: EncryptionType].
  if (/^AWS_OWNED(?:_KMS)?_KEY$/.test(text)) return { manager: 'aws-owned' };
  const alias = /(?:^|:)alias\/([\s\S]*)$/.exec(text)?.[1];
  if (alias !== undefined) {
    if (alias.startsWith('aws/')) return AWS_MANAGED;
    const [literal = '', ...unknown] = alias.split('\0');
    if (unknown.length === 0 || !'aws/'.startsWith(literal)) return CUSTOMER;
  }
  for (const part of parts) {
    const key = typeof part === 'object' && part.kind === 'reference' ? context.resource(part.target) : undefined;
    const manager = key === undefined ? undefined : ofKey(key);
    if (manager !== undefined) return manager;
  }
  const listed = text.includes('\0') ? undefined : keyNamed(text, context);
  if (listed !== undefined) return ofKey(listed) ?? CUSTOMER;
  const open = mergeCauses(...parts.map((part) => (typeof part === 'string' ? [] : causesOf(part))));
  if (open.length > 0) return { because: open };
  return {
    because: [
      {
        words: 'a key id or key ARN, which does not tell who manages the key',
        settle: 'refer to the key in the template or by its alias, or scan the account that holds the key',
        kind: 'key-id',
      },
    ],
  };
}

function keyNamed(text: string, context: RuleContext): Resource | undefined {
  const id = text.slice(text.lastIndexOf('/') + 1);
  return context.ofType('AWS::KMS::Key').find(({ address }) => address === text || address.endsWith(`:key/${id}`));
}

/** The keyword `keyManager`. */
export function judgeKeyManager(schema: SchemaObject, value: Value, path: Path, context: RuleContext): Outcome {
  const admitted: readonly string[] = schema.keyManager ?? [];
  const answer = keyManager(value, context);
  if ('because' in answer) return openAt(path, answer.because, value);
  return admitted.includes(answer.manager) ? HOLDS : failsAt(path, value);
}
