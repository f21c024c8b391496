import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { SEVERITIES } from '../../../../model/severity.js';
import type { Payload } from '../../payload.js';
import { at } from '../data/findings.js';
import { extentOf, groupsBetween, type LaidGroup, type Layout, rowsBetween, stopAt, stopOfRow } from '../data/layout.js';
import { rowText } from './row-text.js';
import { SeverityMark, SeverityWord } from './severity-mark.js';
import { count } from './words.js';

/** Up to here every group's heading is in the page, so that a screen reader can walk them; above, those near the window. */
const ALL_HEADINGS = 400;
/** Rows are drawn this far beyond the window, and anew each time it has moved that far. */
const STRIDE = 480;

export interface GridProps {
  readonly payload: Payload;
  readonly layout: Layout;
  readonly label: string;
  /** The row that is open; it is marked, and gets the focus back when `focusRow` changes to it. */
  readonly openRow: number | undefined;
  readonly focusRow: { readonly row: number } | undefined;
  readonly hrefOf: (fingerprint: string) => string;
  readonly onToggle: (key: string) => void;
}

/**
 * The findings as a grid of which only the rows near the window are in the page. One tab stop; arrows, Page Up and Down,
 * Home and End walk headings and rows; Enter follows the link of a row or closes a heading's rows.
 */
export function FindingGrid(props: GridProps) {
  const { payload, layout, label, openRow, focusRow, hrefOf, onToggle } = props;
  const grid = useRef<HTMLDivElement>(null);
  const [stretch, measure] = useStretch(grid);
  const [active, setActive] = useState(0);
  const wanted = useRef(false);
  const current = Math.min(active, Math.max(0, layout.stops - 1));

  const focusStop = (stop: number) => {
    wanted.current = true;
    setActive(Math.max(0, Math.min(layout.stops - 1, stop)));
  };
  useLayoutEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    reveal(grid.current, extentOf(layout, current), layout.heights.header);
    measure();
    grid.current?.querySelector<HTMLElement>(`[data-stop="${current}"]`)?.focus({ preventScroll: true });
  });
  useLayoutEffect(measure, [layout]); // what stands in the list has changed
  useEffect(() => {
    const stop = focusRow === undefined ? undefined : stopOfRow(layout, focusRow.row);
    if (stop !== undefined) focusStop(stop);
  }, [focusRow]); // only a new wish moves the focus, not a new layout
  useEffect(() => {
    const stop = openRow === undefined ? undefined : stopOfRow(layout, openRow);
    if (stop === undefined) return;
    setActive(stop);
    reveal(grid.current, extentOf(layout, stop), layout.heights.header);
  }, [openRow]); // the finding that was opened by a link or a step shows in the list, too

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(innerHeight / layout.heights.row) - 3);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: layout.stops - 1,
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    focusStop(to);
  };

  const every = layout.groups.length <= ALL_HEADINGS;
  const near = every ? { first: 0, end: layout.groups.length } : groupsBetween(layout, stretch.top, stretch.bottom);
  const stop = stopAt(layout, current);
  const shown = layout.groups.slice(near.first, near.end);
  const before = shown[0]?.top ?? 0;
  const last = shown.at(-1);
  return (
    <div
      ref={grid}
      role="grid"
      class="grid"
      aria-label={label}
      aria-rowcount={layout.stops}
      aria-colcount={4}
      onKeyDown={onKeyDown}
      onFocusIn={(event) => {
        const value = (event.target as HTMLElement).dataset.stop; // focus events come from elements
        if (value !== undefined) setActive(Number(value));
      }}
    >
      <div role="presentation" style={{ height: `${before}px` }} />
      {shown.map((laid, index) => {
        const { first, end } = rowsBetween(layout, near.first + index, stretch.top, stretch.bottom);
        const here = stop?.group === near.first + index;
        return (
          <Group
            key={laid.group.key}
            payload={payload}
            laid={laid}
            layout={layout}
            first={first}
            end={end}
            active={here ? (stop.row ?? -1) : undefined}
            openRow={openRow}
            hrefOf={hrefOf}
            onToggle={onToggle}
          />
        );
      })}
      <div role="presentation" style={{ height: `${last === undefined ? 0 : layout.height - last.top - last.height}px` }} />
    </div>
  );
}

interface GroupProps extends Pick<GridProps, 'payload' | 'layout' | 'openRow' | 'hrefOf' | 'onToggle'> {
  readonly laid: LaidGroup;
  readonly first: number;
  readonly end: number;
  /** The row with the tab stop, -1 for the heading; undefined where the tab stop is in another group. */
  readonly active: number | undefined;
}

/** A heading and those of its rows that are near the window; drawn anew only where something of it changed. */
function Group({ payload, laid, layout, first, end, active, openRow, hrefOf, onToggle }: GroupProps) {
  const { group, open, firstStop } = laid;
  const { header, row: rowHeight } = layout.heights;
  const opened = openRow !== undefined && group.rows.includes(openRow) ? openRow : undefined;
  return useMemo(() => {
    const indexes = new Set<number>();
    for (let index = first; index < end; index++) indexes.add(index);
    if (active !== undefined && active >= 0 && open) indexes.add(active); // the focus stays in the page wherever it is scrolled to
    const firstRowStop = firstStop + (header > 0 ? 1 : 0);
    return (
      <div role="rowgroup" class="group" style={{ height: `${laid.height}px` }}>
        {header > 0 && (
          <div role="row" class="group-head" aria-rowindex={firstStop + 1}>
            <div role="gridcell" aria-colindex={1} aria-colspan={4}>
              <h3>
                <button
                  type="button"
                  aria-expanded={open}
                  data-stop={firstStop}
                  tabIndex={active === -1 ? 0 : -1}
                  onClick={() => onToggle(group.key)}
                >
                  <span class="chevron" aria-hidden="true" />
                  <SeverityMark severity={at(SEVERITIES, group.worst)} />
                  <span class="title">{group.title}</span>
                  <span class="number">{count(group.rows.length)}</span>
                </button>
              </h3>
            </div>
          </div>
        )}
        <div role="presentation" class="rows" style={{ height: `${laid.height - header}px` }}>
          {[...indexes]
            .sort((a, b) => a - b)
            .map((index) => {
              const row = at(group.rows, index);
              return (
                <Row
                  key={row}
                  payload={payload}
                  row={row}
                  stop={firstRowStop + index}
                  top={index * rowHeight}
                  tabbable={index === active}
                  current={row === opened}
                  hrefOf={hrefOf}
                />
              );
            })}
        </div>
      </div>
    );
  }, [payload, laid, header, rowHeight, first, end, active, opened, hrefOf, onToggle]);
}

interface RowProps {
  readonly payload: Payload;
  readonly row: number;
  readonly stop: number;
  readonly top: number;
  readonly tabbable: boolean;
  readonly current: boolean;
  readonly hrefOf: (fingerprint: string) => string;
}

function Row({ payload, row, stop, top, tabbable, current, hrefOf }: RowProps) {
  const { severity, kind, message, note, folder, file, fingerprint } = rowText(payload, row);
  const link = useRef<HTMLAnchorElement>(null);
  return (
    <div
      role="row"
      class={`row${current ? ' current' : ''}`}
      aria-rowindex={stop + 1}
      style={{ top: `${top}px` }}
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest('a') && String(getSelection()) === '') link.current?.click(); // clicks come from elements
      }}
    >
      <div role="gridcell" aria-colindex={1} class="cell-severity">
        <SeverityWord severity={severity} kind={kind} />
      </div>
      <div role="gridcell" aria-colindex={2} class="cell-message">
        <a ref={link} href={hrefOf(fingerprint)} data-stop={stop} tabIndex={tabbable ? 0 : -1} aria-current={current ? 'true' : undefined}>
          {message}
        </a>
      </div>
      <div role="gridcell" aria-colindex={3} class="cell-note">
        {note}
      </div>
      <div role="gridcell" aria-colindex={4} class="cell-place">
        <span class="folder">
          <bdi>{folder}</bdi>
        </span>
        <span class="file">{file}</span>
      </div>
    </div>
  );
}

interface Stretch {
  readonly top: number;
  readonly bottom: number;
}

/** The stretch of the list in and around the window, in the list's own pixels; changes a stride at a time. */
function useStretch(grid: { readonly current: HTMLElement | null }): readonly [Stretch, () => void] {
  const [stretch, setStretch] = useState<Stretch>({ top: 0, bottom: STRIDE * 3 });
  const measure = () => {
    if (grid.current === null) return;
    const offset = -grid.current.getBoundingClientRect().top;
    const top = (Math.floor(offset / STRIDE) - 1) * STRIDE;
    const bottom = (Math.ceil((offset + innerHeight) / STRIDE) + 1) * STRIDE;
    setStretch((known) => (known.top === top && known.bottom === bottom ? known : { top, bottom }));
  };
  useEffect(() => {
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    return () => {
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
    };
  }, []);
  return [stretch, measure];
}

/** Scrolls the window just so far that the stop shows, clear of what sticks to the top. */
function reveal(grid: HTMLElement | null, extent: { readonly top: number; readonly height: number } | undefined, header: number): void {
  if (grid === null || extent === undefined) return;
  const toolbar = grid.closest('.list')?.querySelector<HTMLElement>('.toolbar');
  const sticky = toolbar && getComputedStyle(toolbar).position === 'sticky' ? toolbar.offsetHeight : 0;
  const top = grid.getBoundingClientRect().top + extent.top;
  const ceiling = sticky + header;
  if (top < ceiling) scrollBy(0, top - ceiling - 8);
  else if (top + extent.height > innerHeight) scrollBy(0, top + extent.height - innerHeight + 8);
}
