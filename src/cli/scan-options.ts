import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type ScanOptions, type Threshold, UsageError } from '../engine/index.js';
import { SEVERITIES, type Severity } from '../model/index.js';
import type { Io } from './io.js';

/** Options of the command line as commander gives them. */
export interface WrittenScanOptions {
  readonly failOn?: string;
  readonly failOnUndecided?: string;
  readonly minSeverity?: string;
  readonly rule: readonly string[];
  readonly skipRule: readonly string[];
  readonly rules: readonly string[];
  readonly allowRuleCode?: boolean;
  readonly parameters: readonly string[];
  readonly config?: string;
  readonly trustFrom?: string;
  readonly suppressions: boolean;
  readonly asOf?: string;
  readonly jobs?: string;
  readonly stdinFilename?: string;
  readonly maxTemplateBytes?: string;
  readonly maxDepth?: string;
  readonly maxInstances?: string;
  readonly baseline?: string;
}

/** Arguments to a call of the library. @throws UsageError naming the option that is wrong and what it takes */
export async function scanOptions(inputs: readonly string[], written: WrittenScanOptions, io: Io): Promise<ScanOptions> {
  const threshold = (name: string, value: string | undefined): Threshold | undefined =>
    value === 'never' ? 'never' : severity(name, value, [...SEVERITIES, 'never']);
  const failOn = threshold('--fail-on', written.failOn);
  const failOnUndecided = threshold('--fail-on-undecided', written.failOnUndecided);
  const minSeverity = severity('--min-severity', written.minSeverity, SEVERITIES);
  const jobs = positive('--jobs', written.jobs);
  const templateBytes = positive('--max-template-bytes', written.maxTemplateBytes);
  const depth = positive('--max-depth', written.maxDepth);
  const instances = positive('--max-instances', written.maxInstances);
  if (written.asOf !== undefined && !isDay(written.asOf)) throw new UsageError(`--as-of takes a day, YYYY-MM-DD, not ${written.asOf}.`);
  if (written.allowRuleCode === true && written.rules.length === 0) throw new UsageError('--allow-rule-code goes with --rules DIR.');
  return {
    inputs,
    workingFolder: io.workingFolder,
    inlineSuppressions: written.suppressions ? 'honoured' : 'ignored',
    rules: { only: written.rule, skip: written.skipRule },
    ruleFolders: written.rules,
    allowRuleCode: written.allowRuleCode === true,
    parameters: parametersFrom(written.parameters, io),
    limits: {
      ...(templateBytes === undefined ? {} : { templateBytes }),
      ...(depth === undefined ? {} : { depth }),
      ...(instances === undefined ? {} : { instances }),
    },
    ...(inputs.includes('-') ? { given: { name: written.stdinFilename ?? 'stdin', text: await io.readStdin() } } : {}),
    ...(failOn === undefined ? {} : { failOn }),
    ...(failOnUndecided === undefined ? {} : { failOnUndecided }),
    ...(minSeverity === undefined ? {} : { minSeverity }),
    ...(jobs === undefined ? {} : { jobs }),
    ...(written.asOf === undefined ? {} : { asOf: written.asOf }),
    ...(written.config === undefined ? {} : { config: written.config }),
    ...(written.trustFrom === undefined ? {} : { trustFrom: written.trustFrom }),
    ...(written.baseline === undefined ? {} : { baseline: written.baseline }),
    ...(io.signal === undefined ? {} : { signal: io.signal }),
  };
}

function severity(name: string, value: string | undefined, choices: readonly string[]): Severity | undefined {
  if (value === undefined) return undefined;
  const known = SEVERITIES.find((one) => one === value);
  if (known === undefined) throw new UsageError(`${name} takes ${choices.join(', ')}, not ${value}.`);
  return known;
}

function positive(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1) throw new UsageError(`${name} takes a whole number from 1, not ${value}.`);
  return number;
}

function isDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
    new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)
  );
}

/** KEY=VALUE, or a file as `aws cloudformation deploy --parameter-overrides` and `create-stack --parameters` take it. */
export function parametersFrom(written: readonly string[], io: Io): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const item of written) {
    const equals = item.indexOf('=');
    if (equals > 0 && !item.startsWith('file://')) values[item.slice(0, equals)] = item.slice(equals + 1);
    else Object.assign(values, fromFile(item.replace(/^file:\/\//, ''), io));
  }
  return values;
}

function fromFile(file: string, io: Io): Readonly<Record<string, string>> {
  const help = 'It takes [{ "ParameterKey": …, "ParameterValue": … }], ["KEY=VALUE"], { "Parameters": { … } } or { "KEY": "VALUE" }.';
  let body: unknown;
  try {
    body = JSON.parse(readFileSync(path.resolve(io.workingFolder, file), 'utf8'));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new UsageError(
      missing ? `There is no parameter file ${file}.` : `The parameter file ${file} is no JSON.`,
      missing ? 'Correct the path, or write KEY=VALUE.' : help,
    );
  }
  const entries = entriesOf(body);
  if (entries === undefined) throw new UsageError(`The parameter file ${file} has none of the known forms.`, help);
  return Object.fromEntries(entries);
}

function entriesOf(body: unknown): readonly (readonly [string, string])[] | undefined {
  if (Array.isArray(body)) {
    const entries = body.map((item: unknown): readonly [string, string] | undefined => {
      if (typeof item === 'string' && item.includes('=')) return [item.slice(0, item.indexOf('=')), item.slice(item.indexOf('=') + 1)];
      if (typeof item !== 'object' || item === null || !('ParameterKey' in item) || !('ParameterValue' in item)) return undefined;
      return [String(item.ParameterKey), String(item.ParameterValue)];
    });
    return entries.every((entry) => entry !== undefined) ? entries : undefined;
  }
  if (typeof body !== 'object' || body === null) return undefined;
  if ('Parameters' in body && typeof body.Parameters === 'object' && body.Parameters !== null) return entriesOf(body.Parameters);
  const entries = Object.entries(body);
  return entries.every(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    ? entries.map(([name, value]) => [name, String(value)])
    : undefined;
}
