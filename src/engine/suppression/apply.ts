import type { Diagnostic } from '../../model/index.js';
import { globOf } from '../glob/glob.js';
import { covers, type InlineSuppression, type Target } from './inline.js';

/** Days before its last one at which a suppression is announced to expire. */
const NOTICE_DAYS = 14;

/** An inline suppression with what became of it. */
export interface UsedSuppression extends InlineSuppression {
  /** Rules it suppressed a finding of. */
  readonly used: readonly string[];
}

/** Decides for each finding which suppression, if any, holds for it, and remembers which ones did. */
export interface Suppressor {
  for(rule: string, target: Target): InlineSuppression | undefined;
  outcome(): readonly UsedSuppression[];
}

/** `asOf` is an ISO date; a suppression holds up to and including its `until`. */
export function suppressor(suppressions: readonly InlineSuppression[], asOf: string): Suppressor {
  const ready = suppressions.map((suppression) => ({
    suppression,
    names: suppression.rules.map(globOf),
    holds: !isExpired(suppression.until, asOf),
    used: new Set<string>(),
  }));
  return {
    for(rule, target) {
      const found = ready.find(({ suppression, names, holds }) => holds && names.some((name) => name(rule)) && covers(suppression, target));
      found?.used.add(rule);
      return found?.suppression;
    },
    outcome: () => ready.map(({ suppression, used }) => ({ ...suppression, used: [...used].sort() })),
  };
}

export function isExpired(until: string | undefined, asOf: string): boolean {
  return until !== undefined && until < asOf;
}

/** What to say about suppressions' dates: expired ones, and ones that soon will be. */
export function dateDiagnostic(
  what: string,
  until: string | undefined,
  asOf: string,
): Pick<Diagnostic, 'level' | 'code' | 'message' | 'help'> | undefined {
  if (until === undefined) return undefined;
  if (isExpired(until, asOf)) {
    const help = 'Mend the finding, or agree on a new date.';
    return {
      level: 'warning',
      code: 'suppression-expired',
      message: `The suppression of ${what} ended on ${until}; its findings count again.`,
      help,
    };
  }
  const days = Math.round((Date.parse(until) - Date.parse(asOf)) / 86_400_000);
  if (days > NOTICE_DAYS) return undefined;
  const when = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
  const help = 'Mend the finding before, or agree on a new date.';
  return { level: 'warning', code: 'suppression-expires-soon', message: `The suppression of ${what} ends ${when}, on ${until}.`, help };
}
