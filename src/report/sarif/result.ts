import type { Result, Suppression } from 'sarif';
import type { Finding } from '../../model/index.js';
import { LEVEL } from '../level.js';
import { oneLine } from '../one-line.js';
import { isSetAside } from '../shown.js';
import { cut, LIMITS } from './limits.js';
import { logicalLocation, physicalLocation, relatedLocations, snippetOf } from './location.js';

/** A finding as a result; undefined where it stands in no file, for one such result makes GitHub refuse the whole file. */
export function resultOf(finding: Finding, ruleIndex: number): Result | undefined {
  const physical = physicalLocation(finding.location, snippetOf(finding));
  if (physical === undefined) return undefined;
  const related = relatedLocations(finding);
  return {
    ruleId: finding.rule,
    ruleIndex,
    // SARIF gives a level to failures alone.
    ...(finding.kind === 'undecided' ? { kind: 'open', level: 'none' } : { kind: 'fail', level: LEVEL[finding.severity] }),
    message: { text: cut(messageOf(finding), LIMITS.messageLength) },
    locations: [{ physicalLocation: physical, logicalLocations: [logicalLocation(finding)] }],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    partialFingerprints: {
      'keyward/v1': finding.fingerprint,
      ...(finding.lineHash === undefined || finding.secret ? {} : { primaryLocationLineHash: finding.lineHash }),
    },
    ...(isSetAside(finding) ? { suppressions: [suppressionOf(finding)] } : {}),
    properties: {
      severity: finding.severity,
      resourceType: oneLine(finding.resource.type),
      failsRun: finding.failsRun,
      ...(finding.condition === undefined ? {} : { condition: oneLine(finding.condition) }),
    },
  };
}

function messageOf({ message, condition, because }: Finding): string {
  const causes = because.length === 0 ? '' : ` It depends on ${because.map((cause) => cause.words).join('; ')}.`;
  const text = oneLine(`${message}${condition === undefined ? '' : ` (${condition})`}${causes}`);
  // `[text](target)` in a message is a link to the host; a name from a file must not make one.
  return text.replaceAll('](', '] (');
}

function suppressionOf({ suppression }: Finding): Suppression {
  if (suppression === undefined) return { kind: 'external', status: 'accepted', justification: 'In the baseline.' };
  return { kind: suppression.by === 'config' ? 'external' : 'inSource', status: 'accepted', justification: oneLine(suppression.reason) };
}
