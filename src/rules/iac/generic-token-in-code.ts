import type { Check } from '../rule.js';
import { literalProblems } from './literal-problem.js';

/** Formats that have a concept of their own. */
const OTHERS = /^(private-key|gcp-service-account-key|age-key|aws-access-key-id|aws-secret-access-key)$/;

/** A token of a published format. What only a name gives away is left to the rules on the places where it stands. */
export const check: Check = literalProblems(
  ({ hits }) => hits.find(({ kind, confidence }) => confidence === 'format' && !OTHERS.test(kind))?.words,
);
