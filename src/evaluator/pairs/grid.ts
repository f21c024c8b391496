import { type Bdd, FALSE, type Node, TRUE } from '../bdd.js';
import { type Axes, element } from './axes.js';
import { Dependences } from './dependence.js';
import { Features, type Partition } from './features.js';
import { Rows } from './rows.js';
import { isUnread, type PrincipalClass, type Side, type SideRow, Sides } from './sides.js';
import { type Reach, Statements } from './statements.js';

/** Where the rows of a principal are that none of its statements and no policy of a target singles out. */
interface Plan {
  readonly pairs: readonly { readonly label: number; readonly row: SideRow }[];
  /** By target, the number of its pair. */
  readonly pairOf: Uint16Array;
}

interface Placed {
  readonly plan: Plan;
  /** Row numbers by pair. */
  readonly rows: Int32Array;
  /** Targets that are looked at alone, ascending, with their row numbers. */
  readonly targets: Int32Array;
  readonly alone: Int32Array;
}

/** What the principal's own policies say: four nodes for each action, in the order of the bits that sides are numbered by. */
type Own = Int32Array;
const WAYS = 4;

/** The cells of all pairs; those of a principal are worked out when one of them is asked for. */
export class Grid {
  readonly rows: Rows;
  private readonly bdd: Bdd;
  private readonly features: Features;
  private readonly statements: Statements;
  private readonly sides: Sides;
  private readonly placed: Placed[] = [];
  private readonly known = new Map<string, Plan>();

  constructor(private readonly axes: Axes) {
    this.bdd = axes.bdd;
    this.rows = new Rows(axes.actions.length);
    const dependences = new Dependences(axes);
    this.features = new Features(axes.targets.length);
    this.statements = new Statements(axes, dependences, this.features);
    this.sides = new Sides(axes, dependences);
  }

  get plans(): number {
    return this.known.size;
  }

  at(principal: number, target: number, action: number): Node {
    let placed = this.placed[principal];
    if (placed === undefined) {
      placed = this.place(principal);
      this.placed[principal] = placed;
    }
    const { plan, rows, targets, alone } = placed;
    const found = search(targets, target);
    const row = found >= 0 ? alone[found] : rows[plan.pairOf[target] as number];
    return this.rows.at(row as number, action);
  }

  private place(principal: number): Placed {
    const { held } = element(this.axes.subjects, principal);
    const reaches: { readonly reach: Reach; readonly way: number }[] = [];
    for (const document of held?.identity ?? []) if (!isUnread(document)) this.collect(reaches, document, principal, 0);
    if (held?.boundary !== undefined && !isUnread(held.boundary)) this.collect(reaches, held.boundary, principal, 2);

    const telling = new Set<number>();
    for (const { reach } of reaches) {
      if (reach.patterns.length === 0) continue;
      for (const { number, constant } of reach.patterns) if (!constant) telling.add(number);
      const { facts } = reach.statement;
      if (facts !== undefined && !facts.constant) telling.add(facts.number);
    }
    const { key, partition } = this.features.partition([...telling].sort((a, b) => a - b));
    const ofTargets = this.sides.classOfPrincipal(principal);
    const plan = this.plan(key, partition, ofTargets);
    const bounded = held?.boundary !== undefined;
    const broad = partition.representatives.map((target) => this.broad(reaches, principal, target, bounded ? FALSE : TRUE));
    const rows = Int32Array.from(plan.pairs, ({ label, row }) => this.row(element(broad, label), row));

    const alone = new Map<number, { row: SideRow; own: Own }>();
    const lookAt = (target: number) => {
      const known = alone.get(target);
      if (known !== undefined) return known;
      const found = { row: element(ofTargets.rows, target), own: element(broad, partition.labels[target] as number) };
      alone.set(target, found);
      return found;
    };
    for (const { target, row } of this.sides.named(principal)) lookAt(target).row = row;
    const copied = new Set<number>();
    for (const { reach, way } of reaches) {
      for (const target of reach.exact) {
        const at = lookAt(target);
        if (!copied.has(target)) {
          copied.add(target);
          at.own = at.own.slice();
        }
        this.give(at.own, way, reach, TRUE, principal, target);
      }
    }
    const targets = Int32Array.from([...alone.keys()].sort((a, b) => a - b));
    return {
      plan,
      rows,
      targets,
      alone: targets.map((target) => {
        const { own, row } = lookAt(target);
        return this.row(own, row);
      }),
    };
  }

  private collect(
    reaches: { reach: Reach; way: number }[],
    document: Parameters<Statements['of']>[0],
    principal: number,
    way: number,
  ): void {
    for (const statement of this.statements.of(document)) {
      const reach = this.statements.reach(statement, principal);
      if (reach.patterns.length > 0 || reach.exact.length > 0)
        reaches.push({ reach, way: way + (statement.compiled.statement.effect === 'Allow' ? 0 : 1) });
    }
  }

  /** What the statements that reach by pattern say of a target. */
  private broad(
    reaches: readonly { readonly reach: Reach; readonly way: number }[],
    principal: number,
    target: number,
    boundary: Node,
  ): Own {
    const own = new Int32Array(this.axes.actions.length * WAYS);
    for (let at = 2; at < own.length; at += WAYS) own[at] = boundary;
    for (const { reach, way } of reaches) {
      let covered: Node = FALSE;
      for (const { values } of reach.patterns) covered = this.bdd.or(covered, values[target] as number);
      if (covered === FALSE) continue;
      this.give(own, way, reach, covered, principal, target);
    }
    return own;
  }

  /** Adds what a statement says of a target that it covers. */
  private give(own: Own, way: number, { statement }: Reach, covered: Node, principal: number, target: number): void {
    const { bdd, statements } = this;
    const { byAction } = statement.dependence;
    const { actions, nodes } = statement.action;
    let when = FALSE;
    for (let index = 0; index < actions.length; index += 1) {
      const action = element(actions, index);
      if (byAction || index === 0) when = bdd.and(covered, statements.condition(statement, principal, target, action));
      const at = action * WAYS + way;
      if (when !== FALSE) own[at] = bdd.or(own[at] as number, bdd.and(element(nodes, index), when));
    }
  }

  /** The pairs of what is said to a target's class and what the principal's own policies say: equal for equal features. */
  private plan(key: string, { labels, representatives }: Partition, { number, rows, distinct, rowAt }: PrincipalClass): Plan {
    const name = `${number} ${key}`;
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const pairs: { label: number; row: SideRow }[] = [];
    const slots = new Int32Array(representatives.length * distinct).fill(-1);
    const pairOf = new Uint16Array(labels.length);
    for (let target = 0; target < labels.length; target += 1) {
      const label = labels[target] as number;
      const slot = label * distinct + (rowAt[target] as number);
      if (slots[slot] === -1) slots[slot] = pairs.push({ label, row: element(rows, target) }) - 1;
      pairOf[target] = slots[slot] as number;
    }
    const plan = { pairs, pairOf };
    this.known.set(name, plan);
    return plan;
  }

  private row(own: Own, { sides }: SideRow): number {
    for (let action = 0; action < sides.length; action += 1)
      this.rows.write(action, this.answer(element(sides, action), own, action, 3, 0));
    return this.rows.finish();
  }

  /** Puts what the own policies say in the place where the side left it open: one way of four after the other. */
  private answer(side: Side, own: Own, action: number, way: number, from: number): Node {
    if (way < 0) return element(side, from);
    const said = own[action * WAYS + way] as number;
    const not = said === TRUE ? FALSE : this.answer(side, own, action, way - 1, from);
    if (said === FALSE) return not;
    const so = this.answer(side, own, action, way - 1, from + (1 << way));
    if (said === TRUE || so === not) return so;
    const { bdd } = this;
    // An Allow only adds and a Deny only takes: then one operation is enough.
    if (bdd.and(so, not) === not) return bdd.or(not, bdd.and(said, so));
    return bdd.or(bdd.and(said, so), bdd.and(bdd.not(said), not));
  }
}

function search(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle] as number;
    if (at === value) return middle;
    if (at < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
