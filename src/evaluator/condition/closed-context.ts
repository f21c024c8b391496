import type { ContextTruth, KnownKeys, ValueSet } from './context-truth.js';
import { canonicalKey, keyKind } from './keys.js';

/**
 * The context of a closed request: a key that is not known is absent. `freely` decides what neither the request nor the
 * snapshot settles (an unknown value, an undocumented rule); a witness carries those decisions.
 */
export function closedContext(known: KnownKeys, freely: (id: string) => boolean): ContextTruth<boolean> {
  const of = (key: string): readonly string[] => known(canonicalKey(key)) ?? [];
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
    free: (id) => freely(id),
  };
}
