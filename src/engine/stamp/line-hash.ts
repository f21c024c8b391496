const WINDOW = 100;
const BASE = 37n;
const END_OF_FILE = '\uffff';
const NOTHING = '\0';

/** One line's hash, and where the last character that went into it stands. */
export interface LineHash {
  /** `hash:n`, n counting equal hashes from the top of the file. */
  readonly hash: string;
  /** Offset behind the last character that the hash covers. */
  readonly end: number;
}

/**
 * The hash GitHub code scanning tells alerts apart by (`primaryLocationLineHash`), for lines counted from 1.
 * A line's hash covers the 100 characters from its first one on, across line ends, blanks and tabs left out and CR LF taken as one;
 * behind the end of the file stands one end mark, then zeros. It is a polynomial in 37 modulo 2^64, written in hex.
 * Equal hashes are told apart by counting, so all lines are looked at; only those asked for are hashed. `start` is the line's offset.
 */
export function lineHasher(text: string): (line: number, start: number) => LineHash | undefined {
  const kept = text.replace(/\r\n?/g, '\n').replace(/[ \t]+/g, '') + END_OF_FILE + NOTHING.repeat(WINDOW);
  const last = kept.length - WINDOW;
  const starts: number[] = [];
  const ordinals: number[] = [];
  const seen = new Map<string, number>();
  for (let at = 0; at < last; ) {
    const window = kept.slice(at, at + WINDOW);
    const ordinal = (seen.get(window) ?? 0) + 1;
    seen.set(window, ordinal);
    starts.push(at);
    ordinals.push(ordinal);
    const lineEnd = kept.indexOf('\n', at);
    at = lineEnd < 0 ? last : lineEnd + 1;
  }
  return (line, start) => {
    const from = starts[line - 1];
    if (from === undefined) return undefined;
    return { hash: `${hexOf(kept.slice(from, from + WINDOW))}:${ordinals[line - 1]}`, end: endOf(text, start) };
  };
}

function hexOf(window: string): string {
  let hash = 0n;
  for (let at = 0; at < WINDOW; at += 1) hash = hash * BASE + BigInt(window.charCodeAt(at));
  return BigInt.asUintN(64, hash).toString(16);
}

/** The offset behind the 100th kept character from `start` on. */
function endOf(text: string, start: number): number {
  let at = start;
  for (let kept = 0; at < text.length && kept < WINDOW; at += 1) {
    const char = text[at];
    if (char === ' ' || char === '\t' || (char === '\n' && text[at - 1] === '\r')) continue;
    kept += 1;
  }
  return at;
}
