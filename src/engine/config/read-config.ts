import path from 'node:path';
import type { Severity } from '../../model/index.js';
import { isInside, realOrSame } from '../access/file-access.js';
import { UsageError } from '../usage-error.js';
import { type ByPath, type Config, type ConfigSuppression, EMPTY_CONFIG, overlay, type Threshold } from './config.js';
import { placeOfPath, type WrittenConfig, writtenConfig } from './written-config.js';

/** Where configuration comes from: the work tree, or a trusted revision of it. */
export interface ConfigSource {
  /** The text of a file by absolute path, or undefined where it is not there. */
  read(absolute: string): string | undefined;
  /** How messages call it: `keyward.yaml`, `keyward.yaml at origin/main`. */
  label(absolute: string): string;
}

/** The file names that are looked for, first one wins. */
export const CONFIG_NAMES = ['keyward.yaml', 'keyward.yml'];
/** Longer chains of `extends` are a circle, or as good as one. */
const DEEPEST = 10;

/** The nearest configuration from `folder` upward to `top`, both included. */
export function findConfig(folder: string, top: string, source: ConfigSource): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    for (const name of CONFIG_NAMES) if (source.read(path.join(at, name)) !== undefined) return path.join(at, name);
    if (at === top || at === path.dirname(at) || !isInside(top, at)) return undefined;
  }
}

/**
 * Reads a configuration and what it extends, which must lie below `top`: configuration is data of the scanned tree.
 * @throws UsageError with file and line for anything the schema does not allow
 */
export async function readConfig(file: string, top: string, source: ConfigSource, chain: readonly string[] = []): Promise<Config> {
  const label = source.label(file);
  if (chain.includes(file) || chain.length >= DEEPEST)
    throw new UsageError(`${label} extends itself, by way of ${chain.length} files.`, 'Break the circle.', label);
  const text = source.read(file);
  if (text === undefined) throw new UsageError(`There is no configuration ${label}.`, 'Correct the path.');
  const written = await writtenConfig(text, label);
  let config = EMPTY_CONFIG;
  for (const other of textsOf(written.body.extends)) {
    const absolute = inside(top, file, other, `${label} extends ${other}`, label);
    config = overlay(config, await readConfig(absolute, top, source, [...chain, file]));
  }
  return overlay(config, own(written, file, top, label));
}

/** Where a path of the configuration leads, links followed as far as they are there. What is scanned names no file of the rest of the machine. */
function inside(top: string, file: string, name: string, what: string, label: string): string {
  const absolute = path.resolve(path.dirname(file), name);
  if (isInside(top, absolute) && isInside(top, realOrSame(absolute))) return absolute;
  throw new UsageError(`${what}, which lies outside the repository.`, 'Name what lies in the repository, or use the command line.', label);
}

function textsOf(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

/** What one file says. The schema has been checked: the casts below name what it allows. */
function own(written: WrittenConfig, file: string, top: string, label: string): Config {
  const { body } = written;
  const rules = (body.rules ?? {}) as {
    only?: string[];
    skip?: string[];
    severity?: Record<string, Severity>;
    options?: Record<string, Record<string, unknown>>;
    folders?: string[];
  };
  const here = (name: string, what: string): string => inside(top, file, name, `${what} of ${label} is ${name}`, label);
  return {
    ...(body.failOn === undefined ? {} : { failOn: body.failOn as Threshold }),
    ...(body.failOnUndecided === undefined ? {} : { failOnUndecided: body.failOnUndecided as Threshold }),
    ...(body.minSeverity === undefined ? {} : { minSeverity: body.minSeverity as Severity }),
    ...(body.baseline === undefined ? {} : { baseline: here(String(body.baseline), 'The baseline') }),
    files: [file],
    rules: { only: rules.only ?? [], skip: rules.skip ?? [], severity: rules.severity ?? {}, options: rules.options ?? {} },
    ruleFolders: (rules.folders ?? []).map((folder) => here(folder, 'A rule folder')),
    parameters: Object.entries((body.parameters ?? {}) as Record<string, Record<string, unknown>>).map(([glob, values]) => ({
      path: glob,
      value: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
    })),
    account: byPath(body.account),
    region: byPath(body.region),
    suppressions: suppressionsOf(written, label),
    origins: new Map(originPaths(body).map((keys) => [keys.join('.'), `${label}:${placeOfPath(written, keys).line}`])),
  };
}

function byPath(value: unknown): readonly ByPath<string>[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return [{ path: '**', value }];
  return Object.entries(value as Record<string, string>).map(([glob, text]) => ({ path: glob, value: text })); // a map of texts, by the schema
}

function suppressionsOf(written: WrittenConfig, label: string): readonly ConfigSuppression[] {
  type Entry = { rule?: string; rules?: string[]; resource?: string; path?: string; reason: string; until?: string };
  return ((written.body.suppressions ?? []) as Entry[]).map((entry, index) => ({
    rules: entry.rules ?? (entry.rule === undefined ? [] : [entry.rule]),
    ...(entry.resource === undefined ? {} : { resource: entry.resource }),
    ...(entry.path === undefined ? {} : { path: entry.path }),
    reason: entry.reason,
    ...(entry.until === undefined ? {} : { until: entry.until }),
    file: label,
    line: placeOfPath(written, ['suppressions', index]).line,
  }));
}

/** The settings `config show` lists, each with its own line. */
function originPaths(body: Readonly<Record<string, unknown>>): readonly (string | number)[][] {
  return Object.entries(body).flatMap(([key, value]) => {
    if (key !== 'rules' || typeof value !== 'object' || value === null) return [[key]];
    return Object.keys(value).map((part) => [key, part]);
  });
}
