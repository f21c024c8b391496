import type { UnknownReason } from '../../model/index.js';
import type { MapNode } from '../source/node.js';
import { entriesOf, type Written } from './entries.js';
import { transformed } from './include.js';
import { report } from './reading.js';
import type { Entry, Env } from './stack.js';

/** A section of a template: its entries with loops and includes written out. */
export interface Section {
  readonly entries: readonly Entry[];
  /** Set where a macro that can't be run makes a part of it. */
  readonly macro: UnknownReason | undefined;
}

const EMPTY: Section = { entries: [], macro: undefined };

/** The entries of the whole template's map; a top-level `AWS::Include` adds its own. */
export function topLevel(root: MapNode, env: Env): Written {
  const own: Entry[] = root.entries.map(({ key, keySpan, value }) => ({ key, keySpan, value, env }));
  const transform = root.byKey.get('Transform')?.value;
  if (transform === undefined) return { entries: own, macro: undefined };
  const parts = (transform.kind === 'list' ? transform.items : [transform]).map((call) => transformed(call, env, entriesOf));
  return { entries: [...parts.flatMap((part) => part.entries), ...own], macro: parts.find((part) => part.macro !== undefined)?.macro };
}

/** A section by its name. A section that is no map is reported and empty. */
export function section(name: string, top: readonly Entry[]): Section {
  const parts = top.filter((entry) => entry.key === name).map(sectionOf);
  return parts.length === 0 ? EMPTY : { entries: parts.flatMap((part) => part.entries), macro: parts.find((part) => part.macro)?.macro };
}

function sectionOf({ key, keySpan, value, env }: Entry): Section {
  if (value.kind === 'map') return entriesOf(value, env);
  if (value.kind === 'scalar' && value.value === null) return EMPTY;
  report(env.stack.reading, env.file, value.kind === 'scalar' ? keySpan : value, {
    level: 'error',
    code: 'template-shape',
    message: `${key} is ${value.kind === 'list' ? 'a list' : 'a single value'}; it has to be a map.`,
    help: SHAPES[key] ?? 'Write it as a map of names.',
  });
  return EMPTY;
}

const SHAPES: Readonly<Record<string, string>> = {
  Resources: 'Write each resource under its logical id: "Resources: {Key: {Type: AWS::KMS::Key}}".',
  Parameters: 'Write each parameter under its name: "Parameters: {Env: {Type: String}}".',
  Outputs: 'Write each output under its name: "Outputs: {KeyArn: {Value: …}}".',
};
