import type { Node } from '../bdd.js';

/** Rows of nodes, one for each action; equal rows are one. */
export class Rows {
  private cells: Int32Array<ArrayBuffer>;
  private table = new Int32Array(1024).fill(-1);
  count = 0;

  constructor(private readonly width: number) {
    this.cells = new Int32Array(1024 * width);
  }

  at(row: number, action: number): Node {
    return this.cells[row * this.width + action] as number; // rows are asked for by the numbers they got
  }

  /** Writes a cell of the row that is being made. */
  write(action: number, node: Node): void {
    this.cells[this.count * this.width + action] = node;
  }

  /** Ends the row that is being made, all of whose cells are written; its number. */
  finish(): number {
    const mask = this.table.length - 1;
    const start = this.count * this.width;
    let slot = this.hash(start) & mask;
    for (;;) {
      const row = this.table[slot] as number;
      if (row < 0) break;
      if (this.equal(row * this.width, start)) return row;
      slot = (slot + 1) & mask;
    }
    this.table[slot] = this.count;
    this.count += 1;
    if ((this.count + 1) * this.width > this.cells.length) {
      const wider = new Int32Array(this.cells.length * 2);
      wider.set(this.cells);
      this.cells = wider;
    }
    if (this.count * 2 > this.table.length) this.grow();
    return this.count - 1;
  }

  private hash(start: number): number {
    let hash = 0;
    for (let at = start; at < start + this.width; at += 1) hash = Math.imul(hash ^ (this.cells[at] as number), 0x9e3779b1) ^ (hash >>> 15);
    return hash ^ (hash >>> 13);
  }

  private equal(a: number, b: number): boolean {
    for (let at = 0; at < this.width; at += 1) if (this.cells[a + at] !== this.cells[b + at]) return false;
    return true;
  }

  private grow(): void {
    this.table = new Int32Array(this.table.length * 2).fill(-1);
    const mask = this.table.length - 1;
    for (let row = 0; row < this.count; row += 1) {
      let slot = this.hash(row * this.width) & mask;
      while ((this.table[slot] as number) >= 0) slot = (slot + 1) & mask;
      this.table[slot] = row;
    }
  }
}
