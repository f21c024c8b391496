import { type Path, type Severity, worseOf } from '../../model/index.js';
import type { Relation } from '../../rules/index.js';
import type { StampedFinding } from '../unit/unit.js';

/** A finding that still stands, with the rules it speaks for and the severity it takes. */
export interface Standing {
  readonly finding: StampedFinding;
  readonly silences: readonly string[];
  readonly severity: Severity;
}

/**
 * One cause, one finding. Of two active fails on one resource whose rules are related only the winner is reported; it names the
 * other and takes the worse severity of the two. Findings about different items of one list have different causes.
 */
export function oneCause(active: readonly StampedFinding[], relations: readonly Relation[]): readonly Standing[] {
  const winners = new Map<string, string>();
  for (const { a, b, wins } of relations) winners.set(pairOf(a, b), wins);
  const wins = (loser: StampedFinding, other: StampedFinding): boolean =>
    other.rule !== loser.rule && winners.get(pairOf(loser.rule, other.rule)) === other.rule;
  const above = new Map<StampedFinding, StampedFinding[]>();
  const note = (loser: StampedFinding, winner: StampedFinding): void => void above.set(loser, [...(above.get(loser) ?? []), winner]);
  for (const group of groupsOf(active, ({ resource }) => resource.id)) {
    for (const loser of group) for (const other of group) if (wins(loser, other) && sameCause(loser.path, other.path)) note(loser, other);
  }
  // A rule on the whole template and one on the property point at the same text.
  for (const group of groupsOf(active, placeOf)) {
    for (const loser of group) for (const other of group) if (wins(loser, other)) note(loser, other);
  }
  const speaksFor = silencers(active, above);
  const silences = new Map<StampedFinding, StampedFinding[]>();
  for (const [loser, winner] of speaksFor) silences.set(winner, [...(silences.get(winner) ?? []), loser]);
  return active
    .filter((finding) => !speaksFor.has(finding))
    .map((finding) => {
      const others = silences.get(finding) ?? [];
      return {
        finding,
        silences: [...new Set(others.map(({ rule }) => rule))].sort(),
        severity: others.reduce((worst, { severity }) => worseOf(worst, severity), finding.severity),
      };
    });
}

/** Who silences whom: only a finding that stands itself silences another; in a circle of relations the first that is asked stands. */
function silencers(
  active: readonly StampedFinding[],
  above: ReadonlyMap<StampedFinding, readonly StampedFinding[]>,
): ReadonlyMap<StampedFinding, StampedFinding> {
  const decided = new Map<StampedFinding, StampedFinding | 'stands'>();
  const decide = (finding: StampedFinding): StampedFinding | 'stands' => {
    const known = decided.get(finding);
    if (known !== undefined) return known;
    decided.set(finding, 'stands');
    const winner = (above.get(finding) ?? []).find((other) => decide(other) === 'stands');
    const answer = winner ?? 'stands';
    decided.set(finding, answer);
    return answer;
  };
  const found = new Map<StampedFinding, StampedFinding>();
  for (const finding of active) {
    const answer = decide(finding);
    if (answer !== 'stands') found.set(finding, answer);
  }
  return found;
}

/** Findings that share a key, where there are at least two; those without a key stand alone. */
function groupsOf(
  findings: readonly StampedFinding[],
  keyOf: (finding: StampedFinding) => string | undefined,
): readonly (readonly StampedFinding[])[] {
  const groups = new Map<string, StampedFinding[]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function placeOf({ location: { file, range, exact } }: StampedFinding): string | undefined {
  return file === undefined || range === undefined || !exact ? undefined : JSON.stringify([file, range]);
}

function pairOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function sameCause(a: Path, b: Path): boolean {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    if (a[index] !== b[index]) return !(typeof a[index] === 'number' && typeof b[index] === 'number');
  }
  return true;
}
