import { compareSeverity, type Diagnostic, type Finding, type Gap } from '../../model/index.js';

/** Worst first, then by place and rule: the same order whatever ran when. */
export function inReportOrder(a: Finding, b: Finding): number {
  return (
    compareSeverity(a.severity, b.severity) ||
    compare(a.location.file ?? '\uffff', b.location.file ?? '\uffff') ||
    (a.location.range?.start.line ?? 0) - (b.location.range?.start.line ?? 0) ||
    (a.location.range?.start.column ?? 0) - (b.location.range?.start.column ?? 0) ||
    compare(a.rule, b.rule) ||
    compare(a.resource.id, b.resource.id) ||
    compare(a.fingerprint, b.fingerprint)
  );
}

export function inFileOrder(a: Diagnostic, b: Diagnostic): number {
  return (
    compare(a.file ?? '', b.file ?? '') ||
    (a.at?.line ?? 0) - (b.at?.line ?? 0) ||
    (a.at?.column ?? 0) - (b.at?.column ?? 0) ||
    compare(a.code, b.code) ||
    compare(a.message, b.message)
  );
}

export function byPlace(a: Gap, b: Gap): number {
  return compare(a.where, b.where) || compare(a.why, b.why);
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
