import type { Cause, ConditionTest, PolicyText } from '../../model/index.js';
import { type Algebra, allOf } from '../algebra.js';
import { operatorNamed } from '../policy/operators.js';
import type { Piece } from '../text/glob.js';
import { piecesOf, readTemplate, type Template } from '../text/template.js';
import type { ContextTruth, ValueSet } from './context-truth.js';
import { dateTest, type Elementary, ipTest, numericTest, textTest } from './elementary.js';
import { canonicalKey } from './keys.js';

/** A condition test with its constants read once. Values with policy variables are read for each request. */
export interface CompiledCondition {
  readonly test: ConditionTest;
  /** Lower-cased. */
  readonly key: string;
  readonly family: NonNullable<ReturnType<typeof operatorNamed>>['family'];
  readonly negated: boolean;
  /** Tests of the constant values. */
  readonly constants: readonly Elementary[];
  /** Values with policy variables. */
  readonly templates: readonly Template[];
  /** Values that can't be known: within what their known parts allow, whether they match is free. */
  readonly unknowns: readonly { readonly id: string; readonly cause: Cause; readonly atMost: Elementary }[];
  /** For `Null`: which of `true` and `false` are among the values. */
  readonly nulls?: { readonly missing: boolean; readonly there: boolean };
}

export function compileCondition(test: ConditionTest, version: '2012-10-17' | '2008-10-17', name: string): CompiledCondition | Cause {
  const operator = operatorNamed(test.operator);
  if (operator === undefined) return { words: `the condition operator ${test.operator}, which AWS does not document`, kind: 'unverified' };
  const escapes = version === '2012-10-17' ? 'escapes' : 'verbatim';
  const constants: Elementary[] = [];
  const templates: Template[] = [];
  const unknowns: { id: string; cause: Cause; atMost: Elementary }[] = [];
  test.values.forEach((value: PolicyText, index) => {
    if (value.unknown !== undefined) {
      unknowns.push({
        id: `${name}#${test.key}#${index}:${value.text}`,
        cause: value.unknown,
        atMost: textTest(value.text, 'like', 'verbatim'),
      });
      return;
    }
    // Variables work in String, Arn and Bool values only [IAM guide: Variables and tags].
    const template = version === '2012-10-17' && substitutes(operator.family) ? readTemplate(value.text) : undefined;
    if (template !== undefined) templates.push(template);
    else {
      // aws:EpochTime, a number, is the same clock as aws:CurrentTime, a date.
      const family = operator.family === 'numeric' && canonicalKey(test.key) === 'aws:currenttime' ? 'date' : operator.family;
      const elementary = elementaryOf(family, value.text, operator.relation, escapes);
      if (elementary?.glob?.tooShort !== true) {
        if (elementary !== undefined) constants.push(elementary);
      } else if (elementary.glob.literal === undefined) {
        // Too few segments: the documentation compares six parts; live AWS is known to let some through.
        const words = `the pattern ${value.text}, which is no full ARN`;
        unknowns.push({ id: `C5:${value.text}`, cause: { words, kind: 'unverified' }, atMost: textTest(value.text, 'like', escapes) });
      }
    }
  });
  return {
    test,
    key: test.key.toLowerCase(),
    family: operator.family,
    negated: operator.negated,
    constants,
    templates,
    unknowns,
    ...(operator.family === 'null' ? { nulls: { missing: has(test.values, 'true'), there: has(test.values, 'false') } } : {}),
  };
}

function has(values: readonly PolicyText[], text: string): boolean {
  return values.some((value) => value.unknown === undefined && value.text.toLowerCase() === text);
}

function substitutes(family: CompiledCondition['family']): boolean {
  return family === 'string' || family === 'string-folded' || family === 'pattern' || family === 'arn' || family === 'bool';
}

function elementaryOf(
  family: CompiledCondition['family'],
  text: string | readonly Piece[],
  relation: Elementary['relation'],
  escapes: 'escapes' | 'verbatim',
): Elementary | undefined {
  const whole = typeof text === 'string' ? text : text.map((piece) => piece.text).join('');
  switch (family) {
    case 'string':
    case 'binary':
      return textTest(whole, 'exact', 'verbatim');
    case 'string-folded':
      return textTest(whole, 'folded', 'verbatim');
    case 'bool':
      return /^(true|false)$/i.test(whole) ? textTest(whole.toLowerCase(), 'exact', 'verbatim') : undefined;
    case 'pattern':
      return textTest(text, 'like', escapes);
    case 'arn':
      return textTest(text, 'arn', escapes);
    case 'numeric':
      return numericTest(whole, relation ?? '=');
    case 'date':
      return dateTest(whole, relation ?? '=');
    case 'ip':
      return ipTest(whole);
    case 'null':
      return undefined;
  }
}

/** All operators and all keys of a statement's Condition must hold [IAM guide: Multiple context keys or values]. */
export function conditionsHold<T>(algebra: Algebra<T>, context: ContextTruth<T>, conditions: readonly CompiledCondition[]): T {
  return allOf(algebra, conditions, (condition) => holds(algebra, context, condition));
}

function holds<T>(algebra: Algebra<T>, context: ContextTruth<T>, condition: CompiledCondition): T {
  const { key, test } = condition;
  if (condition.family === 'null') return missing(algebra, context, condition);
  const plain = matched(algebra, context, condition);
  const tested = test.ifExists ? algebra.or(algebra.not(context.present(key)), plain) : plain;
  if (test.values.length > 0) return tested;
  // Never matched or left aside, the pages do not say.
  return algebra.or(tested, context.free('C14', { words: `a test of ${test.key} without values`, kind: 'unverified' }));
}

function missing<T>(algebra: Algebra<T>, context: ContextTruth<T>, { key, test, nulls, unknowns }: CompiledCondition): T {
  const empty = context.value(key) === '';
  const there = empty
    ? context.free(`C13:${key}`, { words: `whether ${test.key} with an empty value counts as missing`, kind: 'unverified' })
    : context.present(key);
  const wanted = algebra.or(nulls?.missing === true ? algebra.not(there) : algebra.never, nulls?.there === true ? there : algebra.never);
  return unknowns.reduce((any, { id, cause }) => algebra.or(any, context.free(id, cause)), wanted);
}

function matched<T>(algebra: Algebra<T>, context: ContextTruth<T>, condition: CompiledCondition): T {
  const { key, test, negated } = condition;
  const tests = [...condition.constants];
  let free = algebra.never;
  for (const template of condition.templates) {
    const filled = piecesOf(template, (variable) => (context.multivalued(variable) ? 'absent' : context.value(variable)));
    if (filled.kind === 'text') {
      const elementary = elementaryOf(condition.family, filled.pieces, undefined, 'escapes');
      if (elementary !== undefined && elementary.glob?.tooShort !== true) tests.push(elementary);
    } else if (filled.kind === 'unsure') {
      const id = `variable:${key}:${test.operator}:${template.source}`;
      free = algebra.or(free, context.free(id, { words: `the value of \${${filled.variable}}`, kind: 'policy-variable' }));
    }
    // A variable without a value and without a default matches nothing: negated operators then hold.
  }
  for (const unknown of condition.unknowns) {
    const could = context.some(key, { tests: [unknown.atMost], negated: false });
    free = algebra.or(free, algebra.and(could, context.free(unknown.id, unknown.cause)));
  }

  const values: ValueSet = { tests, negated };
  const present = context.present(key);
  // An unknown constant may match the key's value, if the key is there.
  const widened = (certain: T): T =>
    negated ? algebra.and(certain, algebra.not(algebra.and(present, free))) : algebra.or(certain, algebra.and(present, free));
  if (test.set === 'ForAllValues') return widened(context.every(key, values));
  if (test.set === 'ForAnyValue') return widened(context.some(key, values));
  const any = context.some(key, { tests, negated: false });
  const single = widened(negated ? algebra.not(any) : any);
  if (!context.multivalued(key)) return single;
  // A multivalued key without a set operator: AWS asks for one and does not say what happens otherwise.
  const reading = context.free(`C12:${key}`, {
    words: `${test.key} without ForAllValues or ForAnyValue, whose meaning AWS leaves open`,
    kind: 'unverified',
  });
  const other = widened(negated ? context.some(key, values) : context.every(key, values));
  return algebra.or(algebra.and(reading, single), algebra.and(algebra.not(reading), other));
}
