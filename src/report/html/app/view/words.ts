import type { Location, ReportRule, SourceKind } from '../../../../model/index.js';
import type { Section } from '../../payload.js';

const NUMBER = new Intl.NumberFormat('en');
export function count(value: number): string {
  return NUMBER.format(value);
}

/** "1 file", "1,200 files". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

export function bytes(value: number): string {
  if (value < 1000) return counted(value, 'byte');
  if (value < 1_000_000) return `${(value / 1000).toFixed(1)} kB`;
  return `${(value / 1_000_000).toFixed(1)} MB`;
}

/** `stacks/app.yaml:12:3`. */
export function placeWords({ file, range }: Location): string {
  if (file === undefined) return '';
  return range === undefined ? file : `${file}:${range.start.line}:${range.start.column}`;
}

export const SOURCE_WORDS: Readonly<Record<SourceKind, string>> = {
  cloudformation: 'CloudFormation',
  terraform: 'Terraform',
  account: 'Live account',
};

export const SECTION_TITLES: Readonly<Record<Section, string>> = {
  findings: 'Findings',
  undecided: 'Undecided',
  suppressed: 'Suppressed',
};

export const MIGRATION_WORDS: Readonly<Record<ReportRule['fix']['migration'], string>> = {
  none: 'Nothing to migrate.',
  'in-place': 'Changed in place: the resource and its data stay.',
  'snapshot-restore': 'Needs a snapshot that is restored as a new resource with the setting on.',
  replace: 'Replaces the resource: plan how its data moves.',
  manual: 'No patch fits every case: decide by hand.',
};

/** The link, if it is one that can do no more than open a page. */
export function safeLink(url: string): string | undefined {
  return URL.canParse(url) && new URL(url).protocol === 'https:' ? url : undefined;
}
