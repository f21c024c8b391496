import type { Json, RuleData } from '../src/rules/index.js';

export function leafMutants(
  rule: Pick<RuleData, 'when' | 'must'>,
): Iterable<{ readonly what: string; readonly when: Json | undefined; readonly must: Json | undefined }>;
