import type { Node } from '../bdd.js';
import { FALSE, TRUE } from '../bdd.js';

/** Something that tells targets apart: a resource pattern (its truth at each target) or facts that conditions ask for. */
export interface Feature {
  readonly number: number;
  readonly values: Int32Array;
  /** The values numbered from 0 in the order they come, and how many there are. */
  readonly codes: Uint16Array;
  readonly distinct: number;
  /** Equal at every target. */
  readonly constant: boolean;
  /** The targets where a plain pattern fits, where they are so few that each is better looked at alone. */
  readonly few?: readonly number[];
}

/** A pattern that fits no more targets than this is treated as if it named them. */
const FEW = 24;

/** Targets that a set of features does not tell apart, numbered from 0, each with one that stands for it. */
export interface Partition {
  readonly labels: Uint16Array;
  readonly representatives: readonly number[];
}

/** Features by key, each worked out once. */
export class Features {
  private readonly known = new Map<string, Feature>();
  private readonly all: Feature[] = [];
  private readonly partitions = new Map<string, Partition>();

  constructor(private readonly targets: number) {}

  pattern(key: string, valueAt: (target: number) => Node): Feature {
    return this.known.get(key) ?? this.add(key, valueAt, 'few');
  }

  facts(key: string, valueAt: (target: number) => number): Feature {
    return this.known.get(key) ?? this.add(key, valueAt, 'many');
  }

  private add(key: string, valueAt: (target: number) => number, size: 'few' | 'many'): Feature {
    const values = Int32Array.from({ length: this.targets }, (_, target) => valueAt(target));
    const plain = size === 'few' && values.every((value) => value === FALSE || value === TRUE);
    const fitting: number[] = [];
    if (plain) for (let t = 0; t < values.length && fitting.length <= FEW; t += 1) if (values[t] === TRUE) fitting.push(t);
    const { codes, distinct } = coded(values);
    const feature: Feature = {
      number: this.all.length,
      values,
      codes,
      distinct,
      constant: distinct <= 1,
      ...(plain && fitting.length <= FEW ? { few: fitting } : {}),
    };
    this.all.push(feature);
    this.known.set(key, feature);
    return feature;
  }

  /** The partition by some features, given by ascending numbers. */
  partition(numbers: readonly number[]): { readonly key: string; readonly partition: Partition } {
    const key = numbers.join();
    const known = this.partitions.get(key);
    if (known !== undefined) return { key, partition: known };
    const labels = new Uint16Array(this.targets);
    let count = 1;
    for (const number of numbers) {
      const feature = this.all[number];
      if (feature === undefined) continue;
      // One slot for each pair of a label and a value; pairs that occur are numbered anew.
      const slots = new Int32Array(count * feature.distinct).fill(-1);
      let next = 0;
      for (let target = 0; target < this.targets; target += 1) {
        const slot = (labels[target] as number) * feature.distinct + (feature.codes[target] as number);
        if (slots[slot] === -1) slots[slot] = next++;
        labels[target] = slots[slot] as number;
      }
      count = next;
    }
    const representatives: number[] = [];
    labels.forEach((label, target) => {
      if (representatives[label] === undefined) representatives[label] = target;
    });
    const partition = { labels, representatives };
    this.partitions.set(key, partition);
    return { key, partition };
  }
}

function coded(values: Int32Array): { readonly codes: Uint16Array; readonly distinct: number } {
  const numbers = new Map<number, number>();
  const codes = Uint16Array.from(values, (value) => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size);
    return numbers.size - 1;
  });
  return { codes, distinct: numbers.size };
}
