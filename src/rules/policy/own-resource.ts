import { isList, isOpen, Reference, type ResourceId, sameValue, type TextPart, type Value } from '../../model/index.js';
import { readArn } from './arn.js';
import { someCauseOf } from './cause.js';
import { matchesGlob } from './glob.js';
import { partsOf } from './text.js';
import { any, open, type Truth } from './truth.js';

/** A resource as the `Resource` element of its own policy may write it. */
export interface OwnResource {
  /** Its id, where it is in the scope. */
  readonly id?: ResourceId;
  /** Attributes that give its ARN. */
  readonly arn: readonly string[];
  /** Attributes that give its name, the last part of the ARN. */
  readonly nameFrom: readonly string[];
  /** The name written in its properties, if any. */
  readonly name?: Value | undefined;
  /** How the policy's owner names it; a `Resource` that is the same value means the same thing. */
  readonly address?: Value;
}

/** Stands for the resource's own name in an ARN; no ARN holds it. */
const OWN = '\u0000';

/** Does the `Resource` element cover the resource ("") or everything in it ("/*")? */
export function coversOwn(element: Value | undefined, own: OwnResource, suffix: '' | '/*'): Truth {
  if (element === undefined) return false;
  if (isList(element)) return any(element.map((item) => coversOne(item, own, suffix)));
  return coversOne(element, own, suffix);
}

function coversOne(item: Value, own: OwnResource, suffix: string): Truth {
  if (suffix === '' && own.address !== undefined && isOpen(item) && sameValue(item, own.address)) return true;
  const path = pathOf(item, own);
  if (path === undefined) return isOpen(item) ? open(someCauseOf(item)) : false;
  const { pattern, loose } = spell(path, own);
  const names = typeof own.name === 'string' ? [OWN, own.name] : [OWN];
  if (!names.some((name) => matchesGlob(pattern, name + suffix))) return false;
  return loose ? open(someCauseOf(item)) : true;
}

/** What follows the account in the ARN; `undefined` where that can't be told. */
function pathOf(item: Value, own: OwnResource): readonly TextPart[] | undefined {
  const parts = partsOf(item);
  if (parts === undefined) return undefined;
  const [first, ...rest] = parts;
  if (first === '*' && rest.length === 0) return ['*'];
  if (first instanceof Reference) return [isOwn(first, own, own.arn) ? OWN : first, ...rest];
  const arn = readArn(item);
  return arn === undefined ? undefined : partsOf(arn.resource);
}

/** The path as one pattern: own name as `OWN`, another resource's as a text no name has, an open part as whatever it may be (`loose`). */
function spell(path: readonly TextPart[], own: OwnResource): { readonly pattern: string; readonly loose: boolean } {
  const name = own.name === undefined ? undefined : partsOf(own.name);
  let pattern = '';
  let loose = false;
  for (let index = 0; index < path.length; index++) {
    const part = path[index] as TextPart; // below the length
    if (name?.some((piece) => typeof piece !== 'string') && startsWith(path, index, name)) {
      const last = name.at(-1);
      index += name.length - 1;
      pattern += OWN + (typeof last === 'string' ? String(path[index]).slice(last.length) : '');
    } else if (typeof part === 'string') pattern += part;
    else if (part instanceof Reference) pattern += isOwn(part, own, own.nameFrom) ? OWN : '\u0001';
    else {
      pattern += '*';
      loose = true;
    }
  }
  return { pattern, loose };
}

function startsWith(path: readonly TextPart[], from: number, name: readonly TextPart[]): boolean {
  return name.every((wanted, offset) => {
    const part = path[from + offset];
    if (part === undefined) return false;
    if (typeof wanted !== 'string' || typeof part !== 'string') return sameValue(wanted, part);
    return offset === name.length - 1 ? part.startsWith(wanted) : part === wanted;
  });
}

function isOwn(reference: Reference, own: OwnResource, attributes: readonly string[]): boolean {
  return reference.target === own.id && attributes.includes(reference.attribute);
}
