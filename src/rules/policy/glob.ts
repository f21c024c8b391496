/**
 * Whether a policy pattern covers a text: `*` is any run, `?` one character, all else itself. Takes time proportional to
 * the product of the lengths at worst, so that a hostile pattern can't stall a scan.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let inside = 0;
  let star = -1;
  let mark = 0;
  while (at < text.length) {
    const wanted = pattern[inside];
    if (wanted === '*') {
      star = inside++;
      mark = at;
    } else if (wanted !== undefined && (wanted === '?' || wanted === text[at])) {
      inside++;
      at++;
    } else if (star >= 0) {
      inside = star + 1;
      at = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[inside] === '*') inside++;
  return inside === pattern.length;
}
