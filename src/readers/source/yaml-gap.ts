/**
 * Parsers tell where values are, not always where the marks between them are. These walk the stretch between two values
 * (white space, comments, `:`, `-`, `?`, `,`, tags, anchors) and stop at what is asked for.
 */

/** The offset of the first character at or after `from` that is neither white space nor in a comment. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 10 || code === 13 || code === 9 || code === 0xfeff) at += 1;
    else if (code === 35 && startsComment(text, at)) at = lineEnd(text, at);
    else return at;
  }
}

function startsComment(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text.charCodeAt(at - 1);
  // After a flow mark or a quote some parsers take `#` for a comment without a space before it.
  return before === 32 || before === 9 || before === 10 || before === 13 || before === 44 || before === 0xfeff;
}

function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
    at += 1;
  }
  return at;
}

/** Where an empty value stands that follows `cursor`: behind its `:` or `-` and behind `properties` tags or anchors. */
export function emptyPlace(text: string, cursor: number, mark: ':' | '-' | undefined, properties: number): number {
  let place = cursor;
  if (mark !== undefined) {
    const at = skipBlank(text, cursor);
    if (text[at] === mark) place = at + 1;
  }
  for (let left = properties; left > 0; left -= 1) {
    const at = skipBlank(text, place);
    place = at;
    while (place < text.length && !/[\s,\]}]/.test(text.charAt(place))) place += 1;
  }
  return place;
}

/** Where the `|` or `>` of a block scalar stands whose header lies between `cursor` and `limit`. */
export function blockHeader(text: string, cursor: number, limit: number): number {
  let at = cursor;
  while (at < limit) {
    at = skipBlank(text, at);
    const code = text.charCodeAt(at);
    if (code === 124 || code === 62) return at;
    if (code === 33 || code === 38) while (at < limit && !/\s/.test(text.charAt(at))) at += 1;
    else at += 1;
  }
  return cursor;
}

/** The offset behind the bracket that closes a flow collection whose last value ended at `cursor`. */
export function flowEnd(text: string, cursor: number): number {
  let at = cursor;
  for (;;) {
    at = skipBlank(text, at);
    const code = text.charCodeAt(at);
    if (code === 93 || code === 125 || Number.isNaN(code)) return Math.min(at + 1, text.length);
    at += 1;
  }
}

/** The end of what is written when trailing white space does not count. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start) {
    const code = text.charCodeAt(at - 1);
    if (code !== 10 && code !== 13 && code !== 32 && code !== 9) return at;
    at -= 1;
  }
  return at;
}
