import type { Invocation, Log, Notification, Result } from 'sarif';
import type { Finding, Report } from '../../model/index.js';
import { jsonText } from '../json/json-text.js';
import type { Reporter, ReporterOptions } from '../reporter.js';
import { worstFirst } from '../shown.js';
import { LIMITS } from './limits.js';
import { ROOT } from './location.js';
import { notice, notificationsOf } from './notification.js';
import { resultOf } from './result.js';
import { descriptorOf } from './rule.js';

/** SARIF 2.1.0 for code scanning: one run, no category of its own, so that the uploader's counts. */
export const sarif: Reporter = (report, options) => print(sarifLog(report, options));

/** The log with `category` as its automation id, which must end in a slash: what stands before the last one is the category. */
export function sarifLog(report: Report, { show }: Pick<ReporterOptions, 'show'>, category?: string): Log {
  // Hosts show undecided and suppressed results as open alerts, so they are left out unless asked for.
  const wanted = worstFirst([
    ...report.findings,
    ...(show.has('undecided') ? report.undecided : []),
    ...(show.has('suppressed') ? report.suppressed : []),
  ]);
  const ids = [...new Set([...Object.keys(report.rules), ...wanted.map((finding) => finding.rule)])]
    .filter((id) => report.rules[id] !== undefined)
    .sort();
  const ruleIndex = new Map(ids.map((id, index) => [id, index]));
  const results = resultsOf(wanted, ruleIndex);
  const kept = results.slice(0, LIMITS.resultsInRun);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            fullName: `${report.tool.name} ${report.tool.version}`,
            version: report.tool.version,
            semanticVersion: report.tool.version,
            informationUri: report.tool.homepage,
            rules: ids.flatMap((id) => report.rules[id] ?? []).map(descriptorOf),
          },
        },
        ...(category === undefined ? {} : { automationDetails: { id: category } }),
        invocations: [invocation(report, [...notices(wanted.length - results.length, results.length), ...notificationsOf(report)])],
        originalUriBaseIds: { [ROOT]: { description: { text: 'The folder that the scan started from.' } } },
        columnKind: 'utf16CodeUnits',
        results: kept,
        properties: { asOf: report.asOf },
      },
    ],
  };
}

export function print(log: Log): string {
  return jsonText(log, 1);
}

function resultsOf(findings: readonly Finding[], ruleIndex: ReadonlyMap<string, number>): Result[] {
  return findings.flatMap((finding) => {
    const index = ruleIndex.get(finding.rule);
    return index === undefined ? [] : (resultOf(finding, index) ?? []);
  });
}

function invocation({ summary }: Report, toolExecutionNotifications: Notification[]): Invocation {
  const executionSuccessful = summary.exitCode !== 4 && summary.exitCode !== 130;
  return {
    executionSuccessful,
    exitCode: summary.exitCode,
    ...(toolExecutionNotifications.length === 0 ? {} : { toolExecutionNotifications }),
  };
}

/** Nothing stays out without a word. */
function notices(withoutFile: number, results: number): Notification[] {
  const words: string[] = [];
  if (withoutFile > 0)
    words.push(
      `${withoutFile} ${withoutFile === 1 ? 'finding stands' : 'findings stand'} in no file and cannot be shown here; other formats have them.`,
    );
  if (results > LIMITS.resultsInRun)
    words.push(
      `Of ${results} results the ${LIMITS.resultsInRun} worst are kept, the most that code scanning takes; other formats have all.`,
    );
  if (results > LIMITS.resultsShown)
    words.push(
      `GitHub shows the ${LIMITS.resultsShown} worst results of a run. Write one file for each service with --sarif-split service.`,
    );
  return words.map(notice);
}
