import type { Report } from '../model/index.js';
import type { Reporter } from './reporter.js';
import type { SplitFile } from './sarif/split.js';

export type { Reporter, ReporterOptions } from './reporter.js';
export type { SplitFile } from './sarif/split.js';

/** One loader a format, so that a run loads only the formats it writes. */
const REPORTERS = {
  pretty: async () => (await import('./pretty/pretty.js')).pretty,
  concise: async () => (await import('./concise.js')).concise,
  json: async () => (await import('./json/json.js')).json,
  sarif: async () => (await import('./sarif/sarif.js')).sarif,
  html: async () => (await import('./html/reporter.js')).html,
  junit: async () => (await import('./junit.js')).junit,
  markdown: async () => (await import('./markdown/markdown.js')).markdown,
  github: async () => (await import('./github/github.js')).github,
} satisfies Record<string, () => Promise<Reporter>>;

export type Format = keyof typeof REPORTERS;

/** Every format, in the order that help texts list them. */
export const FORMATS: readonly Format[] = Object.keys(REPORTERS) as Format[]; // the keys of the table itself

export function isFormat(name: string): name is Format {
  return Object.hasOwn(REPORTERS, name);
}

export function reporterFor(format: Format): Promise<Reporter> {
  return REPORTERS[format]();
}

/** Reads back what `--format json` wrote. Throws an Error that says what is wrong with the text and where. */
export async function parseReport(text: string): Promise<Report> {
  return (await import('./json/parse-report.js')).parseReport(text);
}

/** SARIF as one file for each service, always the same set whatever was found: see `splitByService` in `sarif/split.ts`. */
export async function splitByService(report: Report, services: readonly string[]): Promise<readonly SplitFile[]> {
  return (await import('./sarif/split.js')).splitByService(report, services);
}

/** Output that quotes scanned files, made inert for the log of GitHub Actions; for formats that are not themselves workflow commands. */
export async function fenceForActions(text: string): Promise<string> {
  return (await import('./github/fence.js')).fence(text);
}
