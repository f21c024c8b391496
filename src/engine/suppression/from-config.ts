import type { Suppression } from '../../model/index.js';
import type { ConfigSuppression } from '../config/config.js';
import { globOf } from '../glob/glob.js';
import { printable } from '../stamp/message.js';
import type { StampedFinding } from '../unit/unit.js';
import { isExpired } from './apply.js';

/** A suppression of the config with whether it met a finding. */
export interface UsedConfigSuppression {
  readonly suppression: ConfigSuppression;
  readonly used: boolean;
}

/** Decides by the config's suppressions; each of its conditions has to fit. */
export function configSuppressor(suppressions: readonly ConfigSuppression[], asOf: string) {
  const ready = suppressions.map((suppression) => ({
    suppression,
    rules: suppression.rules.map(globOf),
    resource: suppression.resource === undefined ? undefined : globOf(suppression.resource),
    path: suppression.path === undefined ? undefined : globOf(suppression.path),
    holds: !isExpired(suppression.until, asOf),
    used: false,
  }));
  return {
    for(finding: StampedFinding): Suppression | undefined {
      const found = ready.find(
        ({ rules, resource, path, holds }) =>
          holds &&
          rules.some((rule) => rule(finding.rule)) &&
          (resource === undefined || resource(finding.resource.address)) &&
          (path === undefined || path(finding.location.file ?? '')),
      );
      if (found === undefined) return undefined;
      found.used = true;
      const { reason, until, file, line } = found.suppression;
      return { by: 'config', reason: printable(reason), ...(until === undefined ? {} : { until }), file, line };
    },
    outcome: (): readonly UsedConfigSuppression[] => ready.map(({ suppression, used }) => ({ suppression, used })),
  };
}
