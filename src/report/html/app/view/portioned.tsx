import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { count } from './words.js';

interface PortionedProps<T> {
  readonly items: readonly T[];
  readonly portion: number;
  readonly children: (shown: readonly T[]) => ComponentChildren;
}

/** A long list a portion at a time, with the number of what is not shown yet: a cap is never silent. */
export function Portioned<T>({ items, portion, children }: PortionedProps<T>) {
  const [limit, setLimit] = useState(portion);
  const left = items.length - limit;
  return (
    <>
      {children(items.slice(0, limit))}
      {left > 0 && (
        <p class="portion">
          {count(limit)} of {count(items.length)} shown.{' '}
          <button type="button" class="tool" onClick={() => setLimit(limit + portion * 5)}>
            Show {count(Math.min(left, portion * 5))} more
          </button>
        </p>
      )}
    </>
  );
}
