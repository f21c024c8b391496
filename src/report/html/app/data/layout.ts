import type { RowGroup } from './groups.js';

/** Heights in CSS pixels; a header of 0 means groups have none. */
export interface Heights {
  readonly header: number;
  readonly row: number;
}

/** One stop of the keyboard: a group's header (`row` absent) or a row, by their index in the groups. */
export interface Stop {
  readonly group: number;
  readonly row?: number;
}

export interface LaidGroup {
  readonly group: RowGroup;
  readonly open: boolean;
  readonly top: number;
  readonly height: number;
  /** Stops before this group: of its header, or of its first row where it has no header. */
  readonly firstStop: number;
}

/** Where everything in a list stands, without any of it in the page yet. */
export interface Layout {
  readonly groups: readonly LaidGroup[];
  readonly height: number;
  readonly stops: number;
  readonly heights: Heights;
}

export function layOut(groups: readonly RowGroup[], closed: ReadonlySet<string>, heights: Heights): Layout {
  let [height, stops] = [0, 0];
  const laid = groups.map((group): LaidGroup => {
    const open = !closed.has(group.key);
    const shown = open ? group.rows.length : 0;
    const one = { group, open, top: height, height: heights.header + shown * heights.row, firstStop: stops };
    height += one.height;
    stops += shown + (heights.header > 0 ? 1 : 0);
    return one;
  });
  return { groups: laid, height, stops, heights };
}

/** The indexes of a group's rows that touch the stretch `top` to `bottom` of the list. */
export function rowsBetween({ groups, heights }: Layout, index: number, top: number, bottom: number): { first: number; end: number } {
  const laid = groups[index];
  if (laid === undefined || !laid.open) return { first: 0, end: 0 };
  const offset = laid.top + heights.header;
  const clamp = (value: number) => Math.max(0, Math.min(laid.group.rows.length, value));
  return { first: clamp(Math.floor((top - offset) / heights.row)), end: clamp(Math.ceil((bottom - offset) / heights.row)) };
}

/** The groups that touch the stretch, end exclusive. */
export function groupsBetween({ groups }: Layout, top: number, bottom: number): { first: number; end: number } {
  const first = firstIndex(groups.length, (index) => (groups[index]?.top ?? 0) + (groups[index]?.height ?? 0) > top);
  const end = firstIndex(groups.length, (index) => (groups[index]?.top ?? 0) >= bottom);
  return { first, end: Math.max(first, end) };
}

export function stopAt({ groups, heights }: Layout, stop: number): Stop | undefined {
  const index = firstIndex(groups.length, (one) => (groups[one]?.firstStop ?? 0) > stop) - 1;
  const laid = groups[index];
  if (laid === undefined) return undefined;
  const row = stop - laid.firstStop - (heights.header > 0 ? 1 : 0);
  return row < 0 ? { group: index } : { group: index, row };
}

/** The stop of a report row, or undefined where it is not in the list or its group is closed. */
export function stopOfRow({ groups, heights }: Layout, row: number): number | undefined {
  for (const laid of groups) {
    if (!laid.open) continue;
    const index = laid.group.rows.indexOf(row);
    if (index >= 0) return laid.firstStop + index + (heights.header > 0 ? 1 : 0);
  }
  return undefined;
}

/** Top and height of a stop, in the list. */
export function extentOf(layout: Layout, stop: number): { readonly top: number; readonly height: number } | undefined {
  const found = stopAt(layout, stop);
  const laid = found === undefined ? undefined : layout.groups[found.group];
  if (found === undefined || laid === undefined) return undefined;
  const { header, row } = layout.heights;
  return found.row === undefined ? { top: laid.top, height: header } : { top: laid.top + header + found.row * row, height: row };
}

/** First index below `length` for which a test that goes from false to true holds; `length` where it never does. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
