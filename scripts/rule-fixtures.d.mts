import type { Cause, Scope } from '../src/model/index.js';
import type { FileAccess, ReadLimits, ReadOptions, ReadResult, ScopeSeed } from '../src/readers/reader.js';
import type { Rule, RuleContext } from '../src/rules/index.js';

export interface RuleFixture {
  readonly rule: string;
  readonly kind: 'bad' | 'good' | 'good-not-applicable' | 'undecided';
  readonly name: string;
  readonly text: string;
  readonly marks: { readonly fail: readonly number[]; readonly undecided: readonly number[] };
}
export interface FixtureModules {
  readonly readTemplate: (seed: ScopeSeed, access: FileAccess, options: ReadOptions) => ReadResult;
  readonly DEFAULT_LIMITS: ReadLimits;
  readonly ruleContexts: (
    scope: Scope,
    asOf: string,
    options: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => (rule: string) => RuleContext;
}
export interface ReadFixture {
  readonly scope: Scope;
  readonly contextFor: (rule: string) => RuleContext;
}
export interface FixtureAnswer {
  readonly fail: readonly number[];
  readonly undecided: readonly number[];
  readonly passes: number;
  readonly causes: readonly Cause[];
}
export function ruleFixtures(folder: string): readonly RuleFixture[];
export function strayFixtures(folder: string): readonly string[];
export function withoutMarks(text: string): string;
export function readFixture(fixture: RuleFixture, modules: FixtureModules, folder?: string): ReadFixture;
export function judgeFixture(rule: Rule, read: ReadFixture): FixtureAnswer;
export function fixtureProblems(fixture: RuleFixture, answer: FixtureAnswer): readonly string[];
