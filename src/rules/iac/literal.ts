import type { Path, Resource, Value } from '../../model/index.js';
import { findSecrets, looksLikeSecret, type SecretHit } from '../../secrets/index.js';
import { membersOf } from '../cfn/template-member.js';
import { visitLeaves } from '../credential/leaf.js';
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
  const literals: Literal[] = [];
  visitLeaves(value, resource.name, ({ name, value: leaf, path: below }) => {
    const text = textOf(leaf);
    // Where it finds nothing, no text within the literal is a secret either.
    const found = text.length < SHORTEST ? undefined : looksLikeSecret(name, text);
    if (found === undefined) return;
    const at = [...path, ...below];
    const isPaired = at.at(-1) === 'Value' && name !== 'Value';
    const neighbourhood = JSON.stringify(at.slice(0, isPaired ? -2 : -1));
    literals.push({ path: at, address: resource.address, name, text, hits: [found, ...findSecrets(text)], neighbourhood });
  });
  return literals;
}

function textOf(leaf: Value): string {
  if (typeof leaf === 'string') return leaf;
  return (partsOf(leaf) ?? []).map((part) => (typeof part === 'string' ? part : `\${open}`)).join('');
}
