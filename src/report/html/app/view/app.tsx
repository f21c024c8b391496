import { useEffect, useRef } from 'preact/hooks';
import type { Section } from '../../payload.js';
import { type Place, VIEWS, type View } from '../data/address.js';
import { rowWithFingerprint, sectionOf } from '../data/findings.js';
import { CoverageView } from './coverage-view.js';
import { FindingsView, WIDE } from './findings-view.js';
import type { OpenReport } from './open-report.js';
import { SummaryView } from './summary-view.js';
import { useTheme } from './theme.js';
import { useMedia } from './use-media.js';
import { type Go, usePlace } from './use-place.js';
import { count, safeLink } from './words.js';

/** The page: header, the five views, and the finding that is open. */
export function App({ report, medium }: { readonly report: OpenReport; readonly medium: 'screen' | 'paper' }) {
  const { payload } = report;
  const [place, go] = usePlace();
  const wide = useMedia(WIDE);
  const main = useRef<HTMLElement>(null);
  const openRow = place.open === undefined ? undefined : rowWithFingerprint(payload, place.open);
  const view: View = openRow === undefined ? place.view : sectionOf(payload, openRow);
  const covered = openRow !== undefined && !wide && medium === 'screen';

  useEffect(() => {
    document.title = `${VIEW_TITLES[view]} · keyward report`;
  }, [view]);
  useViewFocus(view, main.current);
  useEscape(openRow !== undefined, () => go({ view, open: undefined }, 'step'));

  return (
    <>
      <div class="frame-top" inert={covered}>
        {/* biome-ignore lint/a11y/useValidAnchor: a link to a place in the page; the hash is taken, so the click moves the focus itself */}
        <a
          class="skip"
          href="#main"
          onClick={(event) => {
            event.preventDefault(); // the hash holds the page's place
            main.current?.focus();
          }}
        >
          Skip to the content
        </a>
        <Header report={report} />
        <Navigation report={report} view={view} />
      </div>
      <main id="main" ref={main} tabIndex={-1}>
        {place.open !== undefined && openRow === undefined && (
          <p class="callout" role="status">
            No finding of this report has the fingerprint <code>{place.open}</code>. It may be fixed, or be in another report.
          </p>
        )}
        <Content report={report} view={view} place={place} openRow={openRow} medium={medium} go={go} />
      </main>
    </>
  );
}

interface ContentProps {
  readonly report: OpenReport;
  readonly view: View;
  readonly place: Place;
  readonly openRow: number | undefined;
  readonly medium: 'screen' | 'paper';
  readonly go: Go;
}

function Content({ report, view, ...rest }: ContentProps) {
  switch (view) {
    case 'summary':
      return <SummaryView payload={report.payload} />;
    case 'coverage':
      return <CoverageView payload={report.payload} />;
    case 'findings':
    case 'undecided':
    case 'suppressed':
      return <FindingsView key={view} report={report} section={view} {...rest} />;
  }
}

function Header({ report: { payload } }: { readonly report: OpenReport }) {
  const { tool, asOf, inputs } = payload.run;
  const [theme, toggleTheme] = useTheme();
  const home = safeLink(tool.homepage);
  return (
    <header class="top">
      <h1>
        <svg class="logo" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
          <path d="M10 1.500 17 4v5.500c0 4.500-3 7.500-7 9-4-1.500-7-4.500-7-9V4z" />
          <path d="M10 6.250a2 2 0 0 1 1 3.750v3.500H9V10a2 2 0 0 1 1-3.750z" class="hole" />
        </svg>
        keyward <span class="quiet">report</span>
      </h1>
      <p class="inputs" title={inputs.join('\n')}>
        {inputs.length <= 3 ? inputs.join(', ') : `${inputs.slice(0, 2).join(', ')} and ${inputs.length - 2} more`}
      </p>
      <p class="quiet">
        as of <time dateTime={asOf}>{asOf}</time> ·{' '}
        {home === undefined ? (
          `version ${tool.version}`
        ) : (
          <a class="home" href={home} target="_blank" rel="noopener noreferrer">
            version {tool.version}
          </a>
        )}
      </p>
      <button type="button" class="tool" onClick={toggleTheme}>
        {theme === 'dark' ? 'Light' : 'Dark'} theme
      </button>
    </header>
  );
}

const VIEW_TITLES: Readonly<Record<View, string>> = {
  summary: 'Summary',
  findings: 'Findings',
  undecided: 'Undecided',
  suppressed: 'Suppressed',
  coverage: 'Coverage',
};

function Navigation({ report: { payload }, view }: { readonly report: OpenReport; readonly view: View }) {
  const counts: Readonly<Partial<Record<View, number>>> = payload.sections satisfies Readonly<Record<Section, number>>;
  return (
    <nav class="tabs" aria-label="Views">
      <ul>
        {VIEWS.map((one) => (
          <li key={one}>
            <a href={`#view=${one}`} aria-current={one === view ? 'page' : undefined}>
              {VIEW_TITLES[one]}
              {counts[one] !== undefined && <span class="number">{count(counts[one])}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A link inside a view that goes with it would leave the focus nowhere: then the new view's title takes it. */
function useViewFocus(view: View, main: HTMLElement | null): void {
  const known = useRef(view);
  useEffect(() => {
    if (known.current === view) return;
    known.current = view;
    scrollTo(0, 0);
    if (document.activeElement === document.body) main?.querySelector<HTMLElement>('[data-view-title]')?.focus({ preventScroll: true });
  }, [view, main]);
}

/** Escape closes the open finding from anywhere, except where it empties a search field. */
function useEscape(open: boolean, close: () => void): void {
  const current = useRef(close);
  current.current = close;
  useEffect(() => {
    if (!open) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (event.target instanceof HTMLInputElement && event.target.type === 'search' && event.target.value !== '') return;
      current.current();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [open]);
}
