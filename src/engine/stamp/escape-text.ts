/** C0 and C1 controls, and the characters that turn the direction of text or hide in it. Tabs and line ends included. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The text with every control, bidirectional and zero-width character shown as `\u{…}`, so that printing it does nothing else. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, escapeChar);
}

/** How one unsafe character is written; undefined where the character is harmless. */
export function escapedChar(char: string): string | undefined {
  UNSAFE.lastIndex = 0;
  return UNSAFE.test(char) ? escapeChar(char) : undefined;
}

function escapeChar(char: string): string {
  return `\\u{${char.charCodeAt(0).toString(16)}}`;
}
