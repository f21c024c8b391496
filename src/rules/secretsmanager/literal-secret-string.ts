import { Choice, isMap, Unknown, type Value } from '../../model/index.js';
import { isCredentialName, isPlaceholder, looksLikeSecret } from '../../secrets/index.js';
import { someCauseOf } from '../policy/cause.js';
import { type Problem, verdictsOf } from '../policy/problem.js';
import { partsOf } from '../policy/text.js';
import { any, open, type Truth } from '../policy/truth.js';
import type { Check, RuleContext } from '../rule.js';

/** A secret whose value the template gives away. */
export const check: Check = ({ properties }, context) => {
  const { SecretStringTemplate: template, GenerateStringKey: replaced } = isMap(properties.GenerateSecretString)
    ? properties.GenerateSecretString
    : {};
  const problems: Problem[] = [];
  if (properties.SecretString !== undefined) {
    problems.push({ truth: isWritten(properties.SecretString, context), path: ['SecretString'], secret: true });
  }
  if (template !== undefined) {
    problems.push({
      truth: secretFieldOf(shown(template), replaced) === true,
      path: ['GenerateSecretString', 'SecretStringTemplate'],
      secret: true,
    });
  }
  return verdictsOf(problems, 'not-applicable');
};

/** What either branch of a condition gives away is given away. */
function isWritten(value: Value, context: RuleContext): Truth {
  if (value instanceof Choice) return any([isWritten(value.then, context), isWritten(value.otherwise, context)]);
  const parts = partsOf(value) ?? [];
  const open = parts.map((part) => (part instanceof Unknown ? isShown(part, parts.length === 1 ? 'whole' : 'part', context) : false));
  return any([isSecretText(shown(value)), ...open]);
}

/** The text with placeholders for what is put in later. */
function shown(value: Value): string {
  const parts = partsOf(value) ?? [String(value)];
  return parts.map((part) => (typeof part === 'string' ? part : `\${open}`)).join('');
}

/** Whether a template parameter shows the value. In a longer text one may as well be a host name: its own name tells. */
function isShown(unknown: Unknown, extent: 'whole' | 'part', context: RuleContext): Truth {
  const parameter = unknown.variable === undefined ? undefined : context.scope.variables.get(unknown.variable);
  if (parameter === undefined) return extent === 'whole' ? open(someCauseOf(unknown)) : false;
  if (extent === 'part' && !isCredentialName(parameter.id.replace(/^parameter /, ''))) return false;
  const usual = String(parameter.default ?? '');
  return parameter.masked === false || (usual !== '' && !isPlaceholder(usual));
}

/** Of JSON the fields decide; any other text is the secret itself, unless it stands for one that is put in later. */
function isSecretText(text: string): boolean {
  return secretFieldOf(text) ?? looksLikeSecret('password', text) !== undefined;
}

/** Whether a field of a JSON object is a secret, but for the one that a generated value replaces; undefined for text that is none. */
function secretFieldOf(text: string, replaced?: Value): boolean | undefined {
  try {
    const fields: unknown = JSON.parse(text);
    if (typeof fields !== 'object') return undefined;
    return Object.entries(fields ?? {}).some(([name, field]) => name !== replaced && looksLikeSecret(name, String(field)) !== undefined);
  } catch {
    return undefined;
  }
}
