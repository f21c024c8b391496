import { type Bdd, FALSE, type Node, TRUE } from './bdd.js';

/** A conjunction of literals: variable to whether it must be true. */
export type Product = ReadonlyMap<number, boolean>;

/**
 * An irredundant sum of products between two functions (Minato 1992, Morreale 1970): every product lies below `upper`, and
 * together they cover `lower`. What lies between is free to use, so infeasible rows shorten the answer.
 */
export function irredundantProducts(bdd: Bdd, lower: Node, upper: Node): readonly Product[] {
  return cover(bdd, lower, upper, new Map()).products.map((product) => new Map([...product].sort((a, b) => a[0] - b[0])));
}

interface Cover {
  readonly products: readonly Product[];
  /** The function the products make. */
  readonly node: Node;
}

function cover(bdd: Bdd, lower: Node, upper: Node, known: Map<string, Cover>): Cover {
  if (lower === FALSE) return { products: [], node: FALSE };
  if (upper === TRUE) return { products: [new Map()], node: TRUE };
  const key = `${lower}/${upper}`;
  const seen = known.get(key);
  if (seen !== undefined) return seen;
  const top = Math.min(bdd.variableAt(lower), bdd.variableAt(upper));
  const at = (node: Node, side: boolean): Node => (bdd.variableAt(node) !== top ? node : side ? bdd.high(node) : bdd.low(node));
  const [lower0, lower1, upper0, upper1] = [at(lower, false), at(lower, true), at(upper, false), at(upper, true)];
  // What only one side can cover needs the literal.
  const only0 = cover(bdd, bdd.and(lower0, bdd.not(upper1)), upper0, known);
  const only1 = cover(bdd, bdd.and(lower1, bdd.not(upper0)), upper1, known);
  const rest0 = bdd.and(lower0, bdd.not(only0.node));
  const rest1 = bdd.and(lower1, bdd.not(only1.node));
  const both = cover(bdd, bdd.or(rest0, rest1), bdd.and(upper0, upper1), known);
  const variable = bdd.variable(top);
  const node = bdd.or(both.node, bdd.or(bdd.and(bdd.not(variable), only0.node), bdd.and(variable, only1.node)));
  const result: Cover = {
    products: [
      ...only0.products.map((product) => new Map(product).set(top, false)),
      ...only1.products.map((product) => new Map(product).set(top, true)),
      ...both.products,
    ],
    node,
  };
  known.set(key, result);
  return result;
}
