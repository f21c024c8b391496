import { DynamicReference, type Text, type TextPart, textOf, type Value } from '../../model/index.js';

const OPENING = '{{resolve:';
const SERVICES = ['ssm-secure', 'ssm', 'secretsmanager'] as const;

/**
 * Dynamic references in a string or text, told from the literal text around them.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function withDynamicReferences(value: string): Value;
export function withDynamicReferences(value: Text): Value;
export function withDynamicReferences(value: string | Text): Value {
  if (typeof value === 'string') return value.includes(OPENING) ? textOf(recognised([value])) : value;
  if (!value.parts.some((part) => typeof part === 'string' && part.includes(OPENING))) return value;
  return textOf(recognised(value.parts));
}

function recognised(parts: readonly TextPart[]): readonly TextPart[] {
  const found: TextPart[] = [];
  let pending: TextPart[] | undefined;
  for (const part of parts) {
    if (typeof part !== 'string') {
      (pending ?? found).push(part);
      continue;
    }
    let rest = part;
    while (rest !== '') {
      if (pending === undefined) {
        const start = rest.indexOf(OPENING);
        if (start === -1) {
          found.push(rest);
          break;
        }
        found.push(rest.slice(0, start));
        pending = [];
        rest = rest.slice(start + OPENING.length);
        continue;
      }
      const end = rest.indexOf('}}');
      pending.push(end === -1 ? rest : rest.slice(0, end));
      if (end === -1) break;
      found.push(...reference(pending));
      pending = undefined;
      rest = rest.slice(end + 2);
    }
  }
  return pending === undefined ? found : [...found, OPENING, ...pending];
}

/** `secretsmanager:`, the key's parts: the reference; as it was where the service is none of CloudFormation's. */
function reference(inner: readonly TextPart[]): readonly TextPart[] {
  const head = inner[0];
  const service = typeof head === 'string' ? SERVICES.find((name) => head.startsWith(`${name}:`)) : undefined;
  if (typeof head !== 'string' || service === undefined) return [OPENING, ...inner, '}}'];
  const keyParts = [head.slice(service.length + 1), ...inner.slice(1)].filter((part) => part !== '');
  const key = keyParts.map(shown).join('');
  const open = keyParts.some((part) => typeof part !== 'string');
  return [new DynamicReference(service, key, `${OPENING}${service}:${key}}}`, ...(open ? [keyParts] : []))];
}

/** How an open part is written in the text of a reference. */
function shown(part: TextPart): string {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'unknown':
      return `\${${part.variable ?? part.reason.words}}`;
    case 'reference':
      return `\${${part.target.slice(part.target.indexOf('#') + 1)}${part.attribute === 'Ref' ? '' : `.${part.attribute}`}}`;
    case 'dynamic-reference':
      return part.text;
  }
}
