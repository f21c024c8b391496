import { isMap, isOpen, type Value, type ValueMap } from '../../model/index.js';
import { eachWorld } from '../each-world.js';
import { someCauseOf } from '../policy/cause.js';
import { type Problem, verdictsOf } from '../policy/problem.js';
import { all, open, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';

/** A Session Manager document that keeps what people type, unencrypted or not at all. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    if (closed.properties.DocumentType !== 'Session') return verdictsOf([], 'not-applicable');
    const content = closed.properties.Content;
    const document = typeof content === 'string' ? parsed(content) : content;
    if (isMap(document)) return verdictsOf(logProblems(isMap(document.inputs) ? document.inputs : {}));
    return verdictsOf([{ truth: open(someCauseOf(content ?? null)), path: ['Content'], words: { what: 'may go unencrypted' } }]);
  });

function parsed(text: string): Value {
  try {
    return JSON.parse(text) as Value; // JSON values are Values
  } catch {
    return null;
  }
}

/** [Systems Manager guide: Session document schema] */
function logProblems(inputs: ValueMap): readonly Problem[] {
  const path = ['Content', 'inputs'];
  const [bucket, group] = [isGiven(inputs.s3BucketName), isGiven(inputs.cloudWatchLogGroupName)];
  if (bucket === false && group === false) return [{ truth: true, path, words: { what: 'are kept nowhere' } }];
  return [
    {
      truth: all([bucket, isOff(inputs.s3EncryptionEnabled)]),
      path: [...path, 's3EncryptionEnabled'],
      words: { what: 'go to S3 without encryption' },
    },
    {
      truth: all([group, isOff(inputs.cloudWatchEncryptionEnabled)]),
      path: [...path, 'cloudWatchEncryptionEnabled'],
      words: { what: 'go to CloudWatch Logs without encryption' },
    },
  ];
}

/** Whatever an open name turns out to be, someone meant it to be one. */
function isGiven(name: Value | undefined): boolean {
  return name !== undefined && name !== '';
}

/** Absent means true. */
function isOff(enabled: Value = true): Truth {
  return isOpen(enabled) ? open(someCauseOf(enabled)) : String(enabled) === 'false';
}
