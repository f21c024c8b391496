import { isList, isMap, type Path, type Resource, type Value } from '../../model/index.js';
import { findSecrets, looksLikeSecret, type SecretHit } from '../../secrets/index.js';
import { membersOf } from '../cfn/template-member.js';
import { namedLeaves } from '../credential/exposure.js';
import { partsOf } from '../policy/text.js';
import type { RuleContext } from '../rule.js';

/** A text that a template writes out, with its place in the template and what secrets it shows. */
export interface Literal {
  /** From the template's root: `Resources`, logical id, `Properties`, … */
  readonly path: Path;
  readonly address: string;
  readonly name: string;
  readonly text: string;
  readonly hits: readonly SecretHit[];
  /** The map or list that holds it, the pair of name and value counted as one: what stands near. */
  readonly neighbourhood: string;
}

/** Three rules ask for the same literals of a template, one after the other. */
const known = new WeakMap<Resource, readonly Literal[]>();

/** Every text of a template that shows a secret, wherever it stands: resources, parameters, outputs and metadata. */
export function secretLiteralsOf(template: Resource, context: RuleContext): readonly Literal[] {
  const found = known.get(template) ?? findLiterals(template, context);
  known.set(template, found);
  return found;
}

function findLiterals(template: Resource, context: RuleContext): readonly Literal[] {
  return membersOf(template, context).flatMap(({ resource, address }) =>
    sectionsOf(resource, address).flatMap(({ value, path }) => literalsBelow(value, path, resource)),
  );
}

interface Section {
  readonly value: Value;
  readonly path: Path;
}

function sectionsOf(resource: Resource, address: string): readonly Section[] {
  const { properties, attributes } = resource;
  switch (resource.type) {
    case 'Keyward::CloudFormation::Template':
      return [{ value: properties, path: [] }];
    case 'Keyward::CloudFormation::Parameter':
      return [{ value: properties.Default ?? null, path: ['Parameters', resource.name, 'Default'] }];
    case 'Keyward::CloudFormation::Output':
      return [{ value: properties.Value ?? null, path: ['Outputs', resource.name, 'Value'] }];
    default:
      return [
        { value: properties, path: ['Resources', address, 'Properties'] },
        { value: attributes.Metadata ?? null, path: ['Resources', address, 'Metadata'] },
      ];
  }
}

/** The shortest text of a form that tells a secret by itself, a URL with a password: `a://b:c@d`. */
const SHORTEST = 9;

function literalsBelow(value: Value, path: Path, resource: Resource): readonly Literal[] {
  const named = pairNames(value, path);
  return namedLeaves(value, path, resource.name).flatMap(({ name, value: leaf, path: at }): readonly Literal[] => {
    const text = (partsOf(leaf) ?? []).map((part) => (typeof part === 'string' ? part : `\${open}`)).join('');
    const pair = named.size === 0 ? undefined : named.get(JSON.stringify(at.slice(0, -1)));
    const calledBy = pair ?? name;
    // Where it finds nothing, no text within the literal is a secret either.
    const found = text.length < SHORTEST ? undefined : looksLikeSecret(calledBy, text);
    if (found === undefined) return [];
    const hits = [found, ...findSecrets(text)];
    const neighbourhood = JSON.stringify(at.slice(0, pair === undefined ? -1 : -2));
    return [{ path: at, address: resource.address, name: calledBy, text, hits, neighbourhood }];
  });
}

/** `{ Name: X, Value: … }`: the name that each such item of a list gives its value, by the item's path. */
function pairNames(value: Value, path: Path, found: Map<string, string> = new Map()): ReadonlyMap<string, string> {
  if (isList(value)) for (const [index, item] of value.entries()) pairNames(item, [...path, index], found);
  if (isMap(value)) {
    const name = value.Name ?? value.Key ?? value.OptionName;
    if (typeof name === 'string' && value.Value !== undefined) found.set(JSON.stringify(path), name);
    for (const [key, item] of Object.entries(value)) pairNames(item, [...path, key], found);
  }
  return found;
}
