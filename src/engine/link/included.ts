import type { UnitOutcome, UnitTask } from '../unit/unit.js';

/**
 * The units that stand on their own: a template that another unit nests is judged there, with the parameters it really gets.
 * Where templates nest each other in a circle the first by name stands for them.
 */
export function standalone(tasks: readonly UnitTask[], outcomes: readonly UnitOutcome[]): readonly UnitOutcome[] {
  const fileOf = new Map(tasks.map((task) => [task.unit, task.seed.file]));
  const includedBy = new Map<string, Set<string>>();
  const includes = new Map<string, string[]>();
  for (const outcome of outcomes) {
    if (outcome.kind !== 'judged') continue;
    const file = fileOf.get(outcome.unit) ?? '';
    for (const nested of outcome.included) {
      if (nested === file) continue;
      includes.set(file, [...(includes.get(file) ?? []), nested]);
      includedBy.set(nested, (includedBy.get(nested) ?? new Set()).add(file));
    }
  }
  const files = [...new Set(fileOf.values())].sort();
  const kept = new Set<string>();
  const covered = new Set<string>();
  const keep = (file: string): void => {
    kept.add(file);
    const queue = [...(includes.get(file) ?? [])];
    for (let nested = queue.pop(); nested !== undefined; nested = queue.pop()) {
      if (covered.has(nested) || kept.has(nested)) continue;
      covered.add(nested);
      queue.push(...(includes.get(nested) ?? []));
    }
  };
  for (const file of files) if (!includedBy.has(file)) keep(file);
  for (const file of files) if (!kept.has(file) && !covered.has(file)) keep(file);
  return outcomes.filter((outcome) => kept.has(fileOf.get(outcome.unit) ?? ''));
}
