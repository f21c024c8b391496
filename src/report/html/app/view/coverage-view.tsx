import type { ComponentChildren } from 'preact';
import type { Coverage, Diagnostic } from '../../../../model/index.js';
import type { Payload, Run } from '../../payload.js';
import { GapList } from './gap-list.js';
import { PathText } from './path-text.js';
import { Portioned } from './portioned.js';
import { bytes, count, counted, SOURCE_WORDS, safeLink } from './words.js';

/** Entries of a long list shown at first. */
const PORTION = 200;

/** What was looked at and what was not, and by which measure it was judged. */
export function CoverageView({ payload }: { readonly payload: Payload }) {
  const { run } = payload;
  const { coverage, diagnostics, gaps } = run;
  return (
    <div class="coverage">
      <h2 tabIndex={-1} data-view-title>
        Coverage
      </h2>
      <p class="quiet">What was looked at and what was not. Whatever is not here as judged has not passed.</p>
      <Block title="Gaps" number={gaps.length} none="Everything that was met and should have been read was read.">
        <Portioned items={gaps} portion={PORTION}>
          {(shown) => <GapList gaps={shown} />}
        </Portioned>
      </Block>
      <Block title="Diagnostics" number={diagnostics.length} none="Every input was read without a remark.">
        <Portioned items={diagnostics} portion={PORTION}>
          {(shown) => <Diagnostics diagnostics={shown} />}
        </Portioned>
      </Block>
      <div class="pair">
        <Judged coverage={coverage} />
        <ThisRun run={run} />
      </div>
      <Block title="Files not read" number={coverage.skipped.length} none="No file that was met was skipped.">
        <Skipped skipped={coverage.skipped} />
      </Block>
      <Block
        title="Resource types no selected rule serves"
        number={coverage.typesNotJudged.length}
        none="Each type that was met is served by a rule."
      >
        <ul class="types">
          {coverage.typesNotJudged.map(({ type, count: number }) => (
            <li key={type}>
              <code>{type}</code> <span class="number">{count(number)}</span>
            </li>
          ))}
        </ul>
      </Block>
      <Block title="Rules of this report" number={payload.rules.length} none="No rule was applied.">
        <ul class="types rules">
          {payload.rules.map((rule) => (
            <li key={rule.id}>
              <span>
                {rule.title} <code class="quiet">{rule.id}</code>
              </span>
            </li>
          ))}
        </ul>
      </Block>
    </div>
  );
}

interface BlockProps {
  readonly title: string;
  readonly number: number;
  readonly none: string;
  readonly children: ComponentChildren;
}

function Block({ title, number, none, children }: BlockProps) {
  return (
    <section class="block">
      <h3>
        {title} <span class="number">{count(number)}</span>
      </h3>
      {number === 0 ? <p class="quiet">{none}</p> : children}
    </section>
  );
}

function Diagnostics({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }) {
  return (
    <ul class="diagnostics">
      {diagnostics.map(({ level, code, message, help, file, at }) => (
        <li key={`${code} ${file} ${at?.line} ${at?.column} ${message}`} class={`level-${level}`}>
          <p>
            <span class="level">{level}</span> {message} <code class="quiet">{code}</code>
          </p>
          {help !== undefined && <p class="quiet">{help}</p>}
          {file !== undefined && (
            <p>
              <PathText path={at === undefined ? file : `${file}:${at.line}:${at.column}`} />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function Judged({ coverage }: { readonly coverage: Coverage }) {
  const { resources, verdicts } = coverage;
  const rows: readonly (readonly [string, string])[] = [
    ['Files read', `${count(coverage.filesRead)} (${bytes(coverage.bytesRead)})`],
    ['Other files met, not opened', count(coverage.otherFiles ?? 0)],
    ['Scopes', count(coverage.scopes)],
    ['Resources', count(resources.all)],
    ['of types the catalogue names', share(resources.catalogued, resources.all)],
    ['judged by a selected rule', share(resources.judged, resources.all)],
    ['Rules applied', count(coverage.rulesApplied)],
    ['Verdicts: pass', count(verdicts.pass)],
    ['Verdicts: fail', count(verdicts.fail)],
    ['Verdicts: undecided', count(verdicts.undecided)],
    ['Verdicts: not applicable', count(verdicts.notApplicable)],
  ];
  return <Facts title="Judged" rows={rows} />;
}

function share(part: number, whole: number): string {
  return whole === 0 ? count(part) : `${count(part)} (${Math.floor((100 * part) / whole)} %)`;
}

function ThisRun({ run: { tool, asOf, inputs, sources, thresholds, summary } }: { readonly run: Run }) {
  const home = safeLink(tool.homepage);
  return (
    <Facts
      title="This run"
      rows={[
        ['Inputs', inputs.join(', ')],
        ['Sources', sources.map((source) => SOURCE_WORDS[source]).join(', ')],
        ['As of', asOf],
        ['Fails on findings', thresholds.failOn === 'never' ? 'never' : `at or above ${thresholds.failOn}`],
        ['Fails on undecided', thresholds.failOnUndecided === 'never' ? 'never' : `at or above ${thresholds.failOnUndecided}`],
        ['Shown', `at or above ${thresholds.minSeverity} (${counted(summary.hidden, 'finding')} hidden)`],
        ['Exit code', String(summary.exitCode)],
        ['Version', `${tool.name} ${tool.version}`],
        ...(home === undefined
          ? []
          : [
              [
                'Homepage',
                <a key="home" href={home} target="_blank" rel="noopener noreferrer">
                  {home}
                </a>,
              ] as const,
            ]),
      ]}
    />
  );
}

function Facts({ title, rows }: { readonly title: string; readonly rows: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <section class="block">
      <h3>{title}</h3>
      <dl class="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** By reason, most first; a long list waits folded. */
function Skipped({ skipped }: { readonly skipped: Coverage['skipped'] }) {
  const byReason = new Map<string, string[]>();
  for (const { file, reason } of skipped) {
    const files = byReason.get(reason);
    if (files === undefined) byReason.set(reason, [file]);
    else files.push(file);
  }
  const reasons = [...byReason].sort((a, b) => b[1].length - a[1].length);
  return (
    <>
      {reasons.map(([reason, files]) => (
        <details key={reason} class="skipped" open={files.length <= 12}>
          <summary>
            {reason} <span class="number">{counted(files.length, 'file')}</span>
          </summary>
          <Portioned items={files} portion={PORTION}>
            {(shown) => (
              <ul class="places">
                {shown.map((file) => (
                  <li key={file}>
                    <PathText path={file} />
                  </li>
                ))}
              </ul>
            )}
          </Portioned>
        </details>
      ))}
    </>
  );
}
