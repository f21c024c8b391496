import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { SEVERITIES, type Severity } from '../../../../model/severity.js';
import type { Payload, Run } from '../../payload.js';
import { type Tally, tallyOf } from '../data/tally.js';
import { GapList } from './gap-list.js';
import { PathText } from './path-text.js';
import { SeverityMark, SeverityWord } from './severity-mark.js';
import { count, counted } from './words.js';

const TOP = 10;
const GAPS = 3;

/** What was found, what may be, what was not looked at and what is set aside: four answers of equal size, never one score. */
export function SummaryView({ payload }: { readonly payload: Payload }) {
  const { run, sections } = payload;
  const tally = useMemo(() => tallyOf(payload), [payload]);
  return (
    <div class="summary">
      <h2 tabIndex={-1} data-view-title>
        Summary
      </h2>
      <p class={`outcome outcome-${run.summary.exitCode}`}>{outcomeWords(run)}</p>
      <div class="tiles">
        <Tile one="Finding" many="Findings" number={sections.findings} href="#view=findings" words="problems that are there">
          <SeverityList view="findings" counts={run.summary.bySeverity} kind="fail" />
        </Tile>
        <Tile
          one="Undecided"
          many="Undecided"
          number={sections.undecided}
          href="#view=undecided"
          words="may be problems: a fact is missing"
        >
          <SeverityList view="undecided" counts={run.summary.undecidedBySeverity} kind="undecided" />
        </Tile>
        <Tile one="Gap" many="Gaps" number={run.gaps.length} href="#view=coverage" words="things that were not read">
          <NotLookedAt run={run} />
        </Tile>
        <Tile one="Suppressed" many="Suppressed" number={sections.suppressed} href="#view=suppressed" words="set aside, with a reason">
          <Lines
            of={[
              [run.summary.suppressed, 'by a suppression'],
              [run.summary.baselined, 'in the baseline'],
              [run.summary.hidden, `hidden below ${run.thresholds.minSeverity}`],
            ]}
          />
        </Tile>
      </div>
      {run.gaps.length > 0 && (
        <section class="block">
          <h3>What was not read</h3>
          <GapList gaps={run.gaps.slice(0, GAPS)} />
          {run.gaps.length > GAPS && (
            <p>
              <a href="#view=coverage">All {count(run.gaps.length)} gaps</a>
            </p>
          )}
        </section>
      )}
      {tally.services.length > 0 && (
        <div class="pair">
          <ServiceTable tally={tally} />
          <div>
            <RuleTable payload={payload} tally={tally} />
            <FileTable tally={tally} />
          </div>
        </div>
      )}
    </div>
  );
}

function outcomeWords({ summary, thresholds }: Run): string {
  const { failOn, failOnUndecided } = thresholds;
  const bars = [
    ...(failOn === 'never' ? [] : [`findings at or above ${failOn}`]),
    ...(failOnUndecided === 'never' ? [] : [`undecided verdicts at or above ${failOnUndecided}`]),
  ].join(' and ');
  switch (summary.exitCode) {
    case 0:
      return bars === '' ? 'Exit 0: no threshold is set, so nothing fails this run.' : `Exit 0: there are no ${bars}.`;
    case 1:
      return `Exit 1: the run fails, as there are ${bars.replace(' and ', ' or ')}.`;
    case 2:
      return 'Exit 2: wrong use or configuration, or no input matched.';
    case 3:
      return 'Exit 3: a part of the input could not be read or judged; see the gaps and diagnostics.';
    case 4:
      return 'Exit 4: an internal error of keyward; results may be incomplete.';
    case 130:
      return 'Exit 130: the run was interrupted; only what was done by then is here.';
  }
}

interface TileProps {
  readonly one: string;
  readonly many: string;
  readonly number: number;
  readonly href: string;
  readonly words: string;
  readonly children: ComponentChildren;
}

function Tile({ one, many, number, href, words, children }: TileProps) {
  return (
    <section class="tile">
      <h3>
        <a href={href}>
          <span class="big">{count(number)}</span> {number === 1 ? one : many}
        </a>
      </h3>
      <p class="quiet">{words}</p>
      {children}
    </section>
  );
}

interface SeverityListProps {
  readonly view: 'findings' | 'undecided';
  readonly counts: Readonly<Record<Severity, number>>;
  readonly kind: 'fail' | 'undecided';
}

function SeverityList({ view, counts, kind }: SeverityListProps) {
  return (
    <ul class="severities">
      {SEVERITIES.map((severity) => (
        <li key={severity} class={counts[severity] === 0 ? 'zero' : undefined}>
          <SeverityWord severity={severity} kind={kind} />
          {counts[severity] === 0 ? (
            <span class="number">0</span>
          ) : (
            <a class="number" href={`#view=${view}&sev=${severity}`} aria-label={`${count(counts[severity])} ${severity}`}>
              {count(counts[severity])}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

function NotLookedAt({ run }: { readonly run: Run }) {
  const { coverage, diagnostics } = run;
  return (
    <Lines
      of={[
        [diagnostics.filter(({ level }) => level === 'error').length, 'errors in inputs'],
        [coverage.skipped.length, 'files skipped'],
        [coverage.resources.all - coverage.resources.judged, 'resources no rule serves'],
      ]}
    />
  );
}

function Lines({ of }: { readonly of: readonly (readonly [number, string])[] }) {
  return (
    <ul class="severities">
      {of.map(([number, words]) => (
        <li key={words} class={number === 0 ? 'zero' : undefined}>
          <span>{words}</span>
          <span class="number">{count(number)}</span>
        </li>
      ))}
    </ul>
  );
}

function ServiceTable({ tally }: { readonly tally: Tally }) {
  const most = Math.max(...tally.services.map(({ total }) => total));
  return (
    <section class="block">
      <h3>By service</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reachable by keyboard */}
      <div class="scroll" tabIndex={0} role="region" aria-label="Findings by service and severity">
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">Service</th>
              {SEVERITIES.map((severity) => (
                <th key={severity} scope="col">
                  <SeverityMark severity={severity} /> {severity}
                </th>
              ))}
              <th scope="col">Undecided</th>
            </tr>
          </thead>
          <tbody>
            {tally.services.map(({ service, bySeverity, total, undecided }) => (
              <tr key={service}>
                <th scope="row">
                  {service}
                  <span class="bar" style={{ width: `${most === 0 ? 0 : (100 * total) / most}%` }} />
                </th>
                {SEVERITIES.map((severity, index) => (
                  <td key={severity}>
                    <CellLink
                      number={bySeverity[index] ?? 0}
                      href={`#sev=${severity}&service=${encodeURIComponent(service)}`}
                      words={`${severity} in ${service}`}
                    />
                  </td>
                ))}
                <td>
                  <CellLink
                    number={undecided}
                    href={`#view=undecided&service=${encodeURIComponent(service)}`}
                    words={`undecided in ${service}`}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function CellLink({ number, href, words }: { readonly number: number; readonly href: string; readonly words: string }) {
  if (number === 0) return <span class="zero">0</span>;
  return (
    <a href={href} aria-label={`${count(number)} ${words}`}>
      {count(number)}
    </a>
  );
}

function RuleTable({ payload, tally }: { readonly payload: Payload; readonly tally: Tally }) {
  const shown = tally.rules.slice(0, TOP);
  if (shown.length === 0) return null;
  return (
    <section class="block">
      <h3>Rules with most findings</h3>
      <ul class="ranking">
        {shown.map(({ rule, worst, total }) => (
          <li key={rule}>
            <SeverityWord severity={SEVERITIES[worst] ?? 'note'} />
            <a href={`#rule=${encodeURIComponent(payload.rules[rule]?.id ?? '')}`}>{payload.rules[rule]?.title}</a>
            <span class="number">{count(total)}</span>
          </li>
        ))}
      </ul>
      {tally.rules.length > TOP && (
        <p>
          <a href="#view=findings">All {counted(tally.rules.length, 'rule')} with findings</a>
        </p>
      )}
    </section>
  );
}

function FileTable({ tally }: { readonly tally: Tally }) {
  const shown = tally.files.slice(0, TOP);
  if (shown.length === 0) return null;
  return (
    <section class="block">
      <h3>Files with most findings</h3>
      <ul class="ranking">
        {shown.map(({ file, worst, total }) => (
          <li key={file}>
            <SeverityWord severity={SEVERITIES[worst] ?? 'note'} />
            <a href={`#${new URLSearchParams({ file })}`}>
              <PathText path={file} />
            </a>
            <span class="number">{count(total)}</span>
          </li>
        ))}
      </ul>
      {tally.files.length > TOP && (
        <p>
          <a href="#view=findings&group=file">All {counted(tally.files.length, 'file')} with findings</a>
        </p>
      )}
    </section>
  );
}
