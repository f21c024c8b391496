import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { formatAddress, type Place, parseAddress } from '../data/address.js';

/** Typing changes the address at most this often: engines refuse about a hundred changes in half a minute. */
const SETTLE_MS = 300;

/** `step` can be gone back from; `adjust` (typing) changes the step that is. */
export type Go = (change: Partial<Place>, how: 'step' | 'adjust') => void;

/** The place the address names, kept in step both ways: links just change the hash. */
export function usePlace(): readonly [Place, Go] {
  const [place, setPlace] = useState(() => parseAddress(location.hash));
  const current = useRef(place);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  current.current = place;

  useEffect(() => {
    const follow = () => {
      clearTimeout(timer.current);
      setPlace(parseAddress(location.hash));
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);

  const go = useCallback<Go>((change, how) => {
    const next = { ...current.current, ...change };
    current.current = next;
    setPlace(next);
    clearTimeout(timer.current);
    if (how === 'step') write(next, how);
    else timer.current = setTimeout(() => write(next, how), SETTLE_MS);
  }, []);
  return [place, go];
}

function write(place: Place, how: 'step' | 'adjust'): void {
  const hash = formatAddress(place);
  if (hash === (location.hash || '#')) return;
  try {
    if (how === 'step') history.pushState(null, '', hash);
    else history.replaceState(null, '', hash);
  } catch {
    // Refused (too often, or an odd origin): the page works on, only its address lags behind.
  }
}
