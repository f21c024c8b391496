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
  const byResource = new Map<string, StampedFinding[]>();
  for (const finding of active) byResource.set(finding.resource.id, [...(byResource.get(finding.resource.id) ?? []), finding]);
  const silenced = new Map<StampedFinding, StampedFinding>();
  for (const group of byResource.values()) {
    if (group.length === 1) continue;
    for (const loser of group) {
      const winner = group.find(
        (other) =>
          other.rule !== loser.rule && winners.get(pairOf(loser.rule, other.rule)) === other.rule && sameCause(loser.path, other.path),
      );
      if (winner !== undefined) silenced.set(loser, winner);
    }
  }
  const silences = new Map<StampedFinding, StampedFinding[]>();
  for (const loser of silenced.keys()) {
    const winner = lastWinner(loser, silenced);
    // A circle of relations silences nobody.
    if (winner === loser) silenced.delete(loser);
    else silences.set(winner, [...(silences.get(winner) ?? []), loser]);
  }
  return active
    .filter((finding) => !silenced.has(finding))
    .map((finding) => {
      const others = silences.get(finding) ?? [];
      return {
        finding,
        silences: [...new Set(others.map(({ rule }) => rule))].sort(),
        severity: others.reduce((worst, { severity }) => worseOf(worst, severity), finding.severity),
      };
    });
}

function pairOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function lastWinner(loser: StampedFinding, silenced: ReadonlyMap<StampedFinding, StampedFinding>): StampedFinding {
  const seen = new Set<StampedFinding>([loser]);
  let at = loser;
  for (let next = silenced.get(at); next !== undefined; next = silenced.get(at)) {
    if (seen.has(next)) return loser;
    seen.add(next);
    at = next;
  }
  return at;
}

function sameCause(a: Path, b: Path): boolean {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    if (a[index] !== b[index]) return !(typeof a[index] === 'number' && typeof b[index] === 'number');
  }
  return true;
}
