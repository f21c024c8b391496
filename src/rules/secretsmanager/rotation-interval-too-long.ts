import { isMap, isOpen, type Value } from '../../model/index.js';
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
    const problems = [
      problemOf(rules.AutomaticallyAfterDays, 'AutomaticallyAfterDays', most),
      problemOf(rules.ScheduleExpression, 'ScheduleExpression', most),
    ];
    return verdictsOf(problems.flat(), 'not-applicable');
  });
};

function problemOf(value: Value | undefined, name: string, most: number): readonly Problem[] {
  if (value === undefined) return [];
  const path = ['RotationRules', name];
  if (isOpen(value)) return [{ truth: open(someCauseOf(value)), path, words: { days: 'an unknown number of' } }];
  const days = typeof value === 'string' && !/^\d+$/.test(value) ? daysOf(value) : Number(value);
  if (days === undefined) {
    const because = [{ words: `the schedule ${String(value)}, which can't be read`, kind: 'unresolved' }];
    return [{ truth: open(because), path, words: { days: 'an unknown number of' } }];
  }
  return [{ truth: days > most, path, words: { days: String(Math.round(days)) } }];
}
