import type { Coverage } from '../../model/index.js';
import type { Rulebook } from '../../rules/index.js';
import type { Discovery } from '../discovery/discover.js';
import type { UnitOutcome, UnitTask } from '../unit/unit.js';
import { compare } from './order.js';

/** What was looked at, and what was not. */
export function coverageOf(
  discovery: Discovery,
  tasks: readonly UnitTask[],
  outcomes: readonly UnitOutcome[],
  rulebook: Rulebook,
): Coverage {
  const fileOf = new Map(tasks.map(({ unit, seed }) => [unit, seed.file]));
  const read = new Map(outcomes.flatMap((outcome) => (outcome.kind === 'skipped' ? [] : outcome.read)));
  const judged = outcomes.flatMap((outcome) => (outcome.kind === 'judged' ? [outcome] : []));
  const types = new Map<string, number>();
  for (const { types: counts } of judged)
    for (const [type, count] of Object.entries(counts)) types.set(type, (types.get(type) ?? 0) + count);
  // Declarations (parameters, outputs) are judged but are no resources of anybody's account.
  const resources = [...types].filter(([type]) => !type.startsWith('Keyward::'));
  const sum = (of: readonly (readonly [string, number])[]): number => of.reduce((total, [, count]) => total + count, 0);
  const isServed = ([type]: readonly [string, number]): boolean => rulebook.forType(type).length > 0;
  const add = (kind: keyof Coverage['verdicts']): number => judged.reduce((total, { verdicts }) => total + verdicts[kind], 0);
  const skipped = outcomes.flatMap((outcome) =>
    outcome.kind === 'skipped' ? [{ file: fileOf.get(outcome.unit) ?? '', reason: outcome.reason }] : [],
  );
  return {
    filesRead: read.size,
    bytesRead: [...read.values()].reduce((total, bytes) => total + bytes, 0),
    scopes: judged.length,
    skipped: [...discovery.skipped, ...skipped].sort((a, b) => compare(a.file, b.file) || compare(a.reason, b.reason)),
    otherFiles: discovery.others,
    resources: {
      all: sum(resources),
      judged: sum(resources.filter(isServed)),
      catalogued: sum(resources.filter(([type]) => rulebook.cataloguedTypes.has(type))),
    },
    typesNotJudged: resources
      .filter((entry) => !isServed(entry))
      .map(([type, count]) => ({ type, count }))
      .sort((a, b) => b.count - a.count || compare(a.type, b.type)),
    rulesApplied: rulebook.rules.size,
    verdicts: { pass: add('pass'), fail: add('fail'), undecided: add('undecided'), notApplicable: add('notApplicable') },
  };
}
