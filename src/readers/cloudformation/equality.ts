import {
  ALWAYS,
  Choice,
  DynamicReference,
  type Formula,
  isList,
  NEVER,
  Reference,
  type Scalar,
  sameValue,
  Text,
  type TextPart,
  Unknown,
  type Value,
} from '../../model/index.js';
import { identityOf } from './computed.js';
import { and, not, or } from './formula.js';
import type { Reading } from './reading.js';
import { scalarText } from './text.js';
import { compareWith, variableOf } from './variable.js';

/** When two values are equal, as `Fn::Equals` tells: case counts, and scalars compare by their text. */
export function equality(a: Value, b: Value, reading: Reading): Formula {
  if (a instanceof Choice) return byBranch(a, b, reading);
  if (b instanceof Choice) return byBranch(b, a, reading);
  if (isScalar(a) && isScalar(b)) return scalarText(a) === scalarText(b) ? ALWAYS : NEVER;
  if (isList(a) && isList(b)) {
    if (a.length !== b.length) return NEVER;
    return and(a.map((item, index) => equality(item, b[index] ?? null, reading)));
  }
  if (sameValue(a, b)) return ALWAYS;
  if (isScalar(b)) return equalsLiteral(a, scalarText(b), reading);
  if (isScalar(a)) return equalsLiteral(b, scalarText(a), reading);
  return equalsOpen(a, b, reading);
}

function byBranch(choice: Choice, other: Value, reading: Reading): Formula {
  const then = equality(choice.then, other, reading);
  const otherwise = equality(choice.otherwise, other, reading);
  return or([and([choice.when, then]), and([not(choice.when), otherwise])]);
}

function equalsLiteral(value: Value, literal: string, reading: Reading): Formula {
  if (value instanceof Unknown) return unknownEquals(value, literal, reading);
  if (value instanceof Text) return textEquals(value.parts, literal, reading);
  if (value instanceof Reference || value instanceof DynamicReference) return free(value, literal, reading);
  return NEVER;
}

function unknownEquals(value: Unknown, literal: string, reading: Reading): Formula {
  const { values, excludes, prefix, suffix, type } = value.domain;
  if (type === 'array' || type === 'object') return NEVER;
  if (values !== undefined && !values.some((admitted) => isScalar(admitted) && scalarText(admitted) === literal)) return NEVER;
  if (excludes?.some((excluded) => sameValue(excluded, literal))) return NEVER;
  if (prefix !== undefined && !literal.startsWith(prefix)) return NEVER;
  if (suffix !== undefined && !literal.endsWith(suffix)) return NEVER;
  const variable = variableOf(value, reading);
  if (variable === undefined) return free(value, literal, reading);
  compareWith(reading, variable.id, literal);
  return { op: 'is', variable: variable.id, value: literal };
}

/** A text equals a literal when its open part equals what its literal parts leave over; with several open parts it can't be told. */
function textEquals(parts: readonly TextPart[], literal: string, reading: Reading): Formula {
  const first = parts[0];
  const last = parts.at(-1);
  const head = typeof first === 'string' ? first : '';
  const tail = typeof last === 'string' ? last : '';
  if (literal.length < head.length + tail.length || !literal.startsWith(head) || !literal.endsWith(tail)) return NEVER;
  const open = parts.filter((part) => typeof part !== 'string');
  const only = open[0];
  if (open.length !== 1 || only === undefined) return free(new Text(parts), literal, reading);
  return equalsLiteral(only, literal.slice(head.length, literal.length - tail.length), reading);
}

function equalsOpen(a: Value, b: Value, reading: Reading): Formula {
  const left = variableOf(a, reading);
  const right = variableOf(b, reading);
  if (left?.values !== undefined && right?.values !== undefined && left.values.length * right.values.length <= 64) {
    const common = left.values.filter((value) => right.values?.some((other) => sameValue(value, other)));
    return or(common.map((value) => and([isValue(left.id, value), isValue(right.id, value)])));
  }
  return free(a, b, reading);
}

function isValue(variable: string, value: Value): Formula {
  return isScalar(value) ? { op: 'is', variable, value } : NEVER;
}

/** A comparison nothing is known of; the same comparison is the same test wherever it is made. */
function free(a: Value, b: Value, reading: Reading): Formula {
  const sides = [identityOf(a), identityOf(b)];
  if (sides[0] === undefined || sides[1] === undefined) {
    reading.anonymous += 1;
    return { op: 'free', id: `comparison ${reading.anonymous}`, words: 'a comparison of values that only deployment tells' };
  }
  const [left, right] = [sides[0], sides[1]].sort();
  return { op: 'free', id: `${left} = ${right}`, words: `${words(a)} equals ${words(b)}` };
}

function words(value: Value): string {
  if (value instanceof Unknown) return value.reason.words;
  return isScalar(value) ? JSON.stringify(value) : 'a value that only deployment tells';
}

function isScalar(value: Value): value is Scalar {
  return typeof value !== 'object' || value === null;
}
