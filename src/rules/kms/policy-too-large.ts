import { Absent, Choice, isList, isMap, isOpen, type Value } from '../../model/index.js';
import { eachWorld } from '../each-world.js';
import { causesWithin } from '../policy/cause.js';
import { verdictsOf } from '../policy/problem.js';
import { partsOf } from '../policy/text.js';
import { distinct, open, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** A key policy that PutKeyPolicy refuses for its length [KMS guide: Quotas, Key policy document size]. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    const policy = closed.properties.KeyPolicy;
    return policy === undefined ? verdictsOf([], 'not-applicable') : verdictsOf([{ truth: isTooLarge(policy), path: ['KeyPolicy'] }]);
  });

const LIMIT = 32_768;
/** No ARN is longer; what stands open in a policy is hardly ever anything else. */
const LONGEST_PART = 2048;

function isTooLarge(policy: Value): Truth {
  const { least, most } = length(policy);
  if (least > LIMIT) return true;
  return most <= LIMIT ? false : open(distinct(causesWithin(policy)));
}

interface Length {
  readonly least: number;
  readonly most: number;
}

/** The length of the value as JSON without spaces. */
function length(value: Value): Length {
  if (isList(value)) return sum(value.map(length), 2 + Math.max(0, value.length - 1));
  if (isMap(value)) {
    const entries = Object.entries(value);
    const keys = entries.reduce((total, [key]) => total + JSON.stringify(key).length + 1, 0);
    return sum(
      entries.map(([, item]) => length(item)),
      2 + keys + Math.max(0, entries.length - 1),
    );
  }
  if (!isOpen(value)) return sum([], JSON.stringify(value).length);
  if (value instanceof Choice) return either(length(value.then), length(value.otherwise));
  if (value instanceof Absent) return { least: 0, most: 0 };
  // Only text is known not to be a list of any length.
  const parts = value.kind === 'unknown' && value.domain.type !== 'string' ? undefined : partsOf(value);
  if (parts === undefined) return { least: 2, most: Infinity };
  return sum(
    parts.map((part) => (typeof part === 'string' ? sum([], JSON.stringify(part).length - 2) : { least: 0, most: LONGEST_PART })),
    2,
  );
}

function either(a: Length, b: Length): Length {
  return { least: Math.min(a.least, b.least), most: Math.max(a.most, b.most) };
}

function sum(lengths: readonly Length[], more: number): Length {
  return lengths.reduce((total, { least, most }) => ({ least: total.least + least, most: total.most + most }), { least: more, most: more });
}
