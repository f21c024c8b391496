import { useEffect, useRef, useState } from 'preact/hooks';
import type { ShownFinding } from '../data/findings.js';
import { FindingBody } from './finding-body.js';
import { SeverityWord } from './severity-mark.js';
import { count } from './words.js';

interface PanelProps {
  readonly finding: ShownFinding;
  /** Over the page (narrow windows) or beside the list. */
  readonly mode: 'over' | 'beside';
  /** Its number among the rows that pass the filter; undefined where the filter hides it. */
  readonly position: number | undefined;
  readonly of: number;
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
}

/** The open finding. Focus comes to its title when it opens; Escape closes it wherever the focus is inside. */
export function FindingPanel({ finding, mode, position, of, onStep, onClose }: PanelProps) {
  const title = useRef<HTMLHeadingElement>(null);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (panel.current !== null) panel.current.scrollTop = 0;
    // A step by the buttons keeps the focus on them, so that they can be pressed again.
    if (document.activeElement?.closest('.panel-tools') === null || document.activeElement === null)
      title.current?.focus({ preventScroll: true });
  }, [finding.row]); // another finding starts at its top
  return (
    <section
      ref={panel}
      class={`panel panel-${mode}`}
      {...(mode === 'over' && { role: 'dialog', 'aria-modal': true })}
      aria-labelledby="panel-title"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <div class="panel-tools">
        <button type="button" class="tool" disabled={position === undefined || position <= 1} onClick={() => onStep(-1)}>
          <span aria-hidden="true">↑</span> Previous
        </button>
        <button type="button" class="tool" disabled={position === undefined || position >= of} onClick={() => onStep(1)}>
          <span aria-hidden="true">↓</span> Next
        </button>
        <span class="quiet" role="status">
          {position === undefined ? 'Hidden by the filter' : `${count(position)} of ${count(of)}`}
        </span>
        <CopyLink fingerprint={finding.fingerprint} />
        <button type="button" class="tool" onClick={onClose}>
          <span aria-hidden="true">×</span> Close
        </button>
      </div>
      <header>
        <p class="chips">
          <SeverityWord severity={finding.severity} kind={finding.kind} />
          {finding.kind === 'undecided' && <span class="chip">undecided: it may be a problem</span>}
          {finding.failsRun && <span class="chip chip-gate">fails the run</span>}
          {finding.section === 'suppressed' && (
            <span class="chip">{finding.suppression === undefined ? 'in the baseline' : 'suppressed'}</span>
          )}
        </p>
        <h2 id="panel-title" tabIndex={-1} ref={title}>
          {finding.rule.title}
        </h2>
      </header>
      <FindingBody finding={finding} />
    </section>
  );
}

function CopyLink({ fingerprint }: { readonly fingerprint: string }) {
  const [copied, setCopied] = useState<string>();
  if (navigator.clipboard === undefined) return null;
  const copy = () =>
    navigator.clipboard.writeText(`${location.href.replace(/#.*$/, '')}#f/${encodeURIComponent(fingerprint)}`).then(
      () => setCopied(fingerprint),
      () => setCopied(undefined),
    );
  return (
    <button type="button" class="tool push" onClick={copy}>
      <span aria-live="polite">{copied === fingerprint ? 'Copied' : 'Copy link'}</span>
    </button>
  );
}
