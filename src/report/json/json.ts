import type { Finding, Location, Report } from '../../model/index.js';
import type { Reporter } from '../reporter.js';
import { jsonText } from './json-text.js';

/** The report itself, as `schema/report.schema.json` describes it: equal reports give equal bytes. */
export const json: Reporter = (report) => jsonText(ordered(withoutSecrets(report)), 2);

/** What a reader looks for first; names that are not here follow by alphabet. */
const FIRST =
  `
  schemaVersion tool asOf inputs sources thresholds summary findings undecided suppressed rules diagnostics gaps coverage
  rule id kind level code severity title message help resource type address name path location file range number text start end line column
  critical high medium low
`.match(/\w+/g) ?? [];
const RANK = new Map(FIRST.map((name, index) => [name, index]));

function ordered(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(ordered);
  if (typeof data !== 'object' || data === null) return data;
  const rank = (name: string): number => RANK.get(name) ?? FIRST.length;
  const entries = Object.entries(data).filter(([, value]) => value !== undefined);
  entries.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, ordered(value)]));
}

/** The engine gives no frame to a finding about a secret; a report that was read back or merged may have been made by something else. */
function withoutSecrets(report: Report): Report {
  const clean = (findings: readonly Finding[]): readonly Finding[] =>
    findings.map((finding) => (finding.secret ? withoutText(finding) : finding));
  return { ...report, findings: clean(report.findings), undecided: clean(report.undecided), suppressed: clean(report.suppressed) };
}

function withoutText({ lineHash: _hash, ...finding }: Finding): Finding {
  const bare = ({ frame: _frame, ...location }: Location): Location => location;
  return { ...finding, location: bare(finding.location), related: finding.related.map(bare), also: finding.also.map(bare) };
}
