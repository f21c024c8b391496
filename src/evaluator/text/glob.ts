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
  return new Compiled(typeof pieces === 'string' ? [{ text: pieces, literal: false }] : pieces, kind, escapes);
}

const WILD = /[*?]/;

/** Most patterns are never walked by the character, so what that takes is made when it is asked for. */
class Compiled implements Glob {
  readonly source: string;
  readonly literal?: string;
  readonly tooShort: boolean;
  private readTokens: readonly Token[] | undefined;
  private readParts: readonly (readonly string[])[] | undefined;
  private isPlain: boolean | undefined;

  constructor(
    private readonly pieces: readonly Piece[],
    readonly kind: GlobKind,
    private readonly escapes: 'escapes' | 'verbatim',
  ) {
    const [only] = pieces;
    this.source = pieces.length === 1 && only !== undefined ? only.text : pieces.map((piece) => piece.text).join('');
    const plain = pieces.every(({ text, literal }) => literal || (!WILD.test(text) && !(escapes === 'escapes' && text.includes('${'))));
    if (plain) {
      this.literal = kind === 'folded' ? this.source.toLowerCase() : this.source;
      this.tooShort = kind === 'arn' && colonsIn(this.source) < 5;
      return;
    }
    const { tokens } = this;
    const bare = tokens.length === 1 && tokens[0]?.kind === 'run';
    this.tooShort = kind === 'arn' && !bare && tokens.reduce((sum, token) => sum + (isColon(token) ? 1 : 0), 0) < 5;
    if (tokens.every((token) => token.kind === 'char'))
      this.literal = tokens.map((token) => (token.kind === 'char' ? token.char : '')).join('');
  }

  get tokens(): readonly Token[] {
    this.readTokens ??= tokensOf(this.pieces, this.kind, this.escapes);
    return this.readTokens;
  }

  /** The stretches between colons no wildcard crosses, each as the texts between its runs; a `?` is a null character. */
  get parts(): readonly (readonly string[])[] {
    this.readParts ??= partsOf(this.tokens);
    return this.readParts;
  }

  /** Neither a `?` nor anything else that tells one character from two code units, or from a null. */
  get plain(): boolean {
    this.isPlain ??= this.tokens.every((token) => token.kind !== 'one') && !SURROGATE_OR_NULL.test(this.source);
    return this.isPlain;
  }
}

function tokensOf(pieces: readonly Piece[], kind: GlobKind, escapes: 'escapes' | 'verbatim'): readonly Token[] {
  const tokens: Token[] = [];
  let colons = 0;
  const push = (char: string): void => {
    tokens.push({ kind: 'char', char: kind === 'folded' ? char.toLowerCase() : char });
    if (char === ':') colons += 1;
  };
  for (const piece of pieces) {
    if (piece.literal) {
      for (const char of piece.text) push(char);
      continue;
    }
    if (escapes === 'verbatim' || !piece.text.includes('${')) {
      for (const char of piece.text) {
        if (char === '*' || char === '?') pushWildcard(tokens, char === '*' ? 'run' : 'one', kind !== 'arn' || colons >= 5);
        else push(char);
      }
      continue;
    }
    for (const [match] of piece.text.matchAll(/\$\{[*?$]\}|[\s\S]/gu)) {
      const escaped = ESCAPES[match];
      if (escaped !== undefined) push(escaped);
      else if (match === '*' || match === '?') pushWildcard(tokens, match === '*' ? 'run' : 'one', kind !== 'arn' || colons >= 5);
      else push(match);
    }
  }
  return tokens.length === 1 && tokens[0]?.kind === 'run' ? [{ kind: 'run', colon: true }] : tokens;
}

/** Neighbouring runs are one run: `a**b` is `a*b`. */
function pushWildcard(tokens: Token[], kind: 'one' | 'run', colon: boolean): void {
  const last = tokens.at(-1);
  if (kind === 'run' && last?.kind === 'run' && last.colon === colon) return;
  tokens.push({ kind, colon });
}

function isColon(token: Token): boolean {
  return token.kind === 'char' && token.char === ':';
}

function colonsIn(text: string): number {
  let colons = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) colons += 1;
  return colons;
}

const ANY_ONE = '\u0000';

function partsOf(tokens: readonly Token[]): readonly (readonly string[])[] {
  const bounded = tokens.some((token) => token.kind !== 'char' && !token.colon);
  const parts: string[][] = [['']];
  for (const token of tokens) {
    const part = parts[parts.length - 1] ?? [];
    if (bounded && isColon(token) && parts.length <= 5) parts.push(['']);
    else if (token.kind === 'run') part.push('');
    else part[part.length - 1] += token.kind === 'char' ? token.char : ANY_ONE;
  }
  return parts;
}

const SURROGATE_OR_NULL = /[\ud800-\udfff\u0000]/;

/**
 * Does the text fit the pattern? In ARNs a wildcard before the fifth colon stays between its colons, so the stretches are
 * matched one by one; inside a stretch each text between two runs is looked for from the left, which is exact for runs
 * that may hold anything. Linear in the text for each such text.
 */
export function matches(pattern: Glob, text: string): boolean {
  const subject = pattern.kind === 'folded' ? text.toLowerCase() : text;
  if (pattern.literal !== undefined) return pattern.literal === subject;
  // Characters outside the basic plane count as one, and a null would pass for `?`: such texts are rare, and go the long way.
  if (!(pattern instanceof Compiled) || (!pattern.plain && SURROGATE_OR_NULL.test(pattern.source + subject)))
    return walk(pattern.tokens, [...subject]);
  const { parts } = pattern;
  let from = 0;
  for (let index = 0; index < parts.length; index += 1) {
    const last = index === parts.length - 1;
    const colon = last ? subject.length : subject.indexOf(':', from);
    if (colon < 0) return false;
    // The last of fewer than six stretches is bounded like the others.
    if (last && pattern.tooShort && subject.indexOf(':', from) >= 0) return false;
    if (!fitsPart(parts[index] ?? [], subject, from, colon)) return false;
    from = colon + 1;
  }
  return true;
}

function fitsPart(texts: readonly string[], subject: string, start: number, end: number): boolean {
  const first = texts[0] ?? '';
  if (texts.length === 1) return end - start === first.length && fitsAt(first, subject, start);
  const last = texts[texts.length - 1] ?? '';
  if (end - start < first.length + last.length) return false;
  if (!fitsAt(first, subject, start) || !fitsAt(last, subject, end - last.length)) return false;
  let at = start + first.length;
  const limit = end - last.length;
  for (let index = 1; index < texts.length - 1; index += 1) {
    const text = texts[index] ?? '';
    let found = text.includes(ANY_ONE) ? -1 : subject.indexOf(text, at);
    if (text.includes(ANY_ONE)) {
      for (let try_ = at; try_ + text.length <= limit && found < 0; try_ += 1) if (fitsAt(text, subject, try_)) found = try_;
    }
    if (found < 0 || found + text.length > limit) return false;
    at = found + text.length;
  }
  return true;
}

function fitsAt(text: string, subject: string, at: number): boolean {
  if (!text.includes(ANY_ONE)) return subject.startsWith(text, at);
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (char !== ANY_ONE && char !== subject[at + index]) return false;
  }
  return true;
}

/** Simulates the pattern's automaton: a set of positions, advanced a character at a time. */
function walk(tokens: readonly Token[], chars: readonly string[]): boolean {
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
