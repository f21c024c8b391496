import { SEVERITIES, type Severity } from '../../../../model/severity.js';
import { KINDS, type Payload } from '../../payload.js';
import { at, causeAt, textAt } from '../data/findings.js';
import type { Grouping } from '../data/groups.js';

/** What a list shows of a row: less than the finding, so that scrolling decodes no frames. */
export interface RowText {
  readonly severity: Severity;
  readonly kind: 'fail' | 'undecided';
  readonly message: string;
  /** Under the message where there is room: why it is undecided, why it is suppressed, or the resource's type. */
  readonly note: string;
  readonly folder: string;
  readonly file: string;
  readonly fingerprint: string;
}

export function rowText(payload: Payload, row: number): RowText {
  const { rows, places } = payload;
  const place = at(rows.place, row);
  const line = at(places.startLine, place);
  const path = textAt(payload, at(places.file, place));
  const slash = path.lastIndexOf('/') + 1;
  return {
    severity: at(SEVERITIES, at(rows.severity, row)),
    kind: at(KINDS, at(rows.kind, row)),
    message: textAt(payload, at(rows.message, row)),
    note: noteOf(payload, row),
    folder: path.slice(0, slash),
    file: `${path.slice(slash)}${line === 0 ? '' : `:${line}`}`,
    fingerprint: at(rows.fingerprint, row),
  };
}

function noteOf(payload: Payload, row: number): string {
  const { rows, suppressions, resources } = payload;
  const suppression = at(suppressions, at(rows.suppression, row));
  if (suppression !== null) return suppression.reason;
  const cause = at(payload.lists, at(rows.because, row))[0];
  if (cause !== undefined) return causeAt(payload, cause).words;
  return textAt(payload, at(resources.type, at(rows.resource, row)));
}

export const GROUPING_WORDS: Readonly<Record<Grouping, string>> = { rule: 'rule', file: 'file', resource: 'resource', none: 'nothing' };
