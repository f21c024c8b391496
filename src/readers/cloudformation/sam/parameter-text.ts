import type { SourceNode } from '../../source/index.js';
import type { Expansion } from './expansion.js';
import { intrinsicCall, mapProperty, plainText, refTarget, textProperty } from './intrinsic.js';

/**
 * The text of a value that an id is made from. SAM puts in the values of parameters, also inside `Fn::Sub`; here that is the
 * parameter's default, so with another value the id in the deployed stack is another.
 */
export function parameterText(expansion: Expansion, node: SourceNode | undefined): string | undefined {
  const text = plainText(node);
  if (text !== undefined || node === undefined) return text;
  const target = refTarget(node);
  if (target !== undefined) return defaultOf(expansion, target);
  const call = intrinsicCall(node);
  if (call?.name !== 'Fn::Sub' || call.argument.kind !== 'scalar') return undefined;
  const filled = call.argument.source.replace(/\$\{([^!}]+)\}/g, (hole, name: string) => defaultOf(expansion, name.trim()) ?? hole);
  return filled.includes('${') ? undefined : filled;
}

function defaultOf(expansion: Expansion, parameter: string): string | undefined {
  return textProperty(mapProperty(mapProperty(expansion.template, 'Parameters'), parameter), 'Default');
}
