import { type Glob, glob, matches, type Piece } from '../text/glob.js';

/**
 * One test on one value of a context key: the smallest thing the open evaluator makes a variable of. Two tests with equal
 * ids are the same test.
 */
export interface Elementary {
  readonly id: string;
  readonly family: 'text' | 'numeric' | 'date' | 'ip';
  /** For `text`: the pattern. */
  readonly glob?: Glob;
  /** For numbers and dates: the relation to a constant (dates in milliseconds). */
  readonly relation?: '=' | '<' | '<=' | '>' | '>=';
  readonly constant?: number;
  /** For addresses. */
  readonly block?: AddressBlock;
  /** As an explanation shows it. */
  readonly shown: string;
  test(value: string): boolean;
}

/** A range of addresses of one family, both ends included. */
export interface AddressBlock {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly last: bigint;
}

export function textTest(
  pieces: string | readonly Piece[],
  kind: 'exact' | 'folded' | 'like' | 'arn',
  escapes: 'escapes' | 'verbatim',
): Elementary {
  const literal = (text: string): readonly Piece[] => [{ text, literal: true }];
  const whole = typeof pieces === 'string' ? pieces : pieces.map((piece) => piece.text).join('');
  // A value that is no ARN never fits an ARN test, not even `*` [IAM guide: ARN condition operators].
  if (kind === 'arn' && whole === '*') return { ...textTest('*:*:*:*:*:*', 'arn', 'verbatim'), shown: '*' };
  const pattern =
    kind === 'exact'
      ? glob(literal(whole), 'text')
      : kind === 'folded'
        ? glob(literal(whole), 'folded')
        : glob(pieces, kind === 'arn' ? 'arn' : 'text', escapes);
  // `${*}` is literal text and `*` is not: the tokens tell the two apart, the source does not.
  const tokens =
    pattern.literal ??
    pattern.tokens.map((token) => (token.kind === 'char' ? token.char : token.kind === 'run' ? '\u0001' : '\u0002')).join('');
  return {
    id: `${pattern.kind === 'folded' ? 'folded' : pattern.literal === undefined ? pattern.kind : 'text'}:${tokens}`,
    family: 'text',
    glob: pattern,
    shown: whole,
    test: (value) => !pattern.tooShort && (kind !== 'arn' || value.split(':').length >= 6) && matches(pattern, value),
  };
}

/** Undefined where the constant is no number: such a test never matches. */
export function numericTest(text: string, relation: NonNullable<Elementary['relation']>): Elementary | undefined {
  const constant = numberOf(text);
  return constant === undefined ? undefined : ordered('numeric', constant, relation, text, numberOf);
}

export function dateTest(text: string, relation: NonNullable<Elementary['relation']>): Elementary | undefined {
  const constant = dateOf(text);
  return constant === undefined ? undefined : ordered('date', constant, relation, text, dateOf);
}

function ordered(
  family: 'numeric' | 'date',
  constant: number,
  relation: NonNullable<Elementary['relation']>,
  shown: string,
  read: (text: string) => number | undefined,
): Elementary {
  return {
    id: `${family}:${relation}:${constant}`,
    family,
    relation,
    constant,
    shown,
    test: (value) => {
      const number = read(value);
      return number !== undefined && compare(number, relation, constant);
    },
  };
}

export function compare(value: number, relation: NonNullable<Elementary['relation']>, constant: number): boolean {
  switch (relation) {
    case '=':
      return value === constant;
    case '<':
      return value < constant;
    case '<=':
      return value <= constant;
    case '>':
      return value > constant;
    case '>=':
      return value >= constant;
  }
}

export function ipTest(text: string): Elementary | undefined {
  const block = blockOf(text);
  if (block === undefined) return undefined;
  return {
    id: `ip:${block.bits}:${block.first}:${block.last}`,
    family: 'ip',
    block,
    shown: text,
    test: (value) => {
      const address = blockOf(value);
      return address !== undefined && address.bits === block.bits && address.first >= block.first && address.last <= block.last;
    },
  };
}

/** Integers and decimals; anything else is no number to IAM. */
export function numberOf(text: string): number | undefined {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

/** Milliseconds since 1970 of an ISO 8601 date or of epoch seconds [IAM guide: Date condition operators]. */
export function dateOf(text: string): number | undefined {
  if (/^\d+$/.test(text) && text.length > 4) return Number(text) * 1000;
  if (!/^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?)?$/.test(text)) return undefined;
  const zoned = /T/.test(text) && !/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? `${text}Z` : text;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? undefined : time;
}

/** A CIDR block, or an address as the block of itself; undefined for anything else. */
export function blockOf(text: string): AddressBlock | undefined {
  const [address = '', length] = text.split('/');
  const read = address.includes(':') ? ipv6(address) : ipv4(address);
  if (read === undefined) return undefined;
  const { bits, value } = read;
  const prefix = length === undefined ? bits : /^\d+$/.test(length) ? Number(length) : -1;
  if (prefix < 0 || prefix > bits) return undefined;
  const free = BigInt(bits - prefix);
  const first = (value >> free) << free;
  return { bits, first, last: first + (1n << free) - 1n };
}

function ipv4(text: string): { bits: 32; value: bigint } | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return { bits: 32, value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
}

function ipv6(text: string): { bits: 128; value: bigint } | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = (half: string): string[] => (half === '' ? [] : half.split(':'));
  const head = groups(halves[0] ?? '');
  const tail = groups(halves[1] ?? '');
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 0) return undefined;
  const all = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return { bits: 128, value: all.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n) };
}
