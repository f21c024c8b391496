import {
  Absent,
  type Domain,
  isList,
  isOpen,
  type Scalar,
  type Span,
  textOf,
  Unknown,
  type UnknownReason,
  type Value,
  type VariableId,
} from '../../model/index.js';
import type { MapNode, SourceNode } from '../source/node.js';
import { mapLeaves } from './choice.js';
import { computed } from './computed.js';
import { withDynamicReferences } from './dynamic-reference.js';
import { type DraftVariable, type Reading, report, type SourceFile } from './reading.js';
import type { Entry } from './stack.js';
import { joined, scalarText } from './text.js';

/** A parameter as the template declares it. */
export interface DeclaredParameter {
  readonly name: string;
  readonly node: MapNode;
  readonly type: string;
  readonly keySpan: Span;
  readonly file: SourceFile;
}

export function parameterId(path: string, name: string): VariableId {
  return `parameter ${path}${name}`;
}

/** What is known of a parameter: its given value, else an Unknown over the values it admits. */
export function parameterValue(parameter: DeclaredParameter, path: string, reading: Reading): Value {
  const given = path === '' ? reading.options.parameters.get(parameter.name) : undefined;
  if (given !== undefined && !isStoreName(parameter.type)) {
    checkAllowed(parameter, given, reading);
    return typed(given, parameter.type);
  }
  const fallback = defaultOf(parameter);
  // Nobody but the parent template can give a nested stack its parameters, so there a default is certain.
  if (path !== '' && fallback !== undefined && !isStoreName(parameter.type)) return fallback;
  return unknownParameter(parameter, path, fallback, reading);
}

/** A value that a parent template passes, in the form that its parameter's type has. */
export function passedValue(parameter: DeclaredParameter, value: Value, reading: Reading, path: string): Value {
  if (isStoreName(parameter.type)) return unknownParameter(parameter, path, undefined, reading);
  return mapLeaves(value, (leaf) => {
    if (leaf instanceof Absent) return parameterValue(parameter, path, reading);
    if (typeof leaf !== 'object' || leaf === null) return typed(scalarText(leaf), parameter.type);
    if (isListType(parameter.type)) return isTextual(leaf) ? computed('Fn::Split', [',', leaf], { type: 'array', minItems: 1 }) : leaf;
    const parts = isList(leaf) ? joined(leaf, ',') : undefined;
    return parts === undefined ? leaf : textOf(parts);
  });
}

function isTextual(value: Value): boolean {
  return isOpen(value) && !(value instanceof Unknown && value.domain.type === 'array');
}

function unknownParameter(parameter: DeclaredParameter, path: string, fallback: Value | undefined, reading: Reading): Unknown {
  const { name, node, type } = parameter;
  const id = parameterId(path, name);
  const words = `parameter ${path}${name}`;
  const settle = path === '' ? `pass --parameters ${name}=VALUE` : `pass ${name} in the parent template`;
  const valueType = isListType(type) ? 'array' : 'string';
  const stored = isStoreName(type);
  const allowed = stored ? undefined : allowedValues(node, type);
  const draft: DraftVariable = {
    id,
    words,
    type: valueType,
    compared: new Set(),
    settle,
    ...(allowed === undefined ? {} : { values: allowed }),
    ...(fallback === undefined || stored ? {} : { default: fallback }),
    masked: isNoEcho(node),
  };
  reading.variables.set(id, draft);
  return new Unknown(reasonOf(words, settle, stored, fallback), domainOf(node, type, valueType, allowed), id);
}

function reasonOf(words: string, settle: string, stored: boolean, fallback: Value | undefined): UnknownReason {
  if (stored) return { kind: 'parameter', words: `${words}, whose value is kept in Parameter Store` };
  return { kind: 'parameter', words: fallback === undefined ? `${words}, which has no default` : words, settle };
}

function domainOf(node: MapNode, type: string, valueType: 'array' | 'string', allowed: readonly Value[] | undefined): Domain {
  if (valueType === 'array') return { type: 'array', ...(type.startsWith('List<AWS::') ? { minItems: 1 } : {}) };
  const prefix = patternPrefix(node);
  const nonEmpty = type.startsWith('AWS::') || Number(scalarAt(node, 'MinLength') ?? 0) >= 1 || (prefix ?? '') !== '';
  return {
    type: 'string',
    ...(allowed === undefined ? {} : { values: allowed }),
    ...(nonEmpty ? { excludes: [''] } : {}),
    ...(prefix === undefined ? {} : { prefix }),
  };
}

/** The literal text that an anchored AllowedPattern begins with; a pattern with alternatives or a quantifier there tells nothing. */
function patternPrefix(node: MapNode): string | undefined {
  const pattern = scalarAt(node, 'AllowedPattern');
  if (typeof pattern !== 'string' || pattern.includes('|')) return undefined;
  const literal = /^\^?((?:[A-Za-z0-9:/_ -]|\\[./-])+)/.exec(pattern);
  if (literal?.[1] === undefined) return undefined;
  const next = pattern[literal[0].length];
  const quantified = next === '?' || next === '*' || next === '{' || next === '+';
  const text = literal[1].replaceAll('\\', '');
  return (quantified ? text.slice(0, -1) : text) || undefined;
}

/** `AWS::SSM::Parameter::Value<…>`: what is given is the name of a stored parameter, not the value. */
function isStoreName(type: string): boolean {
  return type.startsWith('AWS::SSM::Parameter::Value<');
}

function isListType(type: string): boolean {
  const inner = /^AWS::SSM::Parameter::Value<(.*)>$/.exec(type)?.[1] ?? type;
  return inner === 'CommaDelimitedList' || inner.startsWith('List<');
}

/** A parameter's text as its type reads it: a list at its commas. */
function typed(text: string, type: string): Value {
  if (isListType(type)) return text === '' ? [] : text.split(',').map((item) => withDynamicReferences(item.trim()));
  return withDynamicReferences(text);
}

function defaultOf({ node, type }: DeclaredParameter): Value | undefined {
  const written = node.byKey.get('Default')?.value;
  if (written === undefined) return undefined;
  if (written.kind === 'scalar') return typed(textOfNode(written), type);
  if (written.kind === 'list') return typed(written.items.map((item) => (item.kind === 'scalar' ? textOfNode(item) : '')).join(','), type);
  return undefined;
}

function allowedValues(node: MapNode, type: string): readonly Value[] | undefined {
  const written = node.byKey.get('AllowedValues')?.value;
  if (written?.kind !== 'list' || isListType(type)) return undefined;
  const texts = written.items.filter((item) => item.kind === 'scalar').map(textOfNode);
  return texts.length === 0 ? undefined : [...new Set(texts)];
}

function textOfNode(node: SourceNode & { readonly kind: 'scalar' }): string {
  return typeof node.value === 'number' ? node.source : scalarText(node.value);
}

export function isNoEcho(node: MapNode): boolean {
  return String(scalarAt(node, 'NoEcho')).toLowerCase() === 'true';
}

function scalarAt(node: MapNode, key: string): Scalar | undefined {
  const value = node.byKey.get(key)?.value;
  return value?.kind === 'scalar' ? value.value : undefined;
}

/** No output may show a NoEcho parameter's default or allowed values. */
export function maskSecret({ node, file }: DeclaredParameter): void {
  if (!isNoEcho(node)) return;
  for (const key of ['Default', 'AllowedValues']) {
    const value = node.byKey.get(key)?.value;
    if (value !== undefined) mask(value, file);
  }
}

/** Masks every scalar in a piece of template. */
export function mask(node: SourceNode, file: SourceFile): void {
  switch (node.kind) {
    case 'scalar':
      if (node.end > node.start) file.masked.push({ start: node.start, end: node.end });
      return;
    case 'list':
      for (const item of node.items) mask(item, file);
      return;
    case 'map':
      for (const { value } of node.entries) mask(value, file);
  }
}

function checkAllowed(parameter: DeclaredParameter, given: string, reading: Reading): void {
  const allowed = allowedValues(parameter.node, parameter.type);
  if (allowed === undefined || allowed.includes(given)) return;
  const span = parameter.node.byKey.get('AllowedValues')?.keySpan ?? parameter.node;
  report(reading, parameter.file, span, {
    level: 'error',
    code: 'parameter-not-allowed',
    message: `The value given for parameter ${parameter.name} is not one of its AllowedValues.`,
    help: 'Pass one of the allowed values.',
  });
}

/** The declarations of a template's Parameters section that are well-formed; the others are reported. */
export function declaredParameters(entries: readonly Entry[], reading: Reading): readonly DeclaredParameter[] {
  const found: DeclaredParameter[] = [];
  for (const { key, keySpan, value, env } of entries) {
    if (value.kind === 'map') {
      const type = scalarAt(value, 'Type');
      found.push({ name: key, node: value, type: typeof type === 'string' ? type : 'String', keySpan, file: env.file });
      continue;
    }
    report(reading, env.file, keySpan, {
      level: 'error',
      code: 'template-shape',
      message: `Parameter ${key} is not a map.`,
      help: 'Give it a Type, as in "Type: String".',
    });
  }
  return found;
}
