export type Decoded =
  | { readonly text: string }
  /** `offset` is that of the first byte that is no text, from 0. */
  | { readonly error: { readonly offset: number; readonly message: string } };

/**
 * Bytes to text: UTF-8 with or without a byte order mark, UTF-16 of either order with one. The mark is not part of the text.
 * Anything else, and bytes that are wrong in their encoding, is not text. NUL counts as wrong: no format we read admits it.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode(bytes, 'utf-16le', 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode(bytes, 'utf-16be', 2);
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const nul = bytes.indexOf(0, mark);
  const decoded = decode(bytes, 'utf-8', mark);
  if (nul === -1 || ('error' in decoded && decoded.error.offset < nul)) return decoded;
  return wrong(nul, 'UTF-8');
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';
const NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little endian)',
  'utf-16be': 'UTF-16 (big endian)',
};

function decode(bytes: Uint8Array, encoding: Encoding, from: number): Decoded {
  const body = bytes.subarray(from);
  const text = decodeStrictly(body, encoding);
  if (text !== undefined) return { text };
  return wrong(from + firstBadByte(body, encoding), NAMES[encoding]);
}

function wrong(offset: number, name: string): Decoded {
  return { error: { offset, message: `Byte ${offset} is not valid ${name} text.` } };
}

function decodeStrictly(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Where the first character begins that is wrong or cut off: by halving, then back over the bytes that begin it. */
function firstBadByte(bytes: Uint8Array, encoding: Encoding): number {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (startsWell(bytes.subarray(0, middle), encoding)) good = middle;
    else bad = middle;
  }
  while (good > 0 && decodeStrictly(bytes.subarray(0, good), encoding) === undefined) good -= 1;
  return good;
}

/** A character cut off at the end is still a good start. */
function startsWell(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
