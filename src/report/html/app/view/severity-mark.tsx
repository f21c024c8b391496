import type { Severity } from '../../../../model/severity.js';

/** A shape for each severity, so that none is told by colour alone; all stand in a 12 × 12 box. */
const SHAPES: Readonly<Record<Severity, string>> = {
  critical: 'M4 .75h4L11.250 4v4L8 11.250H4L.75 8V4z',
  high: 'M6 1.250 11.500 11H.500z',
  medium: 'M6 .500 11.500 6 6 11.500.500 6z',
  low: 'M6 1.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9z',
  note: 'M6 3.250a2.750 2.750 0 1 1 0 5.500 2.750 2.750 0 0 1 0-5.500z',
};

/** Filled where the problem is there, outlined where it may be. */
export function SeverityMark({ severity, kind = 'fail' }: { readonly severity: Severity; readonly kind?: 'fail' | 'undecided' }) {
  return (
    <svg class={`mark mark-${severity} mark-${kind}`} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
      <path d={SHAPES[severity]} />
    </svg>
  );
}

export function SeverityWord(props: { readonly severity: Severity; readonly kind?: 'fail' | 'undecided' }) {
  return (
    <span class={`severity severity-${props.severity}`}>
      <SeverityMark {...props} />
      <span>{props.severity}</span>
    </span>
  );
}
