import { isMap, type Value } from '../../model/index.js';
import { isCredentialName, looksLikeSecret } from '../../secrets/index.js';
import { someCauseOf } from '../policy/cause.js';
import { type Problem, verdictsOf } from '../policy/problem.js';
import { partsOf } from '../policy/text.js';
import { open, type Truth } from '../policy/truth.js';
import type { Check, RuleContext } from '../rule.js';

/** A secret whose value the template gives away. */
export const check: Check = ({ properties }, context) => {
  const generated = isMap(properties.GenerateSecretString) ? properties.GenerateSecretString.SecretStringTemplate : undefined;
  const problems: Problem[] = [];
  if (properties.SecretString !== undefined) {
    problems.push({ truth: isWritten(properties.SecretString, context), path: ['SecretString'], secret: true });
  }
  if (generated !== undefined) {
    const holdsSecret = typeof generated === 'string' && secretFieldOf(generated) === true;
    problems.push({ truth: holdsSecret, path: ['GenerateSecretString', 'SecretStringTemplate'], secret: true });
  }
  return verdictsOf(problems, 'not-applicable');
};

function isWritten(value: Value, context: RuleContext): Truth {
  if (typeof value === 'string') return isSecretText(value);
  if (typeof value === 'number') return true;
  const parts = partsOf(value);
  if (parts === undefined) return choiceIsWritten(value, context);
  if (parts.length > 1 && isSecretText(parts.map((part) => (typeof part === 'string' ? part : `\${open}`)).join(''))) return true;
  let answer: Truth = false;
  for (const part of parts) {
    if (typeof part === 'string' || part.kind !== 'unknown') continue;
    const parameter = part.variable === undefined ? undefined : context.scope.variables.get(part.variable);
    if (parts.length === 1 && parameter === undefined) answer = open(someCauseOf(value));
    // Within a longer text a parameter that is shown may as well be a user's name; what a name tells is for the parameter's own rules.
    const isWhole = parts.length === 1 || isCredentialName(parameter?.id.replace(/^parameter /, '') ?? '');
    if (parameter !== undefined && isWhole && (parameter.masked === false || hasDefault(parameter.default))) return true;
  }
  return answer;
}

function hasDefault(value: Value | undefined): boolean {
  return value !== undefined && value !== '';
}

function choiceIsWritten(value: Value, context: RuleContext): Truth {
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'choice') return false;
  const choice = value as Extract<Value, { readonly kind: 'choice' }>; // the one shape of that kind
  const [then, otherwise] = [isWritten(choice.then, context), isWritten(choice.otherwise, context)];
  return then === true || otherwise === true ? true : then === false ? otherwise : then;
}

/** Of JSON the fields decide; any other text is the secret itself, unless it stands for one that is put in later. */
function isSecretText(text: string): boolean {
  return secretFieldOf(text) ?? looksLikeSecret('password', text) !== undefined;
}

/** Whether a field of a JSON object is a secret; undefined for text that is none. */
function secretFieldOf(text: string): boolean | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    const fields: unknown = JSON.parse(text);
    if (typeof fields !== 'object' || fields === null) return undefined;
    return Object.entries(fields).some(([name, field]) => typeof field === 'string' && looksLikeSecret(name, field) !== undefined);
  } catch {
    return undefined;
  }
}
