import { holds, Reference, type Resource, type Value } from '../../model/index.js';
import { eachWorld } from '../each-world.js';
import { someCauseOf } from '../policy/cause.js';
import { verdictsOf } from '../policy/problem.js';
import { partsOf } from '../policy/text.js';
import { any, not, open, type Truth } from '../policy/truth.js';
import type { Check, RuleContext } from '../rule.js';

/** A secret that nothing rotates. */
export const check: Check = (resource, context) => {
  const schedules = context.ofType('AWS::SecretsManager::RotationSchedule');
  return eachWorld(
    resource,
    context,
    (closed) => {
      // A service that owns a secret, such as RDS for a master user, rotates it itself [Secrets Manager guide: Managed rotation].
      if (closed.observed.OwningService !== undefined) return verdictsOf([], 'not-applicable'); // equivalent: no template observes it
      const rotated = schedules
        .filter((schedule) => schedule.exists === undefined || holds(schedule.exists, closed.world))
        .map((schedule) => isOf(closed.inWorld(schedule).properties.SecretId ?? null, resource, context));
      return verdictsOf([{ truth: closed.observed.RotationEnabled === true ? false : not(any(rotated)), path: [] }]);
    },
    { also: schedules },
  );
};

/** Whether a schedule is that of the secret: by reference, by its name, or through the attachment of the secret to its database. */
function isOf(secretId: Value, secret: Resource, context: RuleContext): Truth {
  if (typeof secretId === 'string') return secretId === secret.properties.Name || secretId === secret.address; // equivalent: no template has ARNs as addresses
  const references = (partsOf(secretId) ?? []).filter((part) => part instanceof Reference);
  if (references.length === 0) return open(someCauseOf(secretId));
  return any(
    references.map(({ target }) => {
      const attached = context.resource(target);
      if (attached?.type !== 'AWS::SecretsManager::SecretTargetAttachment') return target === secret.id;
      return isOf(attached.properties.SecretId ?? null, secret, context);
    }),
  );
}
