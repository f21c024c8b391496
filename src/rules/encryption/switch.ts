import { type Cause, isOpen, PASS, type Path, type Verdict, valueAt } from '../../model/index.js';
import type { ResourceInWorld } from '../index.js';
import { someCauseOf } from '../policy/cause.js';

/** A switch that turns encryption at rest on, and what decides instead of it. */
export interface EncryptionSwitch {
  readonly path: Path;
  /** Properties that name what the resource is made from, each with words for it: that one's encryption is inherited. */
  readonly from: Readonly<Record<string, string>>;
}

/** `fail` where the switch is off or silent, `undecided` where a snapshot or source outside decides. */
export function judgeSwitch(resource: Pick<ResourceInWorld, 'properties'>, { path, from }: EncryptionSwitch): Verdict {
  const value = valueAt(resource.properties, path);
  if (value === true) return PASS;
  if (value !== undefined && isOpen(value)) return { kind: 'undecided', spot: { path }, because: someCauseOf(value) };
  const source = Object.keys(from).find((name) => resource.properties[name] !== undefined);
  if (source === undefined) return { kind: 'fail', spot: { path } };
  return { kind: 'undecided', spot: { path: [source] }, because: [inherited(from[source] ?? source)] };
}

export function inherited(words: string): Cause {
  return { words: `whether ${words} is encrypted, which decides here`, settle: 'scan the account that holds it', kind: 'inherited' };
}
