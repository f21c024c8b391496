/** A Boolean function over numbered variables, as a node of one `Bdd`. Equal numbers are equal functions. */
export type Node = number;

export const FALSE: Node = 0;
export const TRUE: Node = 1;

/** Reaching the cap of nodes ends a question as undecided, never with a wrong answer. */
export class NodeLimitReached extends Error {
  constructor(limit: number) {
    super(`The conditions of this question need more than ${limit} decision nodes.`);
    this.name = 'NodeLimitReached';
  }
}

/** The cache of conjunctions starts small, for most questions are, and grows with the diagram up to this. */
const CACHE_BITS_FIRST = 8;
const CACHE_BITS_MOST = 20;

/** Results by pair of nodes; a slot holds one pair, the last. */
class PairCache {
  private bits = CACHE_BITS_FIRST;
  private left = new Int32Array(1 << CACHE_BITS_FIRST);
  private right = new Int32Array(1 << CACHE_BITS_FIRST);
  private result = new Int32Array(1 << CACHE_BITS_FIRST);

  private slot(left: Node, right: Node): number {
    return (Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b)) >>> (32 - this.bits);
  }

  /** -1 where it is not known. */
  get(left: Node, right: Node): Node {
    const slot = this.slot(left, right);
    return this.left[slot] === left && this.right[slot] === right ? (this.result[slot] as number) : -1;
  }

  set(left: Node, right: Node, result: Node): void {
    const slot = this.slot(left, right);
    this.left[slot] = left;
    this.right[slot] = right;
    this.result[slot] = result;
  }

  /** Keeps the cache about as large as the diagram; what it held is worked out again. */
  fit(nodes: number): void {
    if (nodes <= 1 << this.bits || this.bits === CACHE_BITS_MOST) return;
    this.bits = Math.min(CACHE_BITS_MOST, Math.ceil(Math.log2(nodes)) + 1);
    this.left = new Int32Array(1 << this.bits);
    this.right = new Int32Array(1 << this.bits);
    this.result = new Int32Array(1 << this.bits);
  }
}

/**
 * Reduced ordered binary decision diagrams (Bryant 1986) over variables 0, 1, 2, …, in that order. Nodes are never freed: a
 * manager lives as long as the question, or the batch of questions, that it serves.
 */
export class Bdd {
  private variableOf = new Int32Array(128);
  private lowOf = new Int32Array(128);
  private highOf = new Int32Array(128);
  private count = 2;
  /** Open addressing over node numbers; 0 is an empty slot, for FALSE is never looked up. */
  private table = new Int32Array(256);
  private readonly ands = new PairCache();
  private readonly ors = new PairCache();
  private notResult = new Int32Array(128);

  constructor(private readonly limit = 4_000_000) {
    this.variableOf[FALSE] = this.variableOf[TRUE] = 0x7fffffff;
    this.notResult[FALSE] = TRUE;
    this.notResult[TRUE] = FALSE;
  }

  /** Number of nodes, terminals included. */
  get size(): number {
    return this.count;
  }

  variable(index: number): Node {
    return this.make(index, FALSE, TRUE);
  }

  /** The variable a node tests; beyond every variable for the two terminals. */
  variableAt(node: Node): number {
    return this.variableOf[node] as number; // every node has one
  }
  low(node: Node): Node {
    return this.lowOf[node] as number;
  }
  high(node: Node): Node {
    return this.highOf[node] as number;
  }

  not(node: Node): Node {
    const known = this.notResult[node] as number;
    if (known !== 0 || node === TRUE) return known;
    const result = this.make(this.variableAt(node), this.not(this.low(node)), this.not(this.high(node)));
    this.notResult[node] = result;
    this.notResult[result] = node;
    return result;
  }

  and(a: Node, b: Node): Node {
    if (a === b || b === TRUE) return a;
    if (a === TRUE) return b;
    if (a === FALSE || b === FALSE) return FALSE;
    const left = a < b ? a : b;
    const right = a < b ? b : a;
    const known = this.ands.get(left, right);
    if (known >= 0) return known;
    const leftVariable = this.variableAt(left);
    const rightVariable = this.variableAt(right);
    const top = Math.min(leftVariable, rightVariable);
    const low = this.and(leftVariable === top ? this.low(left) : left, rightVariable === top ? this.low(right) : right);
    const high = this.and(leftVariable === top ? this.high(left) : left, rightVariable === top ? this.high(right) : right);
    const result = this.make(top, low, high);
    this.ands.set(left, right, result);
    return result;
  }

  or(a: Node, b: Node): Node {
    if (a === b || b === FALSE) return a;
    if (a === FALSE) return b;
    if (a === TRUE || b === TRUE) return TRUE;
    const left = a < b ? a : b;
    const right = a < b ? b : a;
    const known = this.ors.get(left, right);
    if (known >= 0) return known;
    const leftVariable = this.variableAt(left);
    const rightVariable = this.variableAt(right);
    const top = Math.min(leftVariable, rightVariable);
    const low = this.or(leftVariable === top ? this.low(left) : left, rightVariable === top ? this.low(right) : right);
    const high = this.or(leftVariable === top ? this.high(left) : left, rightVariable === top ? this.high(right) : right);
    const result = this.make(top, low, high);
    this.ors.set(left, right, result);
    return result;
  }

  /** `if condition then yes else no`. */
  choose(condition: Node, yes: Node, no: Node): Node {
    return this.or(this.and(condition, yes), this.and(this.not(condition), no));
  }

  /** The function with one variable fixed. */
  restrict(node: Node, variable: number, value: boolean, seen = new Map<Node, Node>()): Node {
    if (this.variableAt(node) > variable) return node;
    if (this.variableAt(node) === variable) return value ? this.high(node) : this.low(node);
    const known = seen.get(node);
    if (known !== undefined) return known;
    const result = this.make(
      this.variableAt(node),
      this.restrict(this.low(node), variable, value, seen),
      this.restrict(this.high(node), variable, value, seen),
    );
    seen.set(node, result);
    return result;
  }

  /** True for some value of the variable. */
  exists(node: Node, variable: number): Node {
    return this.or(this.restrict(node, variable, false), this.restrict(node, variable, true));
  }

  /** True for every value of the variable. */
  forAll(node: Node, variable: number): Node {
    return this.and(this.restrict(node, variable, false), this.restrict(node, variable, true));
  }

  /** The variables the function hangs on, ascending. */
  support(node: Node): readonly number[] {
    const variables = new Set<number>();
    const seen = new Set<Node>();
    const stack = [node];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (at <= TRUE || seen.has(at)) continue;
      seen.add(at);
      variables.add(this.variableAt(at));
      stack.push(this.low(at), this.high(at));
    }
    return [...variables].sort((a, b) => a - b);
  }

  /** The value under an assignment; variables that are not assigned count as false. */
  evaluate(node: Node, assigned: (variable: number) => boolean): boolean {
    let at = node;
    while (at > TRUE) at = assigned(this.variableAt(at)) ? this.high(at) : this.low(at);
    return at === TRUE;
  }

  /** One assignment that makes the function true, as variable and value pairs; undefined for FALSE. */
  witness(node: Node): ReadonlyMap<number, boolean> | undefined {
    if (node === FALSE) return undefined;
    const assignment = new Map<number, boolean>();
    let at = node;
    while (at > TRUE) {
      const goLow = this.low(at) !== FALSE;
      assignment.set(this.variableAt(at), !goLow);
      at = goLow ? this.low(at) : this.high(at);
    }
    return assignment;
  }

  private make(variable: number, low: Node, high: Node): Node {
    if (low === high) return low;
    const mask = this.table.length - 1;
    let slot = (Math.imul(variable, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b) ^ Math.imul(high, 0xc2b2ae35)) & mask;
    for (;;) {
      const node = this.table[slot] as number;
      if (node === 0) break;
      if (this.variableOf[node] === variable && this.lowOf[node] === low && this.highOf[node] === high) return node;
      slot = (slot + 1) & mask;
    }
    if (this.count >= this.limit) throw new NodeLimitReached(this.limit);
    if (this.count === this.variableOf.length) this.growNodes();
    const node = this.count++;
    this.variableOf[node] = variable;
    this.lowOf[node] = low;
    this.highOf[node] = high;
    this.table[slot] = node;
    if (this.count * 2 > this.table.length) this.growTable();
    return node;
  }

  private growNodes(): void {
    const wider = (array: Int32Array): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(array.length * 2);
      next.set(array);
      return next;
    };
    this.variableOf = wider(this.variableOf);
    this.lowOf = wider(this.lowOf);
    this.highOf = wider(this.highOf);
    this.notResult = wider(this.notResult);
    this.ands.fit(this.lowOf.length);
    this.ors.fit(this.lowOf.length);
  }

  private growTable(): void {
    this.table = new Int32Array(this.table.length * 2);
    const mask = this.table.length - 1;
    for (let node = 2; node < this.count; node += 1) {
      let slot =
        (Math.imul(this.variableAt(node), 0x9e3779b1) ^ Math.imul(this.low(node), 0x85ebca6b) ^ Math.imul(this.high(node), 0xc2b2ae35)) &
        mask;
      while (this.table[slot] !== 0) slot = (slot + 1) & mask;
      this.table[slot] = node;
    }
  }
}
