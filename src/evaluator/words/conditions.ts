import type { ContextLiteral } from '../../model/index.js';
import type { Node } from '../bdd.js';
import type { Variables } from '../condition/open-context.js';
import { irredundantProducts, type Product } from '../isop.js';
import { literalOf } from './literal.js';

/** When a function holds, as a minimal sum of products of tests on the context; infeasible rows are used to shorten it. */
export function conditionsOf(variables: Variables, node: Node, real: Node): readonly (readonly ContextLiteral[])[] {
  const { bdd } = variables;
  const products = irredundantProducts(bdd, bdd.and(node, real), bdd.or(node, bdd.not(real)));
  return products.map((product) => literalsOf(variables, product)).sort((a, b) => a.length - b.length || compareText(shown(a), shown(b)));
}

function literalsOf(variables: Variables, product: Product): readonly ContextLiteral[] {
  const literals = [...product].map(([variable, positive]) => literalOf(variables.meaning(variable), positive));
  // "k is a" says that k is there: presence beside a positive test on the same key is no news.
  const told = new Set(literals.filter(({ test, negated }) => test !== 'present' && !negated).map(({ key }) => key));
  return literals
    .filter(({ key, test, negated }) => test !== 'present' || negated || !told.has(key))
    .sort((a, b) => compareText(a.key + a.words, b.key + b.words));
}

function shown(literals: readonly ContextLiteral[]): string {
  return literals.map(({ words }) => words).join(' and ');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
