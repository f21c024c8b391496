import { Text, Unknown, type Value } from '../../../model/index.js';
import { overChoices } from '../choice.js';
import { identityOf } from '../computed.js';
import type { Env } from '../stack.js';
import { splitCases } from '../variable.js';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-importvalue.html */
export function importValue(argument: Value, env: Env): Value {
  const { reading } = env.stack;
  let found = false;
  // A name made of parameters is looked up for each of their cases: a default often says which stack is meant.
  const byCase = overChoices([splitCases(argument, reading)], ([name = '']) => {
    if (typeof name === 'string') reading.imports.add(name);
    const known = typeof name === 'string' ? reading.options.imports.get(name) : undefined;
    if (known !== undefined) found = true;
    return known ?? unknownExport(name);
  });
  return found ? byCase : overChoices([argument], ([name = '']) => unknownExport(name));
}

function unknownExport(name: Value): Unknown {
  const words = shown(name);
  const identity = identityOf(name);
  return new Unknown(
    {
      kind: 'import',
      words: `export ${words}, which not exactly one template of the scan makes`,
      settle: 'scan the template that makes it, too',
    },
    { type: 'string', excludes: [''] },
    identity === undefined ? undefined : `export ${identity}`,
  );
}

function shown(name: Value): string {
  if (typeof name === 'string') return name;
  if (name instanceof Text) return name.parts.map((part) => (typeof part === 'string' ? part : `\${${identityOf(part) ?? '…'}}`)).join('');
  return `named by ${name instanceof Unknown ? name.reason.words : 'a value that only deployment tells'}`;
}
