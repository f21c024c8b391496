import { Choice, type DynamicReference, isOpen, type TextPart, type Unknown, type Value } from '../../model/index.js';
import { isCredentialName, looksLikeSecret } from '../../secrets/index.js';
import { someCauseOf } from '../policy/cause.js';
import { partsOf } from '../policy/text.js';
import { open, type Truth } from '../policy/truth.js';
import type { RuleContext } from '../rule.js';

/** Whether a value shows a secret to whoever reads it, and what it is: "a password". The secret itself is never kept. */
export interface Exposure {
  readonly truth: Truth;
  readonly what: string;
}

const NOTHING: Exposure = { truth: false, what: '' };

/**
 * Whether a secret stands in clear text where `name` is given `value`: as a literal, or as something that CloudFormation resolves into
 * it at deployment. A choice exposes what either branch does, as both are written.
 */
export function exposureOf(name: string, value: Value, context: RuleContext): Exposure {
  if (typeof value === 'string' || typeof value === 'number') return literal(name, String(value));
  if (!isOpen(value)) return NOTHING;
  if (value.kind === 'choice') return worse(exposureOf(name, value.then, context), exposureOf(name, value.otherwise, context));
  const parts = partsOf(value);
  if (parts === undefined) return NOTHING;
  if (parts.length === 1) return ofPart(name, parts[0] ?? '', context);
  // Open parts read as a template's placeholders, so that only what is written out counts.
  const text = parts.map((part) => (typeof part === 'string' ? part : `\${open}`)).join('');
  return parts.reduce((found, part) => worse(found, typeof part === 'string' ? NOTHING : ofPart('', part, context)), literal(name, text));
}

/** The same for what is written out alone. */
export function literalExposureOf(name: string, value: Value): Exposure {
  if (value instanceof Choice) return worse(literalExposureOf(name, value.then), literalExposureOf(name, value.otherwise));
  const parts = partsOf(value) ?? [];
  return literal(name, parts.map((part) => (typeof part === 'string' ? part : `\${open}`)).join(''));
}

function literal(name: string, value: string): Exposure {
  const hit = looksLikeSecret(name, value);
  return hit === undefined ? NOTHING : { truth: true, what: hit.words };
}

function ofPart(name: string, part: TextPart, context: RuleContext): Exposure {
  if (typeof part === 'string') return literal(name, part);
  switch (part.kind) {
    case 'reference':
      return part.attribute === 'SecretAccessKey' ? { truth: true, what: 'a secret access key' } : NOTHING;
    case 'dynamic-reference':
      if (!fetchesSecret(part)) return NOTHING;
      return { truth: true, what: 'a secret that is resolved at deployment' };
    case 'unknown':
      return ofUnknown(name, part, context);
  }
}

/** A user name or host beside the password in the same secret is none; a plain ssm reference reads unencrypted text. */
export function fetchesSecret({ service, key }: DynamicReference): boolean {
  const field = /:SecretString:([^:]+)/.exec(key)?.[1] ?? '';
  return (
    service !== 'ssm' &&
    !/^(user(name)?|login|host(name)?|endpoint|address|port|engine|db(name|_name)?|database|schema|region|dbInstanceIdentifier|dbClusterIdentifier)$/i.test(
      field,
    )
  );
}

function ofUnknown(name: string, unknown: Unknown, context: RuleContext): Exposure {
  const variable = unknown.variable === undefined ? undefined : context.scope.variables.get(unknown.variable);
  if (variable?.masked === true) return { truth: true, what: 'the value of a NoEcho parameter' };
  const fallback = variable?.default;
  if (typeof fallback === 'string' && fallback !== '') return literal(name, fallback);
  if (!isCredentialName(name) || variable?.values !== undefined) return NOTHING;
  return { truth: open(someCauseOf(unknown)), what: 'what may be a secret' };
}

export function worse(a: Exposure, b: Exposure): Exposure {
  if (a.truth === true) return a;
  if (b.truth === true) return b;
  return a.truth === false ? b : a;
}
