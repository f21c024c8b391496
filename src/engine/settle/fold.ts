import type { Location } from '../../model/index.js';
import type { Standing } from './one-cause.js';

/** A finding with the other places where the same lines say the same thing. */
export interface Folded extends Standing {
  readonly also: readonly Location[];
}

/**
 * The same lines judged in several stacks (a template nested twice, a stack of several environments) give one finding; places of the
 * others that differ are listed.
 */
export function foldDuplicates(standing: readonly Standing[]): readonly Folded[] {
  const folded = new Map<string, Standing & { also: Location[] }>();
  for (const item of standing) {
    const { finding } = item;
    const { file, range } = finding.location;
    // Without a place every finding stands for itself.
    const key =
      file === undefined || range === undefined
        ? finding.fingerprint
        : JSON.stringify([finding.rule, finding.kind, file, range, finding.message]);
    const first = folded.get(key);
    if (first === undefined) folded.set(key, { ...item, also: [] });
    else if (JSON.stringify(first.finding.location) !== JSON.stringify(finding.location)) first.also.push(finding.location);
  }
  return [...folded.values()];
}
