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
  const facet = (name: FacetName, title: string, one: string, read: (row: number) => string, first: readonly string[] = []): Facet => {
    const values = [...first];
    const ids = new Map(values.map((value, index) => [value, index]));
    const column = new Uint32Array(rows.rule.length);
    for (let row = 0; row < column.length; row++) {
      const value = read(row);
      let id = ids.get(value);
      if (id === undefined) {
        id = values.length;
        ids.set(value, id);
        values.push(value);
      }
      column[row] = id;
    }
    return { name, title, one, values, column };
  };
  return [
    facet('sev', 'Severity', 'severity', (row) => at(SEVERITIES, at(rows.severity, row)), SEVERITIES),
    facet('gate', 'Gate', 'gate', (row) => at(GATE, (at(rows.flags, row) & FLAG.failsRun) !== 0 ? 0 : 1), GATE),
    facet('kind', 'Kind', 'kind', (row) => at(KINDS, at(rows.kind, row)), KINDS),
    facet('service', 'Service', 'service', (row) => at(rules, at(rows.rule, row)).service),
    facet('rule', 'Rule', 'rule', (row) => at(rules, at(rows.rule, row)).id),
    facet('type', 'Resource type', 'type', (row) => text(at(resources.type, at(rows.resource, row)))),
    facet('file', 'File', 'file', (row) => text(at(places.file, at(rows.place, row))) || NO_FILE),
    facet('source', 'Source', 'source', (row) => at(SOURCES, at(resources.source, at(rows.resource, row))), SOURCES),
  ];
}
