import type { Cause } from '../../model/index.js';

/** What is known of a question: yes, no, or open, with what would settle it. */
export type Truth = boolean | OpenTruth;
export interface OpenTruth {
  readonly because: readonly Cause[];
}

export function isOpenTruth(truth: Truth): truth is OpenTruth {
  return typeof truth === 'object';
}

export function open(because: readonly Cause[]): OpenTruth {
  return { because };
}

export function not(truth: Truth): Truth {
  return isOpenTruth(truth) ? truth : !truth;
}

/** Kleene conjunction: one `false` settles it; else whatever is open keeps it open. */
export function all(truths: Iterable<Truth>): Truth {
  const because: Cause[] = [];
  let isOpen = false;
  for (const truth of truths) {
    if (truth === false) return false;
    if (isOpenTruth(truth)) {
      isOpen = true;
      because.push(...truth.because);
    }
  }
  return isOpen ? { because: distinct(because) } : true;
}

/** Kleene disjunction: one `true` settles it. */
export function any(truths: Iterable<Truth>): Truth {
  const because: Cause[] = [];
  let isOpen = false;
  for (const truth of truths) {
    if (truth === true) return true;
    if (isOpenTruth(truth)) {
      isOpen = true;
      because.push(...truth.because);
    }
  }
  return isOpen ? { because: distinct(because) } : false;
}

/** One parameter used five times is one cause. */
export function distinct(causes: readonly Cause[]): readonly Cause[] {
  const seen = new Map<string, Cause>();
  for (const cause of causes) if (!seen.has(cause.words)) seen.set(cause.words, cause);
  return [...seen.values()];
}
