import { ALWAYS } from '../../model/index.js';
import type { MapNode, SourceNode } from '../source/node.js';
import type { Conditions } from './condition.js';
import { isNever } from './condition.js';
import { entriesOf, hasDirectives } from './entries.js';
import { and } from './formula.js';
import { report } from './reading.js';
import type { Declared, Entry } from './stack.js';

/** A template's resources by logical id, and those whose condition is certainly false with its name. */
export interface Declarations {
  readonly resources: Map<string, Declared>;
  readonly dropped: Map<string, string>;
}

/** Adds the resources of a section; each that is not well-formed is reported and stays as a name to refer to. */
export function declareResources(entries: readonly Entry[], conditions: Conditions, found: Declarations): void {
  for (const entry of entries) {
    const node = entry.value;
    if (node.kind !== 'map') {
      complain(entry, `Resource ${entry.key} is ${node.kind === 'list' ? 'a list' : 'a single value'}; it has to be a map.`, ADD_TYPE);
      continue;
    }
    const { entries: own, macro } = hasDirectives(node, entry.env)
      ? entriesOf(node, entry.env)
      : { entries: plain(node, entry), macro: undefined };
    const members = new Map(own.map((member) => [member.key, member]));
    const condition = members.get('Condition')?.value;
    const formula = condition === undefined ? ALWAYS : conditions.of(condition, entry.env);
    if (isNever(formula)) {
      found.dropped.set(entry.key, condition?.kind === 'scalar' ? String(condition.value) : 'of the resource');
      continue;
    }
    const type = members.get('Type')?.value;
    const wellFormed = type?.kind === 'scalar' && typeof type.value === 'string' && type.value !== '';
    if (!wellFormed) complain(entry, `Resource ${entry.key} has no Type; it is not judged.`, ADD_TYPE);
    found.resources.set(entry.key, {
      entry,
      logicalId: entry.key,
      type: wellFormed ? String(type.value) : '',
      node,
      members,
      macro,
      exists: entry.exists === undefined ? formula : and([entry.exists, formula]),
      wellFormed: wellFormed && hasProperProperties(entry, members.get('Properties')?.value),
    });
  }
}

const ADD_TYPE = 'Give it a Type, as in "Type: AWS::KMS::Key".';

function hasProperProperties(entry: Entry, properties: SourceNode | undefined): boolean {
  if (properties === undefined || properties.kind === 'map' || properties.tag !== undefined) return true;
  if (properties.kind === 'scalar' && properties.value === null) return true;
  complain(entry, `The Properties of resource ${entry.key} are no map; it is not judged.`, 'Write them as a map of property names.');
  return false;
}

function plain(node: MapNode, { env }: Entry): readonly Entry[] {
  return node.entries.map(({ key, keySpan, value }) => ({ key, keySpan, value, env }));
}

function complain({ keySpan, env }: Entry, message: string, help: string): void {
  report(env.stack.reading, env.file, keySpan, { level: 'error', code: 'template-shape', message, help });
}
