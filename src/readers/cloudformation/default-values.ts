import { defaultsOf } from '../../model/defaults/index.js';
import { Absent, type Value, type ValueMap } from '../../model/index.js';
import { mapLeaves, mayBeAbsent } from './choice.js';

/** The properties with AWS's defaults where the template says nothing, and the reason for each that was put in. */
export function withDefaults(
  type: string,
  properties: ValueMap,
): { readonly properties: ValueMap; readonly defaulted: ReadonlyMap<string, string> } {
  const rows = defaultsOf(type, 'cloudformation');
  const defaulted = new Map<string, string>();
  if (rows.length === 0) return { properties, defaulted };
  const filled: Record<string, Value> = { ...properties };
  for (const { property, value, reason, unless, when } of rows) {
    if (unless?.some((other) => Object.hasOwn(filled, other) && !defaulted.has(other)) === true) continue;
    if (when !== undefined && !Object.entries(when).every(([name, values]) => values.includes(filled[name] as string))) continue; // compared, not used
    const written = Object.hasOwn(filled, property) ? filled[property] : undefined;
    if (written === undefined) {
      filled[property] = value;
      defaulted.set(property, reason);
    } else if (mayBeAbsent(written)) {
      filled[property] = mapLeaves(written, (leaf) => (leaf instanceof Absent ? value : leaf));
    }
  }
  return { properties: filled, defaulted };
}
