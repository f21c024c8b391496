import { type Cause, isMap, isOpen, type Path, type Value } from '../../model/index.js';
import { eachWorld } from '../each-world.js';
import { someCauseOf } from '../policy/cause.js';
import { type Problem, verdictsOf } from '../policy/problem.js';
import { open } from '../policy/truth.js';
import type { Check } from '../rule.js';
import { daysOf } from './rotation-interval.js';

/** A rotation that comes too seldom. */
export const check: Check = (resource, context) => {
  const most = Number(context.options.maximumDays);
  return eachWorld(resource, context, (closed) => {
    const rules = closed.properties.RotationRules;
    if (!isMap(rules)) return verdictsOf([], 'not-applicable');
    const problems = ['AutomaticallyAfterDays', 'ScheduleExpression'].flatMap((name) => problemsOf(rules[name], name, most));
    return verdictsOf(problems, 'not-applicable');
  });
};

function problemsOf(value: Value | undefined, name: string, most: number): readonly Problem[] {
  if (value === undefined) return []; // equivalent: nothing said is nothing read, and an empty list is not applicable
  const path = ['RotationRules', name];
  if (isOpen(value)) return unread(someCauseOf(value), path); // equivalent: else the same with a cause that says less
  const days = /^\d+$/.test(String(value)) ? Number(value) : daysOf(String(value));
  if (days === undefined) return unread([{ words: `the schedule ${String(value)}, which can't be read`, kind: 'unresolved' }], path);
  return [{ truth: days > most, path, words: { days: String(Math.round(days)) } }];
}

function unread(because: readonly Cause[], path: Path): readonly Problem[] {
  return [{ truth: open(because), path, words: { days: 'an unknown number of' } }];
}
