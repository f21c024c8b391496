/**
 * Characters that change how the text around them is read without being seen: controls (but tab and newline), bidi marks
 * and overrides (CVE-2021-42574), zero-width and tag characters, halves of a surrogate pair.
 */
const UNSEEN =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e007f}]/u;
const EVERY_UNSEEN = new RegExp(UNSEEN.source, 'gu');

/** The text with every unseen character written out, `\u{202e}`. Text that has none is returned as it is. */
export function visible(text: string): string {
  if (!UNSEEN.test(text)) return text;
  return text.replace(EVERY_UNSEEN, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** A copy of plain JSON data with every string (keys too) made visible. */
export function visibleData<T>(data: T): T {
  return walk(data) as T; // walk keeps the shape; only the content of strings changes
}

function walk(data: unknown): unknown {
  if (typeof data === 'string') return visible(data);
  if (Array.isArray(data)) return data.map(walk);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, item]) => [visible(key), walk(item)]));
}
