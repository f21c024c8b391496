import type { RuleFix, Severity, SourceKind } from '../model/index.js';
import type { Section } from './declared-judge.js';
import type { Json, JsonMap } from './schema.js';

/** A rule as plain data: what a file or a family's row says, with what it leaves unsaid filled in. */
export interface RuleData {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly service: string;
  readonly resource: readonly string[];
  readonly sources: readonly SourceKind[];
  readonly on: Section;
  readonly when?: Json;
  readonly must?: Json;
  /** `service/name` of a check in code. */
  readonly check?: string;
  readonly message: string;
  readonly secret: boolean;
  readonly why: string;
  readonly fix: FixData;
  readonly options: Readonly<Record<string, OptionData>>;
  readonly controls: readonly string[];
  readonly references: readonly { readonly title: string; readonly url: string }[];
  readonly tags: readonly string[];
  readonly covers: readonly string[];
  /** Why no template can leave the rule undecided. */
  readonly undecidedImpossible?: string;
  /** The family whose row it is. */
  readonly family?: string;
  /** The build compiled its schemas. */
  readonly compiled?: boolean;
  /** Patterns run on the linear-time engine, checks from beside the file. */
  readonly user?: { readonly file: string };
}

export interface FixData {
  readonly text: string;
  readonly cloudformation?: JsonMap;
  readonly terraform?: JsonMap;
  readonly migration: RuleFix['migration'];
  readonly manual?: string;
  /** The patch and the attributes ready to print. */
  readonly cloudformationText?: string;
  readonly terraformText?: string;
}

export interface OptionData {
  readonly default: Json;
  readonly schema: JsonMap;
  readonly description: string;
}

const ALL_SOURCES: readonly SourceKind[] = ['cloudformation', 'terraform', 'account'];

/** Fills in what a checked rule file leaves unsaid. `service` is the folder's name; a family's row takes it from the id. */
export function ruleData(file: JsonMap, service: string | undefined): RuleData {
  // The file fits schema/rule.schema.json, which these types mirror.
  const raw = file as unknown as Omit<RuleData, 'resource' | 'fix'> & {
    readonly resource: string | readonly string[];
    readonly fix: Omit<FixData, 'migration'> & { readonly migration?: FixData['migration'] };
    readonly undecided?: { readonly impossible: string };
  };
  const home = raw.service ?? service ?? raw.id.split('-')[0] ?? raw.id;
  return {
    id: raw.id,
    title: raw.title,
    severity: raw.severity,
    service: home,
    resource: typeof raw.resource === 'string' ? [raw.resource] : raw.resource,
    sources: raw.sources ?? ALL_SOURCES,
    on: raw.on ?? 'properties',
    ...(raw.when === undefined ? {} : { when: raw.when }),
    ...(raw.must === undefined ? {} : { must: raw.must }),
    ...(raw.check === undefined ? {} : { check: raw.check.includes('/') ? raw.check : `${service ?? home}/${raw.check}` }),
    message: raw.message,
    secret: raw.secret ?? false,
    why: raw.why.trim(),
    fix: { ...raw.fix, text: raw.fix.text.trim(), migration: raw.fix.migration ?? 'manual' },
    options: raw.options ?? {},
    controls: raw.controls ?? [],
    references: raw.references ?? [],
    tags: raw.tags ?? [],
    covers: raw.covers ?? [],
    ...(raw.undecided === undefined ? {} : { undecidedImpossible: raw.undecided.impossible }),
  };
}
