import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Report } from '../../src/model/index.js';
import { html } from '../../src/report/html/reporter.js';

const CANDIDATES = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium of this machine. Where there is none: a loud word, and in CI a failure. */
export function chromiumPath(): string | undefined {
  const path = CANDIDATES.find((candidate) => candidate !== undefined && existsSync(candidate));
  if (path !== undefined) return path;
  const words = 'The HTML report was NOT tested: no Chromium found. Install it (apt-get install chromium) or set CHROMIUM_PATH.';
  if (process.env.CI === 'true') throw new Error(words);
  console.warn(`\n${'!'.repeat(words.length)}\n${words}\n${'!'.repeat(words.length)}\n`);
  return undefined;
}

export interface OpenPage {
  readonly page: Page;
  /** Requests beyond the file itself, console messages, page errors and dialogs: a report causes none of them. */
  readonly noise: readonly string[];
}

export interface ReportBrowser {
  open(report: Report, hash?: string, options?: BrowserContextOptions): Promise<OpenPage>;
  /** Closes the pages that are open: after each test. */
  closePages(): Promise<void>;
  close(): Promise<void>;
}

/** Opens reports from files, as their readers do. */
export async function reportBrowser(executablePath: string): Promise<ReportBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-html-'));
  const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const files = new Map<Report, string>();
  const fileOf = (report: Report): string => {
    const known = files.get(report);
    if (known !== undefined) return known;
    const file = join(folder, `report-${files.size}.html`);
    writeFileSync(file, html(report, { color: false, width: 80, show: new Set() }));
    files.set(report, file);
    return file;
  };
  return {
    async open(report, hash = '', options = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      const page = await context.newPage();
      const url = pathToFileURL(fileOf(report)).href;
      const noise: string[] = [];
      page.on('request', (request) => {
        if (request.url().replace(/#.*$/, '') !== url && !request.url().startsWith('data:image/svg+xml'))
          noise.push(`request ${request.url()}`);
      });
      page.on('console', (message) => noise.push(`console ${message.type()} ${message.text()}`));
      page.on('pageerror', (error) => noise.push(`error ${error.message}`));
      page.on('dialog', (dialog) => {
        noise.push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.goto(url + hash);
      await page.waitForSelector('h2');
      return { page, noise };
    },
    async closePages() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
