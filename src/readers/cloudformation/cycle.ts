/** The edges of a graph of logical ids. */
export type Links = ReadonlyMap<string, ReadonlySet<string>>;

/** Circles in the graph, each by the names along it with the first again at the end; circles that share a name are found once. */
export function cyclesIn(links: Links): readonly (readonly string[])[] {
  const done = new Set<string>();
  const reported = new Set<string>();
  const cycles: string[][] = [];
  for (const start of links.keys()) {
    if (done.has(start)) continue;
    const trail: { readonly name: string; readonly next: Iterator<string> }[] = [];
    const onTrail = new Map<string, number>();
    const enter = (name: string): void => {
      onTrail.set(name, trail.length);
      trail.push({ name, next: (links.get(name) ?? new Set<string>()).values() });
    };
    enter(start);
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const { done: exhausted, value } = top.next.next();
      if (exhausted === true) {
        trail.pop();
        onTrail.delete(top.name);
        done.add(top.name);
        continue;
      }
      const from = onTrail.get(value);
      if (from !== undefined) {
        const cycle = trail.slice(from).map(({ name }) => name);
        if (!cycle.some((name) => reported.has(name))) cycles.push([...cycle, value]);
        for (const name of cycle) reported.add(name);
      } else if (!done.has(value)) enter(value);
    }
  }
  return cycles;
}
