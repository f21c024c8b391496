import { observedShapeOf, type Path, type PropertyShape, shapeOf } from '../model/index.js';
import { perhaps } from './nearest.js';
import type { RuleData } from './rule-data.js';
import { type Json, type JsonMap, parsePath } from './schema.js';

/** A path in a rule that can't be right: where in the rule's data, and what is wrong. */
export interface PathProblem {
  readonly path: Path;
  readonly message: string;
}

const ATTRIBUTES: PropertyShape = {
  type: 'object',
  properties: Object.fromEntries(
    ['Condition', 'CreationPolicy', 'DeletionPolicy', 'DependsOn', 'Metadata', 'UpdatePolicy', 'UpdateReplacePolicy'].map((name) => [
      name,
      { type: 'any' },
    ]),
  ),
};
const ANY: PropertyShape = { type: 'any' };

/** Checks every property that a rule names against the shapes of its types, so that a slip can't make it silent for ever. */
export function pathProblems(rule: RuleData): readonly PathProblem[] {
  const unknown = rule.resource.filter((type) => shapeOf(type) === undefined);
  if (unknown.length > 0)
    return unknown.map((type) => ({ path: ['resource'], message: `No resource schema or extension knows the type ${type}.` }));
  const problems: PathProblem[] = [];
  const shapes = sectionShapes(rule);
  if (shapes.length === 0) return [{ path: ['on'], message: `No extension declares observed facts of ${rule.resource.join(', ')}.` }];
  for (const field of ['when', 'must'] as const) {
    const schema = rule[field];
    if (schema !== undefined) walk(schema, shapes, [field], problems);
  }
  const properties = rule.fix.cloudformation?.Properties;
  if (properties !== undefined)
    walkPatch(
      properties,
      rule.resource.flatMap((type) => shapeOf(type) ?? []),
      ['fix', 'cloudformation', 'Properties'],
      problems,
    );
  return problems;
}

function sectionShapes(rule: RuleData): readonly PropertyShape[] {
  if (rule.on === 'attributes') return [ATTRIBUTES];
  return rule.resource.flatMap((type) => (rule.on === 'observed' ? observedShapeOf(type) : shapeOf(type)) ?? []);
}

/** Several types share a rule, so a name has to be known to one of them. */
function walk(schema: Json, shapes: readonly PropertyShape[], path: Path, problems: PathProblem[]): void {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return;
  for (const [keyword, value] of Object.entries(schema as JsonMap)) {
    const here = [...path, keyword];
    switch (keyword) {
      case 'properties':
        for (const [name, inner] of Object.entries(value as JsonMap))
          walk(inner, step(shapes, name, [...here, name], problems), [...here, name], problems);
        break;
      case 'at':
      case 'wherever':
        for (const [written, inner] of Object.entries(value as JsonMap)) {
          const reached = parsePath(written).reduce((at, name) => step(at, name, [...here, written], problems), shapes);
          walk(inner, reached, [...here, written], problems);
        }
        break;
      case 'required':
      case 'stated':
        for (const [index, name] of (value as readonly string[]).entries()) step(shapes, name, [...here, index], problems);
        break;
      case 'items':
      case 'contains':
        walk(value, step(shapes, '[]', here, problems), here, problems);
        break;
      case 'additionalProperties':
        walk(value, step(shapes, '*', here, problems), here, problems);
        break;
      case 'allOf':
      case 'anyOf':
      case 'oneOf':
        for (const [index, part] of (value as readonly Json[]).entries()) walk(part, shapes, [...here, index], problems);
        break;
      case 'not':
      case 'if':
      case 'then':
      case 'else':
        walk(value, shapes, here, problems);
        break;
      case 'const':
        literal(value, shapes, here, problems);
        break;
      case 'enum':
        if (Array.isArray(value))
          for (const [index, item] of (value as readonly Json[]).entries()) literal(item, shapes, [...here, index], problems);
        break;
      case 'pattern':
        if (!shapes.some(({ type }) => ['string', 'any', 'json'].includes(type)))
          problems.push({ path: here, message: `A pattern speaks of text, and this is ${kinds(shapes)}.` });
        break;
      default:
        break;
    }
  }
}

function step(shapes: readonly PropertyShape[], name: string, path: Path, problems: PathProblem[]): readonly PropertyShape[] {
  const reached = shapes.flatMap((shape) => stepInto(shape, name));
  if (reached.length > 0) return reached;
  problems.push({ path, message: stepWords(shapes, name) });
  return [ANY];
}

function stepInto(shape: PropertyShape, name: string): readonly PropertyShape[] {
  switch (shape.type) {
    case 'any':
    case 'json':
      return [ANY];
    case 'array':
      return name === '[]' ? [shape.items] : [];
    case 'object': {
      const named = shape.properties;
      if (name === '*') return [...(shape.values === undefined ? [] : [shape.values]), ...Object.values(named ?? {})];
      if (named !== undefined && Object.hasOwn(named, name)) return [named[name] ?? ANY];
      return shape.values === undefined || name === '[]' ? [] : [shape.values];
    }
    default:
      return [];
  }
}

function stepWords(shapes: readonly PropertyShape[], name: string): string {
  if (name === '[]') return `"[]", "items" and "contains" speak of lists, and this is ${kinds(shapes)}.`;
  if (name === '*') return `"*" and "additionalProperties" speak of maps, and this is ${kinds(shapes)}.`;
  const known = shapes.flatMap((shape) => (shape.type === 'object' ? Object.keys(shape.properties ?? {}) : []));
  if (known.length === 0)
    return `"${name}" is looked for in ${kinds(shapes)}, which has no properties${shapes.some(({ type }) => type === 'array') ? '; write [] to step into its items' : ''}.`;
  return `The property "${name}" is not known${perhaps(name, known)}.`;
}

function kinds(shapes: readonly PropertyShape[]): string {
  const words = {
    string: 'text',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
    json: 'JSON',
    any: 'anything',
  };
  return [...new Set(shapes.map(({ type }) => words[type]))].join(' or ');
}

/** A literal of a type that the property never has would make the rule silent or always loud. */
function literal(value: Json, shapes: readonly PropertyShape[], path: Path, problems: PathProblem[]): void {
  const type = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  if (type === 'object' && isOption(value)) return;
  if (shapes.some((shape) => shape.type === 'any' || shape.type === 'json' || shape.type === type)) return;
  problems.push({ path, message: `${JSON.stringify(value)} is compared with a property that is ${kinds(shapes)}.` });
}

function isOption(value: Json): boolean {
  return typeof value === 'object' && value !== null && 'option' in value;
}

/** A merge patch of properties; functions of CloudFormation stand for any value. */
function walkPatch(patch: Json, shapes: readonly PropertyShape[], path: Path, problems: PathProblem[]): void {
  if (Array.isArray(patch)) {
    for (const [index, item] of (patch as readonly Json[]).entries())
      walkPatch(item, step(shapes, '[]', path, problems), [...path, index], problems);
    return;
  }
  if (typeof patch !== 'object' || patch === null) {
    if (patch !== null) literal(patch, shapes, path, problems);
    return;
  }
  const names = Object.keys(patch as JsonMap);
  if (names.length === 1 && /^(?:Ref|Fn::\w+)$/.test(names[0] ?? '')) return;
  for (const [name, inner] of Object.entries(patch as JsonMap))
    walkPatch(inner, step(shapes, name, [...path, name], problems), [...path, name], problems);
}
