import { isList, isMap, type TextPart, type Value, type ValueMap } from '../../../model/index.js';
import type { SourceNode } from '../../source/node.js';
import { overChoices } from '../choice.js';
import { computed } from '../computed.js';
import type { Env } from '../stack.js';
import { partsOf, scalarText, textWithin } from '../text.js';
import { attributeOf, malformed, refTo } from './reference.js';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html */
export function sub(argument: Value, env: Env, node: SourceNode): Value {
  if (typeof argument !== 'object' && argument !== null) return substitute(scalarText(argument), {}, env, node);
  if (isList(argument) && typeof argument[0] === 'string') {
    const variables = argument[1];
    if (argument.length <= 2 && (variables === undefined || isMap(variables))) return substitute(argument[0], variables ?? {}, env, node);
  }
  return malformed('Fn::Sub', 'a string, or a list of a string and a map of its variables', env, node);
}

function substitute(template: string, variables: ValueMap, env: Env, node: SourceNode): Value {
  const pieces: Value[] = [];
  let literal = '';
  let from = 0;
  for (const match of template.matchAll(/\$\{([^{}]*)\}/g)) {
    literal += template.slice(from, match.index);
    from = match.index + match[0].length;
    const name = (match[1] ?? '').trim();
    if (name === '') literal += match[0];
    else if (name.startsWith('!')) literal += `\${${name.slice(1)}}`;
    else {
      pieces.push(literal, variableValue(name, variables, env, node));
      literal = '';
    }
  }
  pieces.push(literal + template.slice(from));
  return overChoices(pieces, (parts) => {
    const text: TextPart[] = [];
    for (const part of parts) {
      const textParts = partsOf(part);
      if (textParts === undefined) return computed('Fn::Sub', pieces, { type: 'string' });
      text.push(...textParts);
    }
    return textWithin(text);
  });
}

function variableValue(name: string, variables: ValueMap, env: Env, node: SourceNode): Value {
  if (Object.hasOwn(variables, name)) return variables[name] ?? '';
  const dot = name.indexOf('.');
  return dot === -1 ? refTo(name, env, node) : attributeOf(name.slice(0, dot), name.slice(dot + 1), env, node);
}
