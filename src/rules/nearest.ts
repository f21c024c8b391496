/** The known names nearest to a mistaken one, at most three; none where nothing is near. */
export function nearest(name: string, known: Iterable<string>): readonly string[] {
  let best = Math.max(2, Math.ceil(name.length / 3));
  let found: string[] = [];
  for (const candidate of new Set(known)) {
    const far = distance(name.toLowerCase(), candidate.toLowerCase());
    if (far > best) continue;
    found = far < best ? [candidate] : [...found, candidate];
    best = far;
  }
  return found.sort().slice(0, 3);
}

/** ", perhaps Encrypted or EncryptionKey", or nothing. */
export function perhaps(name: string, known: Iterable<string>): string {
  const near = nearest(name, known);
  return near.length === 0 ? '' : `; perhaps ${near.join(' or ')}`;
}

/** Levenshtein's: insertions, deletions and replacements. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
