import { render } from 'preact';
import { unpack } from './data/unpack.js';
import './style/tokens.css';
import './style/page.css';
import './style/views.css';
import './style/list.css';
import './style/detail.css';
import './style/print.css';
import { App } from './view/app.js';
import { openReport } from './view/open-report.js';
import { restoreTheme } from './view/theme.js';

/** After the first paint, before anyone has typed a word. */
const PREPARE_MS = 300;

restoreTheme();
const root = document.getElementById('app') as HTMLElement; // the shell has it
start().catch(showFailure);

async function start(): Promise<void> {
  const report = openReport(await unpack(document.getElementById('data')?.textContent ?? ''));
  root.replaceChildren(); // the shell's word that it is loading
  const draw = (medium: 'screen' | 'paper') => render(<App report={report} medium={medium} />, root);
  draw('screen');
  setTimeout(report.search.prepare, PREPARE_MS);
  // Rendering from the root is done when it returns: paper gets the rows that the screen leaves out.
  addEventListener('beforeprint', () => draw('paper'));
  addEventListener('afterprint', () => draw('screen'));
}

function showFailure(error: unknown): void {
  root.replaceChildren();
  render(
    <main class="broken">
      <h1>This report can't be shown</h1>
      <p>Its data could not be read: {error instanceof Error ? error.message : String(error)}</p>
      <p>The file may be incomplete. Copy it again, or write it anew with --format html.</p>
    </main>,
    root,
  );
}
