import type { Payload } from '../../payload.js';
import { at, textAt } from './findings.js';

export const GROUPINGS = ['rule', 'file', 'resource', 'none'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Rows shown under one heading. */
export interface RowGroup {
  readonly key: string;
  readonly title: string;
  /** Index into SEVERITIES of its worst row. */
  readonly worst: number;
  readonly rows: readonly number[];
}

/** The rows by rule, file or resource: worst group first, then the largest, then by title. `none` is one group. */
export function groupRows(payload: Payload, rows: Uint32Array, grouping: Grouping): readonly RowGroup[] {
  if (grouping === 'none') return rows.length === 0 ? [] : [{ key: '', title: '', worst: 0, rows: [...rows] }];
  const idOf = idIn(payload, grouping);
  const byId = new Map<number, { worst: number; rows: number[] }>();
  for (const row of rows) {
    const id = idOf(row);
    const severity = at(payload.rows.severity, row);
    const group = byId.get(id);
    if (group === undefined) byId.set(id, { worst: severity, rows: [row] });
    else {
      group.rows.push(row);
      group.worst = Math.min(group.worst, severity);
    }
  }
  return [...byId]
    .map(([id, group]) => ({ key: `${grouping} ${id}`, title: titleOf(payload, grouping, id), ...group }))
    .sort((a, b) => a.worst - b.worst || b.rows.length - a.rows.length || (a.title < b.title ? -1 : 1));
}

function idIn({ rows, places }: Payload, grouping: Exclude<Grouping, 'none'>): (row: number) => number {
  switch (grouping) {
    case 'rule':
      return (row) => at(rows.rule, row);
    case 'file':
      return (row) => at(places.file, at(rows.place, row));
    case 'resource':
      return (row) => at(rows.resource, row);
  }
}

function titleOf(payload: Payload, grouping: Exclude<Grouping, 'none'>, id: number): string {
  switch (grouping) {
    case 'rule':
      return at(payload.rules, id).title;
    case 'file':
      return textAt(payload, id) || 'Not in a file';
    case 'resource':
      return textAt(payload, at(payload.resources.address, id));
  }
}
