import type { Diagnostic } from '../../model/index.js';
import { dateDiagnostic, isExpired, type UsedSuppression } from './apply.js';
import type { UsedConfigSuppression } from './from-config.js';

/** What to say about suppressions after a run: expired, soon to expire, not trusted, or matching nothing. */
export function unusedSuppressions(
  inline: readonly UsedSuppression[],
  untrusted: ReadonlySet<string>,
  config: readonly UsedConfigSuppression[],
  asOf: string,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  // The same lines may have been judged in several scopes: a suppression is used where one of them used it.
  const merged = new Map<string, { suppression: UsedSuppression; used: Set<string> }>();
  for (const suppression of inline) {
    const key = `${suppression.file}:${suppression.line}:${suppression.rules.join()}`;
    const known = merged.get(key) ?? { suppression, used: new Set<string>() };
    for (const rule of suppression.used) known.used.add(rule);
    merged.set(key, known);
  }
  for (const { suppression, used } of merged.values()) {
    const place = { file: suppression.file, at: { line: suppression.line, column: 1 } };
    const name = suppression.rules.join(', ');
    const date = dateDiagnostic(name, suppression.until, asOf);
    if (date !== undefined) found.push({ ...date, ...place });
    if (untrusted.has(`${suppression.file}:${suppression.line}`)) {
      const message = `The suppression of ${name} is not in the trusted revision, so it suppresses nothing.`;
      found.push({ level: 'warning', code: 'suppression-untrusted', message, help: 'Have it reviewed and merged first.', ...place });
    } else if (used.size === 0 && !isExpired(suppression.until, asOf)) found.push({ ...unused(name), ...place });
  }
  for (const { suppression, used } of config) {
    const place = { file: suppression.file, at: { line: suppression.line, column: 1 } };
    const name = suppression.rules.join(', ');
    const date = dateDiagnostic(name, suppression.until, asOf);
    if (date !== undefined) found.push({ ...date, ...place });
    if (!used && !isExpired(suppression.until, asOf)) found.push({ ...unused(name), ...place });
  }
  return found;
}

function unused(name: string): Pick<Diagnostic, 'level' | 'code' | 'message' | 'help'> {
  return { level: 'note', code: 'suppression-unused', message: `The suppression of ${name} matches no finding.`, help: 'Remove it.' };
}
