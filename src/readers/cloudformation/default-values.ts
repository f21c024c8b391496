import { type Default, defaultsOf } from '../../model/defaults/index.js';
import { ABSENT, Absent, isOpen, Unknown, type Value, type ValueMap } from '../../model/index.js';
import { mapLeaves, mayBeAbsent, overChoices } from './choice.js';
import { firstUnknown } from './computed.js';
import type { Reading } from './reading.js';
import { splitCases } from './variable.js';

/** The properties with AWS's defaults where the template says nothing, and the reason for each that was put in. */
export function withDefaults(
  type: string,
  properties: ValueMap,
  reading: Reading,
): { readonly properties: ValueMap; readonly defaulted: ReadonlyMap<string, string> } {
  const rows = defaultsOf(type, 'cloudformation');
  const defaulted = new Map<string, string>();
  if (rows.length === 0) return { properties, defaulted };
  const filled: Record<string, Value> = { ...properties };
  for (const row of rows) {
    const written = own(filled, row.property);
    if (!mayBeAbsent(written)) continue;
    const fallback = defaultIn(row, filled, defaulted, reading);
    if (fallback instanceof Absent) continue;
    filled[row.property] = mapLeaves(written, (leaf) => (leaf instanceof Absent ? fallback : leaf));
    if (written instanceof Absent) defaulted.set(row.property, row.reason);
  }
  return { properties: filled, defaulted };
}

/** The default as far as the properties that it rests on let it be one: by case where they are choices, open where they are. */
function defaultIn(row: Default, filled: ValueMap, defaulted: ReadonlyMap<string, string>, reading: Reading): Value {
  const needs = Object.entries(row.when ?? {});
  const others = (row.unless ?? []).filter((name) => !defaulted.has(name));
  const inputs = [...needs.map(([name]) => splitCases(own(filled, name), reading)), ...others.map((name) => own(filled, name))];
  return overChoices(inputs, (values) => {
    if (others.some((_, index) => !(values[needs.length + index] instanceof Absent))) return ABSENT;
    let open: Value | undefined;
    for (const [index, [, admitted]] of needs.entries()) {
      const value = values[index] ?? ABSENT;
      if (isOpen(value) && !(value instanceof Absent)) open = value;
      else if (!admitted.some((one) => one === value)) return ABSENT;
    }
    if (open === undefined) return row.value;
    const reason = firstUnknown([open])?.reason ?? { kind: 'computed', words: 'a value that only deployment tells' };
    return new Unknown(reason, { values: [row.value], mayBeAbsent: true });
  });
}

function own(map: ValueMap, name: string): Value {
  return Object.hasOwn(map, name) ? (map[name] ?? ABSENT) : ABSENT;
}
