import type { Finding, Report } from '../../model/index.js';
import { print, sarifLog } from './sarif.js';

/** SARIF for one service, to be uploaded by itself. */
export interface SplitFile {
  readonly service: string;
  /** The automation id in the file, `keyward/kms/`. */
  readonly id: string;
  readonly text: string;
}

const NONE: ReadonlySet<never> = new Set();

/**
 * One file for each of the rulebook's services, empty ones included: a host keeps the alerts of a category until that category is
 * uploaded anew, so the set may not depend on what was found. Findings of other services (rules of users) go to the file `other`,
 * which is always written.
 */
export function splitByService(report: Report, services: readonly string[]): readonly SplitFile[] {
  const known = new Set(services);
  const serviceOf = (rule: string): string => {
    const service = report.rules[rule]?.service;
    return service !== undefined && known.has(service) ? service : 'other';
  };
  return [...new Set([...services, 'other'])].sort().map((service) => {
    const id = `keyward/${service}/`;
    return {
      service,
      id,
      text: print(
        sarifLog(
          partOf(report, (rule) => serviceOf(rule) === service),
          { show: NONE },
          id,
        ),
      ),
    };
  });
}

function partOf(report: Report, belongs: (rule: string) => boolean): Report {
  const part = (findings: readonly Finding[]): readonly Finding[] => findings.filter((finding) => belongs(finding.rule));
  return {
    ...report,
    rules: Object.fromEntries(Object.entries(report.rules).filter(([id]) => belongs(id))),
    findings: part(report.findings),
    undecided: part(report.undecided),
    suppressed: part(report.suppressed),
  };
}
