import type { Severity } from '../../model/index.js';
import type { RuleSelection } from '../../rules/index.js';

export type Threshold = Severity | 'never';

/** A suppression that the config writes down: the findings of some rules, on some resources, in some files. */
export interface ConfigSuppression {
  readonly rules: readonly string[];
  /** Glob over resource addresses; absent means all. */
  readonly resource?: string;
  /** Glob over file names; absent means all. */
  readonly path?: string;
  readonly reason: string;
  readonly until?: string;
  readonly file: string;
  readonly line: number;
}

/** Something that holds for the files a glob names. Of several that fit, the later in the config counts. */
export interface ByPath<T> {
  readonly path: string;
  readonly value: T;
}

/** A configuration after `extends` has been followed: lists added up, single values overridden. */
export interface Config {
  /** Files it was read from, the one that was found first. */
  readonly files: readonly string[];
  readonly failOn?: Threshold;
  readonly failOnUndecided?: Threshold;
  readonly minSeverity?: Severity;
  readonly rules: RuleSelection;
  /** Real absolute folders of declarative rules. */
  readonly ruleFolders: readonly string[];
  readonly parameters: readonly ByPath<Readonly<Record<string, string>>>[];
  readonly account: readonly ByPath<string>[];
  readonly region: readonly ByPath<string>[];
  readonly suppressions: readonly ConfigSuppression[];
  /** Absolute path. */
  readonly baseline?: string;
  /** Where each setting stands, for `config show`: `failOn` to `keyward.yaml:3`. */
  readonly origins: ReadonlyMap<string, string>;
}

export const EMPTY_CONFIG: Config = {
  files: [],
  rules: { only: [], skip: [], severity: {}, options: {} },
  ruleFolders: [],
  parameters: [],
  account: [],
  region: [],
  suppressions: [],
  origins: new Map(),
};

/** `over` on top of `under`: lists add up, the upper's single values count. */
export function overlay(under: Config, over: Config): Config {
  const single = <K extends 'failOn' | 'failOnUndecided' | 'minSeverity' | 'baseline'>(key: K): Pick<Config, K> | object => {
    const value = over[key] ?? under[key];
    return value === undefined ? {} : { [key]: value };
  };
  return {
    ...single('failOn'),
    ...single('failOnUndecided'),
    ...single('minSeverity'),
    ...single('baseline'),
    files: [...over.files, ...under.files],
    rules: {
      only: [...under.rules.only, ...over.rules.only],
      skip: [...under.rules.skip, ...over.rules.skip],
      severity: { ...under.rules.severity, ...over.rules.severity },
      options: { ...under.rules.options, ...over.rules.options },
    },
    ruleFolders: [...under.ruleFolders, ...over.ruleFolders],
    parameters: [...under.parameters, ...over.parameters],
    account: [...under.account, ...over.account],
    region: [...under.region, ...over.region],
    suppressions: [...under.suppressions, ...over.suppressions],
    origins: new Map([...under.origins, ...over.origins]),
  };
}
