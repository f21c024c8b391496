/** Values numbered in the order they were first met; equal keys share a number. */
export interface Dictionary<T> {
  readonly entries: readonly T[];
  /** The number of the value with this key; `make` is called where it is new. */
  idOf(key: string, make: () => T): number;
}

/** `none` is entry 0: what a column refers to where it has nothing. */
export function dictionary<T>(none: T): Dictionary<T> {
  const entries: T[] = [none];
  const ids = new Map<string, number>();
  return {
    entries,
    idOf(key, make) {
      const known = ids.get(key);
      if (known !== undefined) return known;
      const id = entries.length;
      ids.set(key, id);
      entries.push(make());
      return id;
    },
  };
}
