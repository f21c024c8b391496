/** How a pattern reads: `action` folds case; in `arn` a wildcard of the first five segments does not cross a colon; `text` is plain. */
export type GlobKind = 'text' | 'folded' | 'arn';

export type Token =
  | { readonly kind: 'char'; readonly char: string }
  /** `?` and `*`; with `colon: false` they stop at a colon. */
  | { readonly kind: 'one' | 'run'; readonly colon: boolean };

/** A pattern of a policy, ready to match. */
export interface Glob {
  readonly source: string;
  readonly kind: GlobKind;
  readonly tokens: readonly Token[];
  /** Set where the pattern has no wildcard: it matches just this text. */
  readonly literal?: string;
  /** An ARN pattern with fewer than six segments that is not a bare `*` [IAM guide: Grammar]. */
  readonly tooShort: boolean;
}

/** A piece of a pattern: literal text, or text with wildcards. `${*}`, `${?}`, `${$}` are literal characters. */
export interface Piece {
  readonly text: string;
  /** A substituted variable's value: a `*` in it is no wildcard. */
  readonly literal: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = { '${*}': '*', '${?}': '?', '${$}': '$' };

/** Compiles a pattern; `escapes` says whether `${*}` and its like are read (only under policy version 2012-10-17). */
export function glob(pieces: string | readonly Piece[], kind: GlobKind, escapes: 'escapes' | 'verbatim' = 'verbatim'): Glob {
  const parts = typeof pieces === 'string' ? [{ text: pieces, literal: false }] : pieces;
  const source = parts.map((piece) => piece.text).join('');
  const tokens: Token[] = [];
  let colons = 0;
  const push = (char: string): void => {
    tokens.push({ kind: 'char', char: kind === 'folded' ? char.toLowerCase() : char });
    if (char === ':') colons += 1;
  };
  for (const piece of parts) {
    if (piece.literal) {
      for (const char of piece.text) push(char);
      continue;
    }
    const read = escapes === 'escapes' ? /\$\{[*?$]\}|[\s\S]/gu : /[\s\S]/gu;
    for (const [match] of piece.text.matchAll(read)) {
      const escaped = ESCAPES[match];
      if (escaped !== undefined) push(escaped);
      else if (match === '*' || match === '?') pushWildcard(tokens, match === '*' ? 'run' : 'one', kind !== 'arn' || colons >= 5);
      else push(match);
    }
  }
  const bare = tokens.length === 1 && tokens[0]?.kind === 'run';
  if (bare) tokens[0] = { kind: 'run', colon: true };
  const plain = tokens.every((token) => token.kind === 'char');
  return {
    source,
    kind,
    tokens,
    tooShort: kind === 'arn' && !bare && colons < 5,
    ...(plain ? { literal: tokens.map((token) => (token.kind === 'char' ? token.char : '')).join('') } : {}),
  };
}

/** Neighbouring runs are one run: `a**b` is `a*b`. */
function pushWildcard(tokens: Token[], kind: 'one' | 'run', colon: boolean): void {
  const last = tokens.at(-1);
  if (kind === 'run' && last?.kind === 'run' && last.colon === colon) return;
  tokens.push({ kind, colon });
}

/**
 * Does the text fit the pattern? Linear in the text for each run of the pattern: of two runs only the later is ever
 * widened, unless the earlier may not cross a colon and the later can't reach; runs of different reach are tried in turn.
 */
export function matches(pattern: Glob, text: string): boolean {
  const subject = pattern.kind === 'folded' ? text.toLowerCase() : text;
  if (pattern.literal !== undefined) return pattern.literal === subject;
  return matchFrom(pattern.tokens, [...subject]);
}

/** Simulates the pattern's automaton: a set of positions, advanced a character at a time. */
function matchFrom(tokens: readonly Token[], chars: readonly string[]): boolean {
  let at = closure(tokens, [0]);
  for (const char of chars) {
    const next: number[] = [];
    for (const position of at) {
      const token = tokens[position];
      if (token === undefined || !accepts(token, char)) continue;
      next.push(token.kind === 'run' ? position : position + 1);
    }
    if (next.length === 0) return false;
    at = closure(tokens, next);
  }
  return at.includes(tokens.length);
}

export function accepts(token: Token, char: string): boolean {
  return token.kind === 'char' ? token.char === char : token.colon || char !== ':';
}

/** Positions reachable without reading: a run may be empty. Ascending and without doubles. */
export function closure(tokens: readonly Token[], positions: readonly number[]): number[] {
  const reached = new Set<number>();
  for (const start of positions) {
    let position = start;
    for (;;) {
      if (reached.has(position)) break;
      reached.add(position);
      if (tokens[position]?.kind !== 'run') break;
      position += 1;
    }
  }
  return [...reached].sort((a, b) => a - b);
}
