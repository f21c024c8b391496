/** What a suppression asks for, wherever it is written. */
export interface Directive {
  /** Rule ids, or globs of them. */
  readonly rules: readonly string[];
  readonly reason: string;
  /** ISO date of the last day it holds. */
  readonly until?: string;
}

export type ReadDirective =
  | { readonly ok: true; readonly directive: Directive }
  | { readonly ok: false; readonly problem: DirectiveProblem };

/** A suppression that suppresses nothing, and why. */
export interface DirectiveProblem {
  readonly code: 'suppression-malformed' | 'suppression-without-reason';
  readonly message: string;
}

export const COMMENT_HELP = 'Write it as: # keyward:ignore RULE[,RULE] [until YYYY-MM-DD] -- REASON';

const SHAPE = /^\s+([\w*?-]+(?:\s*,\s*[\w*?-]+)*)(?:\s+until\s+(\S+))?\s*(?:--\s*(.*))?$/;

/** What follows `keyward:ignore` in a comment: `kms-rotation-disabled until 2027-03-01 -- moved in May`. */
export function readComment(text: string): ReadDirective {
  const [, rules, until, reason] = SHAPE.exec(text) ?? [];
  if (rules === undefined) return refuse('suppression-malformed', 'This keyward:ignore comment can’t be read, so it suppresses nothing.');
  return checked(
    rules.split(',').map((rule) => rule.trim()),
    reason,
    until,
  );
}

/** The same three facts as properties, in `Metadata` or the config. */
export function checked(rules: readonly string[], reason: string | undefined, until: string | undefined): ReadDirective {
  if (until !== undefined && !isDate(until)) {
    return refuse('suppression-malformed', `“until ${until.slice(0, 40)}” is no date, so this suppresses nothing.`);
  }
  const why = reason?.trim() ?? '';
  if (why === '')
    return refuse('suppression-without-reason', `The suppression of ${rules.join(', ')} gives no reason, so it suppresses nothing.`);
  return { ok: true, directive: { rules, reason: why, ...(until === undefined ? {} : { until }) } };
}

function refuse(code: DirectiveProblem['code'], message: string): ReadDirective {
  return { ok: false, problem: { code, message } };
}

/** True for an ISO day that the calendar has. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
