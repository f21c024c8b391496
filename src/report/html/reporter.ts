import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Reporter } from '../reporter.js';
import { toColumns } from './columns.js';
import { pack } from './pack.js';

/** Where the shell has the report's data; `scripts/build-html.mjs` writes the same mark. */
const DATA_MARK = '<!--keyward-data-->';

/** One self-contained page: no request leaves it, its script and style are pinned by hash, the data is inert. */
export const html: Reporter = (report) => {
  const { before, after } = shell();
  return before + pack(toColumns(report)) + after;
};

let kept: { readonly before: string; readonly after: string } | undefined;

/** The built page around the data. The path leads to `dist` from `src/report/html` and from `dist/report/html` alike. */
function shell(): { readonly before: string; readonly after: string } {
  if (kept !== undefined) return kept;
  const file = new URL('../../../dist/report/html/shell.html', import.meta.url);
  const text = readShell(file);
  const mark = text.indexOf(DATA_MARK);
  if (mark < 0) throw new Error(`${fileURLToPath(file)} has no place for the data. Run "npm run build" again.`);
  kept = { before: text.slice(0, mark), after: text.slice(mark + DATA_MARK.length) };
  return kept;
}

function readShell(file: URL): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`The page of the HTML report is missing at ${fileURLToPath(file)}. Run "npm run build".`, { cause });
  }
}
