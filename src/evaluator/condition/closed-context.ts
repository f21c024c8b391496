import type { ContextTruth, ValueSet } from './context-truth.js';
import { canonicalKey, keyKind } from './keys.js';

/** The context of a closed request: every key that is not in it is absent. */
export function closedContext(values: ReadonlyMap<string, string | readonly string[]>): ContextTruth<boolean> {
  const of = (key: string): readonly string[] => {
    const value = values.get(canonicalKey(key));
    return value === undefined ? [] : typeof value === 'string' ? [value] : value;
  };
  const inside = (value: string, set: ValueSet): boolean => set.tests.some((test) => test.test(value)) !== set.negated;
  return {
    present: (key) => of(key).length > 0,
    some: (key, set) => of(key).some((value) => inside(value, set)),
    every: (key, set) => of(key).every((value) => inside(value, set)),
    multivalued: (key) => keyKind(canonicalKey(key)).multivalued,
    value: (key) => {
      const [first, ...more] = of(key);
      return first === undefined || more.length > 0 ? 'absent' : first;
    },
    // A closed request leaves nothing free: who needs both readings asks the open evaluator.
    free: () => false,
  };
}
