import { type DynamicReference, type Open, OpenValue, type Path, type TextPart, type Unknown, type Value } from '../model/index.js';
import { isPlaceholder } from '../secrets/index.js';
import { causesOf, failsAt, HOLDS, mergeCauses, type Outcome, openAt } from './outcome.js';
import type { RuleContext } from './rule.js';

/**
 * The keyword `notLiteralSecret`: whether a credential stays out of the source. Literal text is written down, and so is a
 * parameter's default; a parameter that is not masked shows the value to everyone who may describe the stack; a plain `ssm` reference
 * reads a String parameter, which is not encrypted.
 */
export function judgeLiteralSecret(value: Value, path: Path, context: RuleContext): Outcome {
  const truth = isKeptOut(value, context);
  if (truth === undefined) return openAt(path, openCauses(value), value);
  return truth ? HOLDS : failsAt(path, value);
}

/** Undefined where that can't be said. */
export function isKeptOut(value: Value, context: RuleContext): boolean | undefined {
  if (typeof value === 'string') return literalKeptOut(value);
  if (typeof value === 'number') return false;
  if (!(value instanceof OpenValue)) return true;
  const open = value as Open;
  switch (open.kind) {
    case 'dynamic-reference':
      return referenceKeptOut(open);
    case 'reference':
    case 'absent':
      return true;
    case 'choice': {
      const [then, otherwise] = [isKeptOut(open.then, context), isKeptOut(open.otherwise, context)];
      return then === otherwise ? then : undefined;
    }
    case 'unknown':
      return parameterKeptOut(open, context);
    case 'text':
      return partsKeptOut(open.parts, context);
  }
}

/** A reference may stand inside a longer text that no reader took apart. A placeholder (`<your-token>`) is still to be replaced. */
function literalKeptOut(text: string): boolean {
  return text === '' || isPlaceholder(text) || /\{\{resolve:(?:ssm-secure|secretsmanager):[^{}]+\}\}/.test(text);
}

function referenceKeptOut({ service }: DynamicReference): boolean {
  return service !== 'ssm';
}

function parameterKeptOut(unknown: Unknown, context: RuleContext): boolean | undefined {
  const variable = unknown.variable === undefined ? undefined : context.scope.variables.get(unknown.variable);
  if (variable === undefined || variable.type !== 'string') return undefined;
  if (typeof variable.default === 'string' && variable.default !== '' && !isPlaceholder(variable.default)) return false;
  return variable.masked;
}

/** What surrounds a secret may be plain; a text without any secret part is a guessable literal only if nothing in it is open. */
function partsKeptOut(parts: readonly TextPart[], context: RuleContext): boolean | undefined {
  const open = parts.filter((part) => typeof part !== 'string').map((part) => isKeptOut(part, context));
  if (open.includes(false)) return false;
  return open.includes(true) ? true : undefined;
}

function openCauses(value: Value): readonly ReturnType<typeof causesOf>[number][] {
  return value instanceof OpenValue ? mergeCauses(causesOf(value as Open)) : [];
}
