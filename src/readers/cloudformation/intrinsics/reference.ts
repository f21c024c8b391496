import { isList, Reference, type Scalar, type Span, Unknown, type Value } from '../../../model/index.js';
import type { SourceNode } from '../../source/node.js';
import { overChoices } from '../choice.js';
import { computed } from '../computed.js';
import { parameterId } from '../parameter.js';
import { pseudoParameter } from '../pseudo-parameter.js';
import { report } from '../reading.js';
import { type Env, resourceId } from '../stack.js';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-ref.html */
export function ref(argument: Value, env: Env, node: SourceNode): Value {
  return overChoices([argument], ([name]) => (typeof name === 'string' ? refTo(name, env, node) : computed('Ref', [name ?? null])));
}

/** What `!Ref name` and `${name}` mean: a loop's identifier, a pseudo parameter, a parameter, a resource. */
export function refTo(name: string, env: Env, node: SourceNode): Value {
  const { stack } = env;
  const bound = env.bindings.get(name);
  if (bound !== undefined) return bound;
  const pseudo = pseudoParameter(name, stack);
  if (pseudo !== undefined) return pseudo;
  const parameter = stack.parameters.get(name);
  if (parameter !== undefined) {
    recordUse(name, env);
    return parameter;
  }
  return linkTo(name, 'Ref', env, node);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-getatt.html */
export function getAtt(argument: Value, env: Env, node: SourceNode): Value {
  if (isList(argument) && argument.length >= 2) {
    return overChoices(argument, ([name, ...attribute]) =>
      typeof name === 'string' && attribute.every(isText)
        ? attributeOf(name, attribute.join('.'), env, node)
        : computed('Fn::GetAtt', [name ?? null, ...attribute], { type: 'string' }),
    );
  }
  if (typeof argument !== 'string') return malformed('Fn::GetAtt', 'Name.Attribute', env, node);
  const dot = argument.indexOf('.');
  if (dot <= 0) return malformed('Fn::GetAtt', 'Name.Attribute', env, node);
  return attributeOf(argument.slice(0, dot), argument.slice(dot + 1), env, node);
}

/** An attribute of a resource; `Outputs.X` of a nested stack is that stack's output. */
export function attributeOf(logicalId: string, attribute: string, env: Env, node: SourceNode): Value {
  const declared = env.stack.resources.get(logicalId);
  if (declared?.type === 'AWS::CloudFormation::Stack' && attribute.startsWith('Outputs.')) {
    env.stack.link(logicalId);
    return env.stack.nestedOutput(logicalId, attribute.slice('Outputs.'.length), node, env);
  }
  return linkTo(logicalId, attribute, env, node);
}

function linkTo(logicalId: string, attribute: string, env: Env, node: SourceNode): Value {
  const { stack } = env;
  if (stack.resources.has(logicalId)) {
    stack.link(logicalId);
    return new Reference(resourceId(stack, logicalId), attribute);
  }
  return unresolved(logicalId, attribute, env, node);
}

function unresolved(name: string, attribute: string, env: Env, node: SourceNode): Unknown {
  const { stack } = env;
  const condition = stack.dropped.get(name);
  const what = attribute === 'Ref' ? 'Ref' : 'GetAtt';
  // In a branch that may not be taken a resource that is not made does no harm.
  const harmless = condition !== undefined && stack.reading.cursor.choices > 0;
  if (env.purpose === 'evaluate' && !harmless) {
    report(stack.reading, env.file, nameInText(name, node, env), {
      level: 'error',
      code: 'unresolved-reference',
      message:
        condition === undefined
          ? `${what} names ${quoted(name)}, which is neither a resource nor a parameter of this template.`
          : `${what} names resource ${quoted(name)}, which is not made, as condition ${quoted(condition)} is false.`,
      help:
        condition === undefined
          ? 'Correct the name, or add the resource or parameter.'
          : 'Refer to it only under the same condition, with Fn::If.',
    });
  }
  return new Unknown({ kind: 'unresolved', words: `a reference to ${name}, which is not there` });
}

/** Where `${name}` stands in a text, else where the function does. */
function nameInText(name: string, node: SourceNode, env: Env): Span {
  const at = env.file.text.indexOf(`\${${name}`, node.start);
  return at === -1 || at >= node.end ? node : { start: at + 2, end: at + 2 + name.length };
}

export function malformed(name: string, form: string, env: Env, node: SourceNode): Unknown {
  if (env.purpose === 'evaluate') {
    report(env.stack.reading, env.file, node, {
      level: 'error',
      code: 'malformed-intrinsic',
      message: `${name} has not the form CloudFormation asks for.`,
      help: `Write it as ${form}.`,
    });
  }
  return new Unknown({ kind: 'unresolved', words: `a malformed ${name}` });
}

function recordUse(name: string, env: Env): void {
  const { reading, path } = env.stack;
  const { owner } = reading.cursor;
  if (owner === undefined || env.purpose === 'look') return;
  const id = parameterId(path, name);
  const uses = reading.uses.get(id);
  const use = { resource: owner.address, type: owner.type, path: [...reading.cursor.path] };
  if (uses === undefined) reading.uses.set(id, [use]);
  else uses.push(use);
}

function isText(value: Value): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function quoted(name: Scalar): string {
  return JSON.stringify(name);
}
