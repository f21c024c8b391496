import type { Check } from '../rule.js';
import { literalProblems } from './literal-problem.js';

const KINDS = new Set(['private-key', 'gcp-service-account-key', 'age-key']);

/** A private key block, as text or in base64. */
export const check: Check = literalProblems(({ hits }) => hits.find(({ kind }) => KINDS.has(kind))?.words);
