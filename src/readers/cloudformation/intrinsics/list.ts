import { Absent, type Domain, isList, isMap, Text, type TextPart, textOf, Unknown, type Value } from '../../../model/index.js';
import type { SourceNode } from '../../source/node.js';
import { overChoices, withoutAbsentItems } from '../choice.js';
import { computed } from '../computed.js';
import { pseudoParameter } from '../pseudo-parameter.js';
import type { Env } from '../stack.js';
import { joined, scalarText, textWithin } from '../text.js';
import { splitCases } from '../variable.js';
import { malformed } from './reference.js';

const STRING: Domain = { type: 'string' };

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-join.html */
export function join(argument: Value, env: Env, node: SourceNode): Value {
  if (!isList(argument) || argument.length !== 2) return malformed('Fn::Join', '[delimiter, list]', env, node);
  const [delimiter, list] = argument as readonly [Value, Value]; // two items, as just asked
  if (typeof delimiter !== 'string') return computed('Fn::Join', argument, STRING);
  return overChoices([list], ([items]) => {
    if (!isList(items)) return computed('Fn::Join', [delimiter, items ?? null], STRING);
    return overChoices(items, (chosen) => {
      const parts = joined(
        chosen.filter((item) => !(item instanceof Absent)),
        delimiter,
      );
      return parts === undefined ? computed('Fn::Join', [delimiter, chosen], STRING) : textWithin(parts);
    });
  });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-select.html */
export function select(argument: Value, env: Env, node: SourceNode): Value {
  if (!isList(argument) || argument.length !== 2) return malformed('Fn::Select', '[index, list]', env, node);
  const [index, list] = argument as readonly [Value, Value]; // two items, as just asked
  return overChoices([splitCases(index, env.stack.reading), isList(list) ? withoutAbsentItems(list) : list], ([at, items]) => {
    const wanted = typeof at === 'string' && /^\d+$/.test(at) ? Number(at) : at;
    if (typeof wanted !== 'number' || !isList(items)) return computed('Fn::Select', [at ?? null, items ?? null], itemDomain(items));
    const item = items[wanted];
    return item === undefined ? new Unknown({ kind: 'unresolved', words: `item ${wanted} of a list of ${items.length}` }) : item;
  });
}

function itemDomain(items: Value | undefined): Domain {
  return items instanceof Unknown ? STRING : {};
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-split.html */
export function split(argument: Value, env: Env, node: SourceNode): Value {
  if (!isList(argument) || argument.length !== 2 || typeof argument[0] !== 'string' || argument[0] === '') {
    return malformed('Fn::Split', '[delimiter, string]', env, node);
  }
  const delimiter = argument[0];
  return overChoices([splitCases(argument[1] ?? '', env.stack.reading)], ([text]) => {
    if (typeof text === 'string') return text.split(delimiter);
    return (
      (text instanceof Text ? splitText(text, delimiter) : undefined) ??
      computed('Fn::Split', [delimiter, text ?? ''], { type: 'array', minItems: 1 })
    );
  });
}

/** A text can be split where its open parts are known not to hold the delimiter: pseudo parameters hold no `/`, `:` or `,`. */
function splitText(text: Text, delimiter: string): Value | undefined {
  if (!text.parts.every((part) => typeof part === 'string' || isPlainWord(part, delimiter))) return undefined;
  const items: TextPart[][] = [[]];
  for (const part of text.parts) {
    if (typeof part !== 'string') {
      items.at(-1)?.push(part);
      continue;
    }
    for (const [index, piece] of part.split(delimiter).entries()) {
      if (index > 0) items.push([]);
      items.at(-1)?.push(piece);
    }
  }
  return items.map(textOf);
}

const WORDS = new Set(['AWS::Region', 'AWS::AccountId', 'AWS::Partition']);

function isPlainWord(part: TextPart, delimiter: string): boolean {
  return part instanceof Unknown && WORDS.has(part.variable ?? '') && /^[:/,|;]+$/.test(delimiter);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-length.html */
export function length(argument: Value): Value {
  return overChoices([isList(argument) ? withoutAbsentItems(argument) : argument], ([list]) => {
    if (isList(list)) return list.length;
    return isMap(list) ? Object.keys(list).length : computed('Fn::Length', [list ?? null], { type: 'number' });
  });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-getavailabilityzones.html */
export function getAzs(argument: Value, env: Env): Value {
  // An empty Region is the one of the stack.
  const region = argument === '' ? (pseudoParameter('AWS::Region', env.stack) ?? '') : argument;
  return computed('Fn::GetAZs', [region], { type: 'array', minItems: 1 });
}

/**
 * `Fn::Base64` is kept as the text that it encodes: what matters of user data is what it says.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-base64.html
 */
export function base64(argument: Value): Value {
  return typeof argument === 'number' || typeof argument === 'boolean' ? scalarText(argument) : argument;
}
