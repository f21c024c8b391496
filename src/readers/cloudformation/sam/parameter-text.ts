import type { SourceNode } from '../../source/index.js';
import type { Expansion } from './expansion.js';
import { intrinsicCall, mapProperty, plainText, refTarget, textProperty } from './intrinsic.js';
import { hashSuffix } from './logical-id.js';

/**
 * The text of a value that an id is made from. SAM puts in the values of parameters; here that is the parameter's default, so
 * with another value the id in the deployed stack is another.
 */
export function parameterText(expansion: Expansion, node: SourceNode | undefined): string | undefined {
  const target = refTarget(node);
  return target === undefined ? plainText(node) : defaultOf(expansion, target);
}

/** SAM's hash of such a value: of its text, or of the intrinsic function with the parameters put in. */
export function parameterHash(expansion: Expansion, node: SourceNode): string {
  const text = parameterText(expansion, node);
  const call = text === undefined ? intrinsicCall(node) : undefined;
  if (call?.name !== 'Fn::Sub' || call.argument.kind !== 'scalar') return hashSuffix(text ?? node);
  const filled = call.argument.source.replace(/\$\{([^!}]+)\}/g, (hole, name: string) => defaultOf(expansion, name.trim()) ?? hole);
  return hashSuffix(JSON.stringify({ 'Fn::Sub': filled }));
}

function defaultOf(expansion: Expansion, parameter: string): string | undefined {
  return textProperty(mapProperty(mapProperty(expansion.template, 'Parameters'), parameter), 'Default');
}
