import { holds, isList, isOpen, Reference, type Resource, sameValue, type Value, type World } from '../../model/index.js';
import type { ResourceInWorld } from '../index.js';
import type { RuleContext } from '../rule.js';
import { someCauseOf } from './cause.js';
import type { OwnResource } from './own-resource.js';
import { any, open, type Truth } from './truth.js';

/** How policies of a type of their own name the resources that they protect. */
export interface Attachment {
  /** The type that holds the policy: `AWS::S3::BucketPolicy`. */
  readonly policy: string;
  /** Its property that names one resource or a list of them. */
  readonly names: string;
  /** The type that is protected, and its property with the name. */
  readonly resource: string;
  readonly name: string;
  /** Attributes of the resource that the policy names it by, and those that give its ARN or its name. */
  readonly identifies: readonly string[];
  readonly arn: readonly string[];
  readonly nameFrom: readonly string[];
  /** The name in an address or ARN that stands for the resource. */
  readonly nameIn: (text: string) => string;
}

/** The resources that a policy protects, as its statements may write them. */
export function protectedBy(policy: ResourceInWorld, attachment: Attachment, context: RuleContext): readonly OwnResource[] {
  const { arn, nameFrom } = attachment;
  return entries(policy.properties[attachment.names]).map((entry): OwnResource => {
    const target = targetOf(entry, attachment, policy, context);
    const base = { arn, nameFrom, address: entry };
    if (target !== undefined) return { ...base, id: target.id, name: target.properties[attachment.name] };
    return { ...base, name: typeof entry === 'string' ? attachment.nameIn(entry) : entry };
  });
}

function targetOf(entry: Value, attachment: Attachment, policy: ResourceInWorld, context: RuleContext): ResourceInWorld | undefined {
  return context
    .ofType(attachment.resource)
    .map((resource) => policy.inWorld(resource))
    .find((resource) => isNamed(entry, resource, attachment) === true);
}

/** Whether a policy of the scope is attached to the resource, in the resource's world. */
export function hasPolicy(resource: ResourceInWorld, attachment: Attachment, context: RuleContext): Truth {
  return any(
    context.ofType(attachment.policy).map((policy) => {
      if (!existsIn(policy, resource.world)) return false;
      return any(entries(resource.inWorld(policy).properties[attachment.names]).map((entry) => isNamed(entry, resource, attachment)));
    }),
  );
}

/** Policies that may be attached to the resource, with nothing but what tells whether they are. */
export function mayBeAttached(resource: Resource, { policy, names }: Attachment, context: RuleContext): readonly Resource[] {
  return context
    .ofType(policy)
    .filter((other) => entries(other.properties[names]).some((entry) => !(entry instanceof Reference) || entry.target === resource.id))
    .map((other) => ({ ...other, properties: { [names]: other.properties[names] ?? null }, attributes: {}, place: other.place }));
}

function isNamed(entry: Value, resource: ResourceInWorld, attachment: Attachment): Truth {
  if (entry instanceof Reference) return entry.target === resource.id && attachment.identifies.includes(entry.attribute);
  const name = resource.properties[attachment.name];
  if (name !== undefined && sameValue(entry, name)) return true;
  if (typeof entry === 'string') return typeof name === 'string' ? attachment.nameIn(entry) === name : false;
  return isOpen(entry) ? open(someCauseOf(entry)) : false;
}

function entries(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

/** A resource under a condition that the world leaves open is taken to exist: the worlds of both are judged. */
export function existsIn(resource: Resource, world: World): boolean {
  return resource.exists === undefined || holds(resource.exists, world) !== false;
}
