import { isMap, isOpen } from '../../model/index.js';
import { eachWorld } from '../each-world.js';
import { someCauseOf } from '../policy/cause.js';
import { verdictsOf } from '../policy/problem.js';
import { written } from '../policy/text.js';
import { open } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** Backups that are gone too soon. The number of days is written as text. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, ({ properties }) => {
    const policy = properties.BackupRetentionPolicy;
    const days = (isMap(policy) ? policy.Value : undefined) ?? USUAL_DAYS;
    const truth = isOpen(days) ? open(someCauseOf(days)) : Number(days) < Number(context.options.minimumDays);
    return verdictsOf([{ truth, path: ['BackupRetentionPolicy', 'Value'], words: { value: written(days) } }]);
  });

/** [CloudHSM guide: Configure AWS CloudHSM backup retention policy] */
const USUAL_DAYS = 90;
