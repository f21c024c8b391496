import { isMap, isOpen, type Path, type Value } from '../../model/index.js';
import { someCauseOf } from './cause.js';
import { listed, type Statement } from './statement.js';
import { open, type Truth } from './truth.js';

/** One key of a `Condition` under one operator. A request fits where any value fits; all tests of a statement must. */
export interface Test {
  /** The bare operator in small letters: `stringlike`, `arnequals`, `bool`, `null`. */
  readonly operator: string;
  readonly quantifier: 'none' | 'for-any' | 'for-all';
  readonly ifExists: boolean;
  /** The key in small letters: keys are told apart without regard to case. */
  readonly key: string;
  readonly values: readonly { readonly value: Value; readonly path: Path }[];
  readonly path: Path;
  readonly statement: Statement;
}

/** The tests of a statement, or open where the whole condition is. No condition has no tests. */
export function testsOf(statement: Statement): readonly Test[] | { readonly because: ReturnType<typeof someCauseOf> } {
  const condition = statement.body.Condition;
  if (condition === undefined) return [];
  if (isOpen(condition)) return { because: someCauseOf(condition) };
  if (!isMap(condition)) return [];
  const tests: Test[] = [];
  for (const [name, keys] of Object.entries(condition)) {
    if (isOpen(keys)) return { because: someCauseOf(keys) };
    if (!isMap(keys)) continue;
    const [, quantifier, operator, ifExists] = /^(ForAnyValue:|ForAllValues:)?(.*?)(IfExists)?$/i.exec(name) ?? [];
    for (const [key, value] of Object.entries(keys)) {
      const path = [...statement.path, 'Condition', name, key];
      tests.push({
        operator: (operator ?? '').toLowerCase(),
        quantifier: quantifier === undefined ? 'none' : quantifier.toLowerCase() === 'foranyvalue:' ? 'for-any' : 'for-all',
        ifExists: ifExists !== undefined,
        key: key.toLowerCase(),
        values: listed(value, path),
        path,
        statement,
      });
    }
  }
  return tests;
}

/** True where the statement has a condition with at least one test, or one that can't be read. */
export function isConditional(statement: Statement): boolean {
  const tests = testsOf(statement);
  return 'because' in tests || tests.length > 0;
}

/** The tests that can be read. */
export function knownTestsOf(statement: Statement): readonly Test[] {
  const tests = testsOf(statement);
  return 'because' in tests ? [] : tests;
}

/** Whether some test of the condition answers yes: as all tests must hold, one that bounds the request bounds the statement. */
export function someTest(statement: Statement, bounds: (test: Test) => Truth): Truth {
  const tests = testsOf(statement);
  if ('because' in tests) return open(tests.because);
  const because = [];
  for (const test of tests) {
    const truth = bounds(test);
    if (truth === true) return true;
    if (truth !== false) because.push(...truth.because);
  }
  return because.length > 0 ? open(because) : false;
}

/** How an operator reads its values: as exact text, with wildcards, part by part as an ARN, or as an address range. */
export type Matching = 'exact' | 'wildcards' | 'arn' | 'address' | 'bool';

const POSITIVE: Readonly<Record<string, Matching>> = {
  stringequals: 'exact',
  stringequalsignorecase: 'exact',
  stringlike: 'wildcards',
  arnequals: 'arn',
  arnlike: 'arn',
  ipaddress: 'address',
  bool: 'bool',
};

/** Undefined for operators that a request fits by being different, or by lacking the key: `StringNotEquals`, `Null`. */
export function matchingOf(test: Test): Matching | undefined {
  return POSITIVE[test.operator];
}

/** True where a request without the key fits as well. */
export function admitsMissing(test: Test): boolean {
  return test.ifExists || test.quantifier === 'for-all';
}
