import type { Cause } from '../../model/index.js';
import type { Glob, Token } from './glob.js';
import { glob, matches } from './glob.js';

/**
 * Before deployment an account, a Region or a generated name is not known. It stands in texts as a symbol between two
 * private-use characters: equal symbols are equal values, and a symbol may turn out to be any literal.
 */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const UNIQUE = '\uE002';
const SYMBOLS = /\uE000([^\uE001]*)\uE001/g;

export function symbol(name: string): string {
  return `${OPEN}${name}${CLOSE}`;
}

export function hasSymbol(text: string): boolean {
  return text.includes(OPEN);
}

/** A name that deployment generates: unlike every literal and every other generated name. */
export function generated(name: string): string {
  return `${UNIQUE}${name}${UNIQUE}`;
}

/** As people read it: `arn:aws:kms:${AWS::Region}:${AWS::AccountId}:key/OrdersKey`. */
export function shownText(text: string): string {
  return text.replace(SYMBOLS, (_, name: string) => (/^[A-Z]/.test(name) ? `\${AWS::${name}}` : `<${name}>`)).replaceAll(UNIQUE, '');
}

/** That an answer hangs on what a symbol turns out to be. */
export function symbolCause(a: string, b: string): Cause {
  return {
    words: `whether ${shownText(a)} is ${shownText(b)}`,
    kind: 'symbol',
    settle: 'say which account and Region the stack is deployed to: `account` and `region` in keyward.yaml',
  };
}

/** Does the value fit the pattern? `maybe` where that hangs on what a symbol turns out to be. */
export function fits(pattern: Glob, value: string): boolean | 'maybe' {
  if (matches(pattern, value)) return true;
  if (!hasSymbol(value) && !hasSymbol(pattern.source)) return false;
  return meet(widened(pattern.tokens), widened(glob([{ text: value, literal: true }], pattern.kind).tokens)) ? 'maybe' : false;
}

/** The same for two plain texts. */
export function sameText(a: string, b: string): boolean | 'maybe' {
  if (a === b) return true;
  return hasSymbol(a) || hasSymbol(b) ? fits(glob([{ text: a, literal: true }], 'text'), b) : false;
}

const SYMBOL_ONE: Token = { kind: 'one', colon: false };
const SYMBOL_RUN: Token = { kind: 'run', colon: false };

/** A symbol as "some text without a colon": accounts, Regions and generated names hold none. */
function widened(tokens: readonly Token[]): readonly Token[] {
  const result: Token[] = [];
  let inside = false;
  for (const token of tokens) {
    if (token.kind === 'char' && token.char === OPEN) {
      inside = true;
      result.push(SYMBOL_ONE, SYMBOL_RUN);
    } else if (token.kind === 'char' && token.char === CLOSE) inside = false;
    else if (!inside) result.push(token);
  }
  return result;
}

/** Is there a text that fits both? Positions in both patterns at once; each pair is looked at once. */
function meet(a: readonly Token[], b: readonly Token[]): boolean {
  const width = b.length + 1;
  const seen = new Uint8Array((a.length + 1) * width);
  const stack: number[] = [0];
  const push = (i: number, j: number): void => {
    const at = i * width + j;
    if (seen[at] === 1) return;
    seen[at] = 1;
    stack.push(at);
  };
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const i = Math.floor(at / width);
    const j = at % width;
    const left = a[i];
    const right = b[j];
    if (left === undefined && right === undefined) return true;
    if (left?.kind === 'run') push(i + 1, j);
    if (right?.kind === 'run') push(i, j + 1);
    if (left === undefined || right === undefined || !share(left, right)) continue;
    push(left.kind === 'run' ? i : i + 1, right.kind === 'run' ? j : j + 1);
  }
  return false;
}

function share(a: Token, b: Token): boolean {
  if (a.kind === 'char' && b.kind === 'char') return a.char === b.char;
  if (a.kind === 'char') return b.kind !== 'char' && takes(b, a.char);
  return b.kind !== 'char' || takes(a, b.char);
}

/** A symbol is never what deployment generates for something else. */
function takes(token: Exclude<Token, { kind: 'char' }>, char: string): boolean {
  if (char === UNIQUE && (token === SYMBOL_ONE || token === SYMBOL_RUN)) return false;
  return token.colon || char !== ':';
}
