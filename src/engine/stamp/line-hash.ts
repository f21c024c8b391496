const WINDOW = 100;
const BASE = 37;
const TWO_32 = 2 ** 32;
const END_OF_FILE = 0xffff;
/** 37^100 modulo 2^64, as two halves of 32 bits: what the character leaving the window has been multiplied by. */
const LEAVING = powerOfBase(WINDOW);

/** One line's hash, and where the last character that went into it stands. */
export interface LineHash {
  /** `hash:n`, n counting equal hashes from the top of the file. */
  readonly hash: string;
  /** Offset behind the last character that the hash covers. */
  readonly end: number;
}

/**
 * The hash GitHub code scanning tells alerts apart by (`primaryLocationLineHash`), for each line from the first.
 * A line's hash covers the 100 characters from its first one on, across line ends, blanks and tabs left out and CR LF taken as one;
 * behind the end of the file stands one end mark, then zeros. It is a polynomial in 37 modulo 2^64, written in hex.
 */
export function lineHashes(text: string): readonly LineHash[] {
  const window = new Uint16Array(WINDOW);
  const lineAt = new Int32Array(WINDOW).fill(-1);
  const seen = new Map<string, number>();
  const hashes: LineHash[] = [];
  let high = 0;
  let low = 0;
  let slot = 0;
  let line = 0;
  let startsLine = true;

  const settle = (end: number): void => {
    if (lineAt[slot] === -1) return;
    const hex = high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, '0');
    const count = (seen.get(hex) ?? 0) + 1;
    seen.set(hex, count);
    hashes.push({ hash: `${hex}:${count}`, end });
    lineAt[slot] = -1;
  };
  const shift = (char: number): void => {
    const leaving = window[slot] ?? 0;
    window[slot] = char;
    // Every product stays far below 2^53, so doubles are exact; `>>> 0` is the remainder modulo 2^32, of negatives too.
    const lowSum = low * BASE + char - LEAVING.low * leaving;
    low = lowSum >>> 0;
    high = (high * BASE + (lowSum - low) / TWO_32 - LEAVING.high * leaving) >>> 0;
    slot = slot + 1 === WINDOW ? 0 : slot + 1;
  };
  const take = (char: number, offset: number): void => {
    settle(offset);
    if (startsLine) {
      startsLine = false;
      line += 1;
      lineAt[slot] = line;
    }
    if (char === 10) startsLine = true;
    shift(char);
  };

  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === 32 || char === 9) continue;
    if (char === 10 && text.charCodeAt(at - 1) === 13) continue;
    take(char === 13 ? 10 : char, at);
  }
  take(END_OF_FILE, text.length);
  for (let rest = 0; rest < WINDOW; rest += 1) {
    settle(text.length);
    shift(0);
  }
  return hashes;
}

function powerOfBase(exponent: number): { readonly high: number; readonly low: number } {
  const power = BigInt.asUintN(64, BigInt(BASE) ** BigInt(exponent));
  return { high: Number(power >> 32n), low: Number(power & 0xffff_ffffn) };
}
