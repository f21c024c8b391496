import { SEVERITIES } from '../../../../model/severity.js';
import { FLAG, KINDS, type Payload, SOURCES } from '../../payload.js';
import { at, textAt } from './findings.js';

export const FACETS = ['sev', 'gate', 'kind', 'service', 'rule', 'type', 'file', 'source'] as const;
/** A facet's name is its name in the address: `#sev=high`. */
export type FacetName = (typeof FACETS)[number];

/** One thing that rows can be told apart by. `column[row]` is an index into `values`. */
export interface Facet {
  readonly name: FacetName;
  readonly title: string;
  /** What one value is called, for "Find a rule". */
  readonly one: string;
  readonly values: readonly string[];
  readonly column: Uint32Array;
}

const GATE = ['fails the run', 'does not fail it'] as const;
export const NO_FILE = '(no file)';

/** The facets of every row; built once, so that a filter only walks arrays of integers. */
export function facetsOf(payload: Payload): readonly Facet[] {
  const { rows, rules, resources, places } = payload;
  const text = (id: number) => textAt(payload, id);
  const count = rows.rule.length;
  const severity = (row: number) => at(rows.severity, row);
  const gate = (row: number) => ((at(rows.flags, row) & FLAG.failsRun) !== 0 ? 0 : 1);
  const kind = (row: number) => at(rows.kind, row);
  const rule = (row: number) => at(rows.rule, row);
  const resource = (row: number) => at(rows.resource, row);
  const file = (row: number) => at(places.file, at(rows.place, row));
  return [
    { name: 'sev', title: 'Severity', one: 'severity', ...numbered(count, severity, (id) => at(SEVERITIES, id), SEVERITIES) },
    { name: 'gate', title: 'Gate', one: 'gate', ...numbered(count, gate, (id) => at(GATE, id), GATE) },
    { name: 'kind', title: 'Kind', one: 'kind', ...numbered(count, kind, (id) => at(KINDS, id), KINDS) },
    { name: 'service', title: 'Service', one: 'service', ...numbered(count, rule, (id) => at(rules, id).service) },
    { name: 'rule', title: 'Rule', one: 'rule', ...numbered(count, rule, (id) => at(rules, id).id) },
    { name: 'type', title: 'Resource type', one: 'type', ...numbered(count, resource, (id) => text(at(resources.type, id))) },
    { name: 'file', title: 'File', one: 'file', ...numbered(count, file, (id) => text(id) || NO_FILE) },
    {
      name: 'source',
      title: 'Source',
      one: 'source',
      ...numbered(count, resource, (id) => at(SOURCES, at(resources.source, id)), SOURCES),
    },
  ];
}

/** A column of value numbers. A value is looked up once for each thing `idOf` tells apart, not once a row; `first` come first. */
function numbered(
  count: number,
  idOf: (row: number) => number,
  valueOfId: (id: number) => string,
  first: readonly string[] = [],
): Pick<Facet, 'values' | 'column'> {
  const values = [...first];
  const byValue = new Map(values.map((value, index) => [value, index]));
  const byId = new Map<number, number>();
  const column = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    const id = idOf(row);
    let index = byId.get(id);
    if (index === undefined) {
      const value = valueOfId(id);
      index = byValue.get(value) ?? values.length;
      if (index === values.length) values.push(value);
      byValue.set(value, index);
      byId.set(id, index);
    }
    column[row] = index;
  }
  return { values, column };
}
