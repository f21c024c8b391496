import type { ContextLiteral } from '../../model/index.js';
import { type Bdd, type Node, TRUE } from '../bdd.js';
import { textTest } from '../condition/elementary.js';
import { keyKind } from '../condition/keys.js';
import type { Meaning, Variables } from '../condition/open-context.js';
import { irredundantProducts, type Product } from '../isop.js';
import { literalOf } from './literal.js';

/** When a function holds, as a minimal sum of products of tests on the context; infeasible rows are used to shorten it. */
export function conditionsOf(variables: Variables, node: Node, real: Node): readonly (readonly ContextLiteral[])[] {
  const { bdd } = variables;
  const products = irredundantProducts(bdd, bdd.and(node, real), bdd.or(node, bdd.not(real)));
  return products
    .map((product) => literalsOf(variables, plainer(variables, product, real)))
    .sort((a, b) => a.length - b.length || compareText(shown(a), shown(b)));
}

/** "Not a, not b, not c" of one key may be just "missing": say that where both are the same requests. */
function plainer(variables: Variables, product: Product, real: Node): Product {
  const { bdd } = variables;
  let best = product;
  for (const key of new Set([...product].map(([variable]) => keyOf(variables.meaning(variable))))) {
    const own = [...best].filter(([variable]) => keyOf(variables.meaning(variable)) === key);
    if (key === undefined || keyKind(key).multivalued || own.length < 2 || own.some(([, positive]) => positive)) continue;
    const others = new Map([...best].filter(([variable]) => keyOf(variables.meaning(variable)) !== key));
    const present = bdd.variableAt(variables.present(key));
    const shorter: Product = new Map([...others, [present, false] as const]);
    if (bdd.and(conjunction(bdd, shorter), real) === bdd.and(conjunction(bdd, best), real)) best = shorter;
  }
  return best;
}

function conjunction(bdd: Bdd, product: Product): Node {
  return [...product].reduce((all, [variable, positive]) => {
    const literal = bdd.variable(variable);
    return bdd.and(all, positive ? literal : bdd.not(literal));
  }, TRUE);
}

function keyOf(meaning: Meaning): string | undefined {
  return meaning.kind === 'free' ? undefined : meaning.key;
}

function literalsOf(variables: Variables, product: Product): readonly ContextLiteral[] {
  const meanings = [...product].map(([variable, positive]) => ({ meaning: variables.meaning(variable), positive }));
  const literals = meanings.map(({ meaning, positive }) => {
    const other = positive ? undefined : opposite(meaning, meanings);
    return other === undefined ? literalOf(meaning, positive) : literalOf(other, true);
  });
  // "k is a" says that k is there: presence beside a positive test on the same key is no news.
  const told = new Set(literals.filter(({ test, negated }) => test !== 'present' && !negated).map(({ key }) => key));
  return literals
    .filter(({ key, test, negated }) => test !== 'present' || negated || !told.has(key))
    .sort((a, b) => compareText(a.key + a.words, b.key + b.words));
}

/** A truth value that is there and not `false` is `true`. */
function opposite(meaning: Meaning, all: readonly { readonly meaning: Meaning; readonly positive: boolean }[]): Meaning | undefined {
  if (meaning.kind !== 'test' || keyKind(meaning.key).type !== 'bool') return undefined;
  const there = all.some(({ meaning: other, positive }) => positive && other.kind === 'present' && other.key === meaning.key);
  const value = meaning.test.shown === 'true' ? 'false' : meaning.test.shown === 'false' ? 'true' : undefined;
  return there && value !== undefined ? { ...meaning, test: textTest(value, 'exact', 'verbatim') } : undefined;
}

function shown(literals: readonly ContextLiteral[]): string {
  return literals.map(({ words }) => words).join(' and ');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
