import { isMap, type Span, type UnknownReason, type Value } from '../../model/index.js';
import type { MapEntry, MapNode, SourceNode } from '../source/node.js';
import { isLocalPath, load } from './load.js';
import { reportLimit } from './reading.js';
import type { Entry, Env } from './stack.js';

interface Written {
  readonly entries: readonly Entry[];
  readonly macro: UnknownReason | undefined;
}

/**
 * Transforms of AWS that are done elsewhere here (SAM, language extensions) or change no resource that is written.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-reference.html
 */
const HARMLESS = /^AWS::(Serverless|LanguageExtensions|SecretsManager|CodeDeployBlueGreen|ServiceCatalog)\b/;

/**
 * What `Fn::Transform` puts beside its siblings: the entries of a local file for `AWS::Include`; other macros can't be run.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/create-reusable-transform-function-snippets-and-add-to-your-template-with-aws-include-transform.html
 */
export function transformEntries(entry: MapEntry, env: Env, entriesOf: (node: MapNode, env: Env) => Written): Written {
  return transformed(entry.value, env, entriesOf);
}

export function transformed(argument: SourceNode, env: Env, entriesOf: (node: MapNode, env: Env) => Written): Written {
  if (argument.kind === 'list') {
    const parts = argument.items.map((item) => transformed(item, env, entriesOf));
    return { entries: parts.flatMap((part) => part.entries), macro: parts.find((part) => part.macro !== undefined)?.macro };
  }
  const name = argument.kind === 'map' ? argument.byKey.get('Name')?.value : argument;
  const words = name?.kind === 'scalar' ? String(name.value) : 'a macro';
  if (HARMLESS.test(words)) return { entries: [], macro: undefined };
  if (words !== 'AWS::Include') return { entries: [], macro: { kind: 'macro', words: `what macro ${words} makes` } };
  const parameters = argument.kind === 'map' ? argument.byKey.get('Parameters')?.value : undefined;
  return included(locationOf(parameters, env), argument, env, entriesOf);
}

function locationOf(parameters: SourceNode | undefined, env: Env): Value | undefined {
  const value = parameters === undefined ? undefined : env.stack.evaluate(parameters, env);
  return isMap(value) ? value.Location : undefined;
}

function included(location: Value | undefined, argument: SourceNode, env: Env, entriesOf: (node: MapNode, env: Env) => Written): Written {
  const outside = (why: string): Written => ({ entries: [], macro: { kind: 'outside-scan', words: why } });
  if (typeof location !== 'string' || !isLocalPath(location)) {
    return outside(typeof location === 'string' ? `the include ${location}` : 'an include whose location is open');
  }
  const loaded = load(location, env.file.file, env.stack.reading);
  if (!loaded.ok || loaded.node.kind !== 'map') return outside(`the include ${location}`);
  if (env.including.includes(loaded.file.file)) return outside(`the include ${location}, which includes itself`);
  if (!countInstance(env, argument)) return outside(`the include ${location}, as there are too many`);
  return entriesOf(loaded.node, { ...env, file: loaded.file, including: [...env.including, loaded.file.file] });
}

/** Files that include each other many times over grow without end: each use counts against the limit of instances. */
function countInstance({ stack: { reading }, file, purpose }: Env, span: Span): boolean {
  if (reading.instances >= reading.options.limits.instances) {
    if (purpose === 'evaluate') reportLimit(reading, file, span, 'This include');
    return false;
  }
  if (purpose === 'evaluate') reading.instances += 1;
  return true;
}
