/** One thing that is wrong in a rule file. `line` counts from 1. */
export interface RuleProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Rule files that can't be used, with every problem found. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
  constructor(readonly problems: readonly RuleProblem[]) {
    super(problems.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'));
  }
}
