import { type Cause, formatPath, type Open, type Path, type Value } from '../model/index.js';
import { formulaWords } from './condition-words.js';

/** A value that decided, or would decide if it were known. */
export interface Leaf {
  readonly path: Path;
  /** Absent where nothing stands at the path. */
  readonly value?: Value;
  /** Why it can't be said; empty for a leaf that decided. */
  readonly because: readonly Cause[];
}

/** Whether a schema holds: `undefined` where an open value decides. The leaves say where; a schema that holds has none. */
export type Outcome =
  | { readonly truth: true; readonly leaves: readonly [] }
  | { readonly truth: false | undefined; readonly leaves: readonly Leaf[] };

export const HOLDS: Outcome = { truth: true, leaves: [] };

export function failsAt(path: Path, value?: Value): Outcome {
  return { truth: false, leaves: [value === undefined ? { path, because: [] } : { path, value, because: [] }] };
}

export function openAt(path: Path, because: readonly Cause[], value?: Value): Outcome {
  return { truth: undefined, leaves: [value === undefined ? { path, because } : { path, value, because }] };
}

/** All have to hold: leaves of those that fail, else of those that are open. */
export function conjunction(outcomes: readonly Outcome[]): Outcome {
  let open = false;
  let fails = false;
  for (const { truth } of outcomes) {
    if (truth === false) fails = true;
    else if (truth === undefined) open = true;
  }
  if (!fails && !open) return HOLDS;
  const truth = fails ? false : undefined;
  return { truth, leaves: distinct(outcomes.filter((outcome) => outcome.truth === truth).flatMap((outcome) => outcome.leaves)) };
}

/** One has to hold: where all fail, the leaves of the alternative that came furthest. */
export function disjunction(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.some(({ truth }) => truth === true)) return HOLDS;
  const open = outcomes.filter(({ truth }) => truth === undefined);
  if (open.length > 0) return { truth: undefined, leaves: distinct(open.flatMap(({ leaves }) => leaves)) };
  let best: Outcome | undefined;
  for (const outcome of outcomes) if (best === undefined || reach(outcome.leaves) > reach(best.leaves)) best = outcome;
  return best ?? { truth: false, leaves: [] };
}

/** How far an alternative came: a present value counts above a missing one, a deep one above a shallow one. */
export function reach(leaves: readonly Leaf[]): number {
  return Math.max(0, ...leaves.map((leaf) => (leaf.value === undefined ? 0.5 : leaf.path.length + 1)));
}

function distinct(leaves: readonly Leaf[]): readonly Leaf[] {
  if (leaves.length < 2) return leaves;
  const byPath = new Map<string, Leaf>();
  for (const leaf of leaves) {
    const key = formatPath(leaf.path);
    const known = byPath.get(key);
    byPath.set(key, known === undefined ? leaf : { ...known, because: mergeCauses(known.because, leaf.because) });
  }
  return [...byPath.values()];
}

export function mergeCauses(...lists: readonly (readonly Cause[])[]): readonly Cause[] {
  const byWords = new Map<string, Cause>();
  for (const cause of lists.flat()) if (!byWords.has(cause.words)) byWords.set(cause.words, cause);
  return [...byWords.values()];
}

/** Why an open value can't be known. */
export function causesOf(open: Open): readonly Cause[] {
  switch (open.kind) {
    case 'unknown':
      return [
        open.reason.settle === undefined
          ? { words: open.reason.words, kind: open.reason.kind }
          : { words: open.reason.words, settle: open.reason.settle, kind: open.reason.kind },
      ];
    case 'reference':
      return [
        {
          words: `${open.attribute === 'Ref' ? 'the name' : open.attribute} of ${shortTarget(open.target)}, known after deployment`,
          kind: 'attribute',
        },
      ];
    case 'text':
      return mergeCauses(...open.parts.map((part) => (typeof part === 'string' ? [] : causesOf(part))));
    case 'choice':
      return mergeCauses([{ words: formulaWords(open.when), kind: 'condition' }]);
    case 'dynamic-reference':
      return [{ words: `the value that ${open.text} stands for`, kind: 'dynamic-reference' }];
    case 'absent':
      return [];
  }
}

function shortTarget(target: string): string {
  return target.slice(target.indexOf('#') + 1);
}
