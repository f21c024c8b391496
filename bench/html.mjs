// First paint and filter latency of the HTML report in Chromium, at 20,000 and 100,000 findings.
// After `npm run build`: node bench/html.mjs [COUNT…]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { manyFindings } from './many-findings.mjs';

const RUNS = 5;

/** @returns figures of one size, times in ms as the median of five runs, sizes in MB */
export async function measureHtml(browser, html, count) {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-bench-'));
  try {
    const report = manyFindings(count);
    const start = performance.now();
    const page = html(report, { color: false, width: 80, show: new Set() });
    const write = performance.now() - start;
    const file = join(folder, 'report.html');
    writeFileSync(file, page);
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await openAndFilter(browser, pathToFileURL(file).href));
    const median = (pick) => runs.map(pick).sort((a, b) => a - b)[Math.floor(RUNS / 2)];
    return {
      count,
      megabytes: page.length / 1e6,
      write,
      paint: median((run) => run.paint),
      listed: median((run) => run.listed),
      firstSearch: median((run) => run.firstSearch),
      search: median((run) => run.search),
      facet: median((run) => run.facet),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openAndFilter(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.goto(`${url}#view=findings`);
    await page.waitForSelector('.row');
    return await page.evaluate(async () => {
      const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      await painted();
      const listed = performance.now();
      const paint = await new Promise((done) => {
        const seen = (list) => {
          for (const entry of list.getEntriesByName('first-contentful-paint')) done(entry.startTime);
        };
        new PerformanceObserver(seen).observe({ type: 'paint', buffered: true });
      });
      const timed = async (act) => {
        const start = performance.now();
        act();
        await painted();
        return performance.now() - start;
      };
      const type = (text) => () => {
        const input = document.querySelector('.search');
        input.value = text;
        input.dispatchEvent(new Event('input', { bubbles: true }));
      };
      await new Promise((done) => setTimeout(done, 600)); // the page lowers its texts meanwhile, as it does before anyone types
      const firstSearch = await timed(type('team 7'));
      const search = await timed(type('team 7 bucket'));
      await timed(type(''));
      const facet = await timed(() => document.querySelector('.facet-sev input').click());
      return { paint, listed, firstSearch, search, facet };
    });
  } finally {
    await page.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { chromium } = await import('playwright-core');
  const { html } = await import('../dist/report/html/reporter.js');
  const counts = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [20_000, 100_000];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  for (const count of counts) {
    const figures = await measureHtml(browser, html, count);
    const ms = (value) => `${value.toFixed(0)} ms`;
    console.log(
      `${count} findings: ${figures.megabytes.toFixed(1)} MB, written in ${ms(figures.write)}; first paint ${ms(figures.paint)}, list ${ms(figures.listed)}, ` +
        `first search ${ms(figures.firstSearch)}, search ${ms(figures.search)}, facet ${ms(figures.facet)}`,
    );
  }
  await browser.close();
}
