import { SEVERITIES } from '../../../../model/severity.js';
import type { Payload } from '../../payload.js';
import { NO_FILE } from './facets.js';
import { at, rowsOf, textAt } from './findings.js';

export interface ServiceTally {
  readonly service: string;
  /** Active findings, in the order of SEVERITIES. */
  readonly bySeverity: number[];
  total: number;
  undecided: number;
}

export interface RankedTally {
  /** Index into SEVERITIES. */
  worst: number;
  total: number;
}

/** Active findings (and undecided verdicts, by service) counted for the summary. */
export interface Tally {
  /** Worst first: most critical, then most high, and so on. */
  readonly services: readonly ServiceTally[];
  /** Most first. */
  readonly rules: readonly (RankedTally & { readonly rule: number })[];
  readonly files: readonly (RankedTally & { readonly file: string })[];
}

export function tallyOf(payload: Payload): Tally {
  const { rows, rules, places } = payload;
  const services = new Map<string, ServiceTally>();
  const byRule = new Map<number, RankedTally>();
  const byFile = new Map<number, RankedTally>();
  const serviceOf = (row: number): ServiceTally => {
    const { service } = at(rules, at(rows.rule, row));
    const known = services.get(service) ?? { service, bySeverity: SEVERITIES.map(() => 0), total: 0, undecided: 0 };
    services.set(service, known);
    return known;
  };
  const active = rowsOf(payload, 'findings');
  for (let row = active.start; row < active.end; row++) {
    const severity = at(rows.severity, row);
    const service = serviceOf(row);
    service.bySeverity[severity] = (service.bySeverity[severity] ?? 0) + 1;
    service.total++;
    rank(byRule, at(rows.rule, row), severity);
    rank(byFile, at(places.file, at(rows.place, row)), severity);
  }
  const undecided = rowsOf(payload, 'undecided');
  for (let row = undecided.start; row < undecided.end; row++) serviceOf(row).undecided++;
  return {
    services: [...services.values()].sort(worseService),
    rules: [...byRule]
      .map(([rule, ranked]) => ({ rule, ...ranked }))
      .sort((a, b) => b.total - a.total || a.worst - b.worst || a.rule - b.rule),
    files: [...byFile]
      .map(([file, ranked]) => ({ file: textAt(payload, file) || NO_FILE, ...ranked }))
      .sort((a, b) => b.total - a.total || a.worst - b.worst || (a.file < b.file ? -1 : 1)),
  };
}

function rank<Key>(into: Map<Key, RankedTally>, key: Key, severity: number): void {
  const known = into.get(key);
  if (known === undefined) into.set(key, { worst: severity, total: 1 });
  else {
    known.total++;
    known.worst = Math.min(known.worst, severity);
  }
}

function worseService(a: ServiceTally, b: ServiceTally): number {
  for (const [index, number] of a.bySeverity.entries()) {
    const other = b.bySeverity[index] ?? 0;
    if (number !== other) return other - number;
  }
  return b.undecided - a.undecided || (a.service < b.service ? -1 : 1);
}
