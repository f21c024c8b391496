import { useMemo } from 'preact/hooks';
import type { Payload } from '../../payload.js';
import { at, causeAt } from '../data/findings.js';
import { counted } from './words.js';

const SHOWN = 5;

/** The facts that would decide most of these rows, so that one parameter settles many. */
export function SettleFirst({ payload, rows }: { readonly payload: Payload; readonly rows: Uint32Array }) {
  const causes = useMemo(() => commonest(payload, rows), [payload, rows]);
  const shown = causes.slice(0, SHOWN);
  if (shown.length === 0) return null;
  return (
    <section class="settle-first">
      <h3>What would settle most</h3>
      <ul>
        {shown.map(({ id, rows: number }) => {
          const { words, settle } = causeAt(payload, id);
          return (
            <li key={id}>
              <b>{counted(number, 'verdict')}</b> {number === 1 ? 'rests' : 'rest'} on {words}
              {settle !== undefined && <span class="quiet">: {settle}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function commonest({ rows: columns, lists }: Payload, rows: Uint32Array): { readonly id: number; readonly rows: number }[] {
  const counts = new Map<number, number>();
  for (const row of rows) for (const id of at(lists, at(columns.because, row))) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].map(([id, number]) => ({ id, rows: number })).sort((a, b) => b.rows - a.rows || a.id - b.id);
}
