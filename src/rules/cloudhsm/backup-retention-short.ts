import { isMap, isOpen } from '../../model/index.js';
import { eachWorld } from '../each-world.js';
import { someCauseOf } from '../policy/cause.js';
import { verdictsOf } from '../policy/problem.js';
import { open } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** Backups that are gone too soon. The number of days is written as text. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, ({ properties }) => {
    const days = isMap(properties.BackupRetentionPolicy) ? properties.BackupRetentionPolicy.Value : undefined;
    if (days === undefined) return verdictsOf([]);
    const truth = isOpen(days) ? open(someCauseOf(days)) : Number(days) < Number(context.options.minimumDays);
    return verdictsOf([{ truth, path: ['BackupRetentionPolicy', 'Value'], words: { value: isOpen(days) ? '…' : String(days) } }]);
  });
