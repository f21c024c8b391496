import { useState } from 'preact/hooks';
import { SEVERITIES } from '../../../../model/severity.js';
import type { Payload } from '../../payload.js';
import { at, findingAt } from '../data/findings.js';
import type { RowGroup } from '../data/groups.js';
import { FindingBody } from './finding-body.js';
import { rowText } from './row-text.js';
import { SeverityMark, SeverityWord } from './severity-mark.js';
import { count, counted } from './words.js';

/** Rows put into the page at a time; a click brings as many again. */
const PORTION = 2000;

/** Every row in the page, in plain headings and lists: for screen readers, and for finding in the page. */
export function PlainList({
  payload,
  groups,
  hrefOf,
}: {
  readonly payload: Payload;
  readonly groups: readonly RowGroup[];
  readonly hrefOf: (fingerprint: string) => string;
}) {
  const [limit, setLimit] = useState(PORTION);
  const total = groups.reduce((sum, group) => sum + group.rows.length, 0);
  return (
    <div class="plain">
      {firstRows(groups, limit).map((group) => (
        <section key={group.key}>
          {group.title !== '' && <GroupHeading group={group} />}
          <ul>
            {group.rows.map((row) => {
              const { severity, kind, message, folder, file, fingerprint } = rowText(payload, row);
              return (
                <li key={row}>
                  <SeverityWord severity={severity} kind={kind} /> <a href={hrefOf(fingerprint)}>{message}</a>{' '}
                  <code class="path">
                    {folder}
                    {file}
                  </code>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
      {limit < total && (
        <p>
          <button type="button" class="tool" onClick={() => setLimit(limit + PORTION)}>
            Show {count(Math.min(PORTION, total - limit))} more
          </button>{' '}
          {count(limit)} of {count(total)} shown.
        </p>
      )}
    </div>
  );
}

/** Findings printed in full; beyond them, rows alone; beyond those, a sentence. */
const PRINTED_IN_FULL = 150;

/** The filtered rows on paper. */
export function PaperList({ payload, groups }: { readonly payload: Payload; readonly groups: readonly RowGroup[] }) {
  const total = groups.reduce((sum, group) => sum + group.rows.length, 0);
  const full = total <= PRINTED_IN_FULL;
  return (
    <div class="paper">
      {!full && (
        <p>
          Above {count(PRINTED_IN_FULL)} findings one line is printed for each; filter to print them in full.
          {total > PORTION && ` The first ${count(PORTION)} of ${counted(total, 'finding')} are printed.`}
        </p>
      )}
      {full ? (
        <FullFindings payload={payload} groups={groups} />
      ) : (
        <PlainList payload={payload} groups={firstRows(groups, PORTION)} hrefOf={(fingerprint) => `#f/${fingerprint}`} />
      )}
    </div>
  );
}

function FullFindings({ payload, groups }: { readonly payload: Payload; readonly groups: readonly RowGroup[] }) {
  return (
    <>
      {groups.map((group) => (
        <section key={group.key}>
          {group.title !== '' && <GroupHeading group={group} />}
          {group.rows.map((row) => {
            const finding = findingAt(payload, row);
            return (
              <article key={row} class="printed">
                <p class="chips">
                  <SeverityWord severity={finding.severity} kind={finding.kind} />
                  {finding.rule.title !== group.title && <b>{finding.rule.title}</b>}
                </p>
                <FindingBody finding={finding} />
              </article>
            );
          })}
        </section>
      ))}
    </>
  );
}

function GroupHeading({ group }: { readonly group: RowGroup }) {
  return (
    <h3>
      <SeverityMark severity={at(SEVERITIES, group.worst)} /> {group.title} <span class="number">{count(group.rows.length)}</span>
    </h3>
  );
}

/** The groups cut after `limit` rows. */
function firstRows(groups: readonly RowGroup[], limit: number): readonly RowGroup[] {
  let left = limit;
  return groups.flatMap((group) => {
    const rows = group.rows.slice(0, Math.max(0, left));
    left -= rows.length;
    return rows.length === 0 ? [] : [{ ...group, rows }];
  });
}
