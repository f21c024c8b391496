import type { Facet, FacetName } from './facets.js';

/** The values chosen of each facet; a facet without any lets every row through. */
export type Selection = ReadonlyMap<FacetName, ReadonlySet<string>>;

export interface Filtered {
  /** Rows that pass, in the report's order. */
  readonly rows: Uint32Array;
  /** By facet and value: how many rows would pass if this facet alone were set to that value. */
  readonly counts: ReadonlyMap<FacetName, Uint32Array>;
}

/** One walk over the rows `start` to `end`. A row that fails one facet only still counts among that facet's values. */
export function filterRows(
  facets: readonly Facet[],
  { start, end }: { readonly start: number; readonly end: number },
  selection: Selection,
  matches: ((row: number) => boolean) | undefined,
): Filtered {
  const tracks = facets.map((facet) => ({
    ...facet,
    counts: new Uint32Array(facet.values.length),
    chosen: chosenValues(facet, selection),
  }));
  const passed = new Uint32Array(end - start);
  let length = 0;
  for (let row = start; row < end; row++) {
    if (matches !== undefined && !matches(row)) continue;
    let failed = -1;
    let failures = 0;
    for (let index = 0; index < tracks.length && failures < 2; index++) {
      const track = tracks[index] as (typeof tracks)[number]; // index is below the length
      if (track.chosen !== undefined && track.chosen[track.column[row] as number] === 0) {
        failed = index;
        failures++;
      }
    }
    if (failures > 1) continue;
    if (failures === 1) {
      count(tracks[failed] as (typeof tracks)[number], row); // failed is one of the indexes above
      continue;
    }
    passed[length++] = row;
    for (const track of tracks) count(track, row);
  }
  return { rows: passed.slice(0, length), counts: new Map(tracks.map((track) => [track.name, track.counts])) };
}

function count({ counts, column }: { readonly counts: Uint32Array; readonly column: Uint32Array }, row: number): void {
  const value = column[row] as number; // one entry a row
  counts[value] = (counts[value] ?? 0) + 1;
}

/** 1 for each chosen value, or undefined where none is. A chosen value that the report lacks lets nothing through. */
function chosenValues(facet: Facet, selection: Selection): Uint8Array | undefined {
  const chosen = selection.get(facet.name);
  if (chosen === undefined || chosen.size === 0) return undefined;
  return Uint8Array.from(facet.values, (value) => (chosen.has(value) ? 1 : 0));
}
