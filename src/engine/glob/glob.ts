/** Says whether a text matches a glob. */
export type Glob = (text: string) => boolean;

type Token =
  | { readonly kind: 'literal'; readonly char: string }
  | { readonly kind: 'any-char' | 'in-segment' | 'across' }
  // Two stars and a slash: no folder, or whole ones; `folder` is being inside one.
  | { readonly kind: 'folders' | 'folder' };

/** How many alternatives `{a,b}{c,d}…` may multiply to; more are refused rather than expanded. */
const MOST_ALTERNATIVES = 200;

/**
 * A glob of paths or names: `*` and `?` stay within a path segment, `**` crosses segments, `{a,b}` is either.
 * Matching takes time proportional to pattern × text whatever the pattern: patterns come from scanned trees.
 */
export function globOf(pattern: string): Glob {
  const alternatives = expandBraces(pattern).map(tokens);
  return (text) => alternatives.some((pieces) => matches(pieces, text));
}

/** True where the text would be taken as a pattern rather than as a plain name. */
export function isGlob(text: string): boolean {
  return /[*?{]/.test(text);
}

function expandBraces(pattern: string): readonly string[] {
  let done: string[] = [''];
  let rest = pattern;
  for (;;) {
    const open = rest.indexOf('{');
    const close = rest.indexOf('}', open);
    if (open < 0 || close < 0) return done.map((text) => text + rest);
    const parts = rest.slice(open + 1, close).split(',');
    if (done.length * parts.length > MOST_ALTERNATIVES) return [pattern];
    const head = rest.slice(0, open);
    done = done.flatMap((text) => parts.map((part) => text + head + part));
    rest = rest.slice(close + 1);
  }
}

function tokens(pattern: string): readonly Token[] {
  const found: Token[] = [];
  const chars = [...pattern];
  for (let at = 0; at < chars.length; at += 1) {
    const char = chars[at] ?? '';
    if (char === '?') found.push({ kind: 'any-char' });
    else if (char !== '*') found.push({ kind: 'literal', char });
    else if (chars[at + 1] !== '*') found.push({ kind: 'in-segment' });
    else {
      at += 1;
      const wholeNames = chars[at + 1] === '/' && (at < 2 || chars[at - 2] === '/');
      if (wholeNames) {
        found.push({ kind: 'folders' }, { kind: 'folder' });
        at += 1;
      } else found.push({ kind: 'across' });
    }
  }
  return found;
}

/** Keeps the set of pattern positions reachable after each character: no backtracking. */
function matches(pieces: readonly Token[], text: string): boolean {
  let now = closure(pieces, new Set([0]));
  for (const char of text) {
    const next = new Set<number>();
    for (const at of now) {
      const piece = pieces[at];
      if (piece === undefined) continue;
      if (piece.kind === 'literal' && piece.char === char) next.add(at + 1);
      if (piece.kind === 'any-char' && char !== '/') next.add(at + 1);
      if (piece.kind === 'in-segment' && char !== '/') next.add(at);
      if (piece.kind === 'across' || piece.kind === 'folder') next.add(at);
      if (piece.kind === 'folder' && char === '/') next.add(at + 1);
    }
    if (next.size === 0) return false;
    now = closure(pieces, next);
  }
  return now.has(pieces.length);
}

function closure(pieces: readonly Token[], positions: Set<number>): Set<number> {
  for (const at of positions) {
    const kind = pieces[at]?.kind;
    if (kind === 'in-segment' || kind === 'across' || kind === 'folders') positions.add(at + 1);
    if (kind === 'folders') positions.add(at + 2);
  }
  return positions;
}
