import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { manyFindings } from '../../bench/many-findings.mjs';
import { buildHtmlIfStale } from '../../scripts/build-html.mjs';
import type { Finding, Report } from '../../src/model/index.js';
import { chromiumPath, type ReportBrowser, reportBrowser } from './report-browser.js';
import { emptyReport, sampleReport } from './sample-report.js';

const path = chromiumPath();
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sample = sampleReport();
const empty = emptyReport();
const many = manyFindings(20_000) as unknown as Report; // the generator is plain JavaScript
const narrow = { viewport: { width: 320, height: 700 } };

const VIEW_HASHES = [
  ['summary', ''],
  ['findings', '#view=findings'],
  ['findings, plain', '#view=findings&plain=1'],
  ['findings by file', '#view=findings&group=file'],
  ['filtered', '#sev=critical'],
  ['filtered to nothing', '#q=nothing-like-this&sev=high'],
  ['undecided', '#view=undecided'],
  ['suppressed', '#view=suppressed'],
  ['coverage', '#view=coverage'],
  ['a finding open', `#f/${fingerprintOf(sample.findings)}`],
  ['an undecided one open', `#f/${fingerprintOf(sample.undecided)}`],
  ['a suppressed one open', `#f/${fingerprintOf(sample.suppressed)}`],
] as const;

function fingerprintOf(findings: readonly Finding[], index = 0): string {
  return findings[index]?.fingerprint ?? '';
}

describe.skipIf(path === undefined)('the HTML report in Chromium', { timeout: 60_000 }, () => {
  let browser: ReportBrowser;
  beforeAll(async () => {
    await buildHtmlIfStale();
    browser = await reportBrowser(path ?? '');
  }, 120_000);
  afterEach(() => browser.closePages());
  afterAll(() => browser?.close());

  const rows = (page: Page) => page.locator('.row');
  const links = (page: Page) => page.locator('.cell-message a');
  const result = (page: Page) => page.locator('.result').innerText();

  describe('summary', () => {
    it('says what was found, what may be, what was not read and what is set aside, and why the run fails', async () => {
      const { page, noise } = await browser.open(sample);
      expect(await page.locator('.tile h3').allTextContents()).toEqual(['6 Findings', '3 Undecided', '1 Gap', '2 Suppressed']);
      expect(await page.locator('.outcome').innerText()).toContain('Exit 1');
      expect(await page.locator('.gaps').innerText()).toContain('outside the scan');
      expect(await page.locator('.tile').nth(3).innerText()).toMatch(/hidden below low\s+4/);
      expect(noise).toEqual([]);
    });

    it('leads from a number to the findings behind it', async () => {
      const { page } = await browser.open(sample);
      await page.getByRole('link', { name: '2 medium', exact: true }).click();
      await page.waitForSelector('.grid');
      expect(await rows(page).count()).toBe(2);
      expect(page.url()).toContain('sev=medium');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Findings');
    });

    it('never gives an all-clear: with nothing found it says how much was judged', async () => {
      const { page } = await browser.open(empty, '#view=findings');
      const words = await page.locator('.nothing').innerText();
      expect(words).toContain('141 of 212 resources judged');
    });
  });

  describe('list', () => {
    it('filters by facet, tells the number, writes the address, and goes back', async () => {
      const { page, noise } = await browser.open(sample, '#view=findings');
      expect(await result(page)).toContain('6 of 6');
      await page.locator('.facet-sev').getByLabel('critical').check();
      expect(await result(page)).toContain('2 of 6');
      await page.locator('.facet-service').getByLabel('lambda').check();
      expect(await links(page).allInnerTexts()).toEqual(['Function Worker has a database password in variable DB_PASSWORD.']);
      expect(page.url()).toMatch(/#sev=critical&service=lambda$/);
      await page.goBack();
      await expect.poll(() => result(page)).toContain('2 of 6');
      await page.getByRole('button', { name: 'Clear filters' }).click();
      expect(await result(page)).toContain('6 of 6');
      expect(noise).toEqual([]);
    });

    it.each([
      ['a resource', 'LogKey', 1],
      ['a file', 'buckets.tf', 1],
      ['a rule, whatever the case', 'KMS-ROTATION', 2],
      ['two words in two fields', 'appkey app.yaml', 1],
      ['nothing', 'no such thing', 0],
    ])('searches for %s', async (_, query, number) => {
      const { page } = await browser.open(sample, '#view=findings');
      await page.getByLabel('Search findings').fill(query);
      await expect.poll(() => result(page)).toContain(`${number} of 6`);
      expect(await rows(page).count()).toBe(number);
      await expect.poll(() => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('q')).toBe(query);
    });

    it('reads its filter from the address', async () => {
      const { page } = await browser.open(sample, '#sev=high&sev=medium&rule=kms-rotation-disabled');
      expect(await rows(page).count()).toBe(2);
      expect(await page.locator('.facet-rule input:checked').count()).toBe(1);
    });

    it('is a grid with numbered rows and a heading for each group', async () => {
      const { page } = await browser.open(sample, '#view=findings');
      const grid = page.getByRole('grid', { name: 'Findings' });
      expect(await grid.getAttribute('aria-rowcount')).toBe('11');
      const numbers = await grid.getByRole('row').evaluateAll((all) => all.map((row) => Number(row.getAttribute('aria-rowindex'))));
      expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
      expect(await grid.getByRole('heading', { level: 3 }).count()).toBe(5);
    });

    it('is walked by keyboard with one tab stop; a heading closes its rows', async () => {
      const { page } = await browser.open(sample, '#view=findings');
      expect(await page.locator('.grid [tabindex="0"]').count()).toBe(1);
      await page.locator('.grid [tabindex="0"]').focus();
      await page.keyboard.press('ArrowDown');
      expect(await focused(page)).toContain('DB_PASSWORD');
      await page.keyboard.press('End');
      expect(await focused(page)).toContain('Bucket reports');
      await page.keyboard.press('Home');
      await page.keyboard.press('Enter');
      expect(await page.locator('.grid [aria-expanded="false"]').count()).toBe(1);
      expect(await rows(page).count()).toBe(5);
    });

    it('can be a plain list', async () => {
      const { page } = await browser.open(sample, '#view=findings');
      await page.getByLabel('Plain list').check();
      expect(await page.locator('.grid').count()).toBe(0);
      expect(await page.locator('.plain li').count()).toBe(6);
      expect(page.url()).toContain('plain=1');
    });

    it('keeps undecided and suppressed apart, with what would settle them and why they are set aside', async () => {
      const { page } = await browser.open(sample, '#view=undecided');
      expect(await rows(page).count()).toBe(3);
      expect(await page.locator('.settle-first li').first().innerText()).toBe(
        '2 verdicts rest on parameter KeyArn, which has no default: pass --parameters KeyArn=VALUE',
      );
      await page.getByRole('link', { name: /^Suppressed/ }).click();
      await expect.poll(() => rows(page).count()).toBe(2);
      expect(await page.locator('.grid').innerText()).toContain('holds build caches only');
    });
  });

  describe('finding', () => {
    it('opens by mouse anywhere on its row, and the close button gives the focus back', async () => {
      const { page, noise } = await browser.open(sample, '#view=findings');
      await rows(page).nth(1).locator('.cell-severity').click();
      const panel = page.locator('.panel');
      expect(await panel.locator('h2').innerText()).toBe('Key policy lets any principal use or manage the key');
      expect(page.url()).toContain(`#f/${fingerprintOf(sample.findings)}`);
      expect(await focused(page)).toBe('Key policy lets any principal use or manage the key');
      await panel.getByRole('button', { name: 'Close' }).click();
      await expect.poll(() => focused(page)).toContain('key DataKey');
      expect(await panel.count()).toBe(0);
      expect(noise).toEqual([]);
    });

    it.each([
      ['beside the list', undefined],
      ['over the page', { viewport: { width: 700, height: 800 } }],
    ])('opens by Enter and closes by Escape %s', async (_, options) => {
      const { page } = await browser.open(sample, '#view=findings', options);
      await links(page).first().focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => focused(page)).toBe('A secret stands in a function’s environment in plain text');
      const covered = await page.locator('.list-side').evaluate((side) => (side as HTMLElement).inert); // a div
      expect(covered).toBe(options !== undefined);
      await page.keyboard.press('Escape');
      await expect.poll(() => focused(page)).toContain('DB_PASSWORD');
      expect(await page.locator('.panel').count()).toBe(0);
    });

    it('steps to the next and previous, and stays on the button', async () => {
      const { page } = await browser.open(sample, '#view=findings');
      await links(page).first().click();
      const next = page.getByRole('button', { name: 'Next' });
      await next.click();
      await expect.poll(() => page.locator('.panel [role=status]').innerText()).toBe('2 of 6');
      expect(await next.evaluate((button) => button === document.activeElement)).toBe(true);
    });

    it('shows the frame, why, fix, evidence and references', async () => {
      const { page } = await browser.open(sample, `#f/${fingerprintOf(sample.findings)}`);
      const panel = page.locator('.panel');
      expect(await panel.locator('mark.primary').first().innerText()).toBe('"*"');
      expect(await panel.locator('.line.primary .number').first().innerText()).toBe('21');
      const words = await panel.innerText();
      for (const expected of [
        'when condition IsShared is true',
        'outermost door',
        'Statement 1 allows',
        'stacks/data/replica.yaml:18:24',
        'FSBP KMS.5',
      ]) {
        expect(words).toContain(expected);
      }
      expect(await panel.locator('.snippet[open] pre').allInnerTexts()).toEqual([expect.stringContaining('KeyPolicy:')]);
      const hrefs = await panel
        .locator('.references a')
        .evaluateAll((all) => all.map((a) => [a.getAttribute('href'), a.getAttribute('rel')]));
      expect(hrefs).toEqual([['https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html', 'noopener noreferrer']]);
      expect(words).toContain('Not a link that may be followed');
    });

    it('says why a suppressed one is set aside, by whom and until when', async () => {
      const { page } = await browser.open(sample, `#f/${fingerprintOf(sample.suppressed)}`);
      expect(await page.locator('.panel .callout').innerText()).toBe(
        'Suppressed by a comment at stacks/build.yaml:39, until 2027-03-01: holds build caches only',
      );
    });

    it('shows what is not known of an undecided one', async () => {
      const { page } = await browser.open(sample, `#f/${fingerprintOf(sample.undecided)}`);
      expect(await page.locator('.panel .causes').innerText()).toContain('To settle it: pass --parameters KeyArn=VALUE');
      expect(await page.locator('.tabs [aria-current]').innerText()).toContain('Undecided');
    });

    it('says so where the address names one this report has not', async () => {
      const { page } = await browser.open(sample, '#f/0000000000');
      expect(await page.getByRole('status').first().innerText()).toContain('No finding of this report has the fingerprint 0000000000');
    });
  });

  describe('theme, width, paper', () => {
    it('follows the system and the button', async () => {
      const { page } = await browser.open(sample, '', { colorScheme: 'dark' });
      const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const dark = await background();
      await page.getByRole('button', { name: 'Light theme' }).click();
      expect(await background()).not.toBe(dark);
      await page.getByRole('button', { name: 'Dark theme' }).click();
      expect(await background()).toBe(dark);
    });

    it('needs no sideways scrolling at 320 px in any view', async () => {
      const { page } = await browser.open(sample, '', narrow);
      const widths = await inEachView(page, VIEW_HASHES, () => page.evaluate(() => document.documentElement.scrollWidth));
      expect(widths).toEqual(VIEW_HASHES.map(([name]) => [name, 320]));
    });

    it('prints the filtered findings in full, then is a grid again', async () => {
      const { page } = await browser.open(sample, '#rule=kms-rotation-disabled');
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      expect(await page.locator('.printed').count()).toBe(2);
      expect(await page.locator('main').innerText()).toContain('2 of 6 findings, filtered by rule kms-rotation-disabled');
      expect(await page.locator('.grid').count()).toBe(0);
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      expect(await page.locator('.grid').count()).toBe(1);
    });
  });

  describe('accessibility', () => {
    it.each([
      ...VIEW_HASHES.map(([name, hash]) => [name, sample, hash, {}] as const),
      ['nothing found at all', empty, '#view=findings', {}] as const,
      ['the coverage of a run without gaps', empty, '#view=coverage', {}] as const,
      ['the list on a narrow page', sample, '#view=findings', narrow] as const,
      ['a finding over a narrow page', sample, `#f/${fingerprintOf(sample.findings)}`, narrow] as const,
    ])('axe-core finds nothing in either theme: %s', async (_, report, hash, options) => {
      const { page } = await browser.open(report, hash, options);
      expect(await violations(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await violations(page)).toEqual([]);
    });
  });

  describe('hostile text', () => {
    const hostile = hostileReport();
    it('runs nothing, requests nothing, logs nothing in any view', async () => {
      const views = [...VIEW_HASHES.filter(([, hash]) => !hash.startsWith('#f/')), ['its finding open', '#f/abadcafe'] as const];
      const { page, noise } = await browser.open(hostile);
      const elements = await inEachView(page, views, () => page.locator('#app img, #app script, #app iframe').count());
      expect(elements).toEqual(views.map(([name]) => [name, 0]));
      await page.waitForTimeout(50);
      expect(noise).toEqual([]);
      expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    });

    it('is shown as text, with what is unseen written out', async () => {
      const { page } = await browser.open(hostile, '#f/abadcafe');
      const words = await page.locator('main').innerText();
      expect(words).toContain('</script><script>hacked=1</script>');
      expect(words).toContain('\\u{1b}[31m');
      expect(words).toContain('\\u{202e}');
      expect(await page.evaluate(() => /[\u001b\u202e\u2066]/.test(document.documentElement.textContent ?? ''))).toBe(false);
      expect(await page.locator('a[href^="javascript"], a[href^="data"], a[href^="http:"]').count()).toBe(0);
    });

    it('cannot come in by the address', async () => {
      const { page, noise } = await browser.open(sample, '#q=<img src=x onerror=hacked=1>&sev=<script>hacked=1</script>&rule=__proto__');
      await page.goto(`${page.url().replace(/#.*/, '')}#f/%E0%A4%A&view=constructor`);
      await page.waitForTimeout(50);
      expect(noise).toEqual([]);
      expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    });

    it('would be stopped by the policy even if it came into the page', async () => {
      const { page, noise } = await browser.open(sample);
      const refused: string[] = [];
      page.on('requestfailed', (request) => {
        if (request.url().startsWith('https:')) refused.push(`${request.url()} ${request.failure()?.errorText}`);
      });
      await page.evaluate(() => {
        document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="hacked=1"><img src="https://example.com/a.png">');
        const script = document.createElement('script');
        script.textContent = 'hacked = 1';
        document.body.append(script);
      });
      await expect.poll(() => noise.filter((words) => words.includes('Content Security Policy')).length).toBeGreaterThan(0);
      expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
      expect(refused).toEqual(['https://example.com/a.png csp']);
    });
  });

  it('says what to do where the file is cut off', async () => {
    const { page } = await browser.open(sample);
    const url = page.url();
    const whole = readFileSync(new URL(url), 'utf8');
    await page.setContent(whole.replace(/(base64">.{200})[^<]*/, '$1'));
    await page.waitForSelector('h1');
    expect(await page.locator('.broken').innerText()).toContain('The file may be incomplete');
  });

  it('opens and filters 20,000 findings, few of them in the page at once', async () => {
    const { page, noise } = await browser.open(many, '#view=findings');
    expect(await result(page)).toContain('20,000 of 20,000');
    expect(await rows(page).count()).toBeLessThan(120);
    await page.locator('.grid [tabindex="0"]').focus();
    await page.keyboard.press('End');
    const last = page.locator('.grid [data-stop]:focus');
    expect(await last.evaluate((link) => link.closest('[role=row]')?.getAttribute('aria-rowindex'))).toBe(
      await page.locator('.grid').getAttribute('aria-rowcount'),
    );
    await expect(last.isVisible()).resolves.toBe(true);
    expect(await rows(page).count()).toBeLessThan(120);

    const filterMs = await page.evaluate(async () => {
      const input = document.querySelector<HTMLInputElement>('.search');
      if (input === null) throw new Error('no search field');
      const start = performance.now();
      input.value = 'team 7';
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return performance.now() - start;
    });
    expect(await result(page)).toMatch(/^(?!20,000)[\d,]+ of 20,000/);
    await page.goto(`${page.url().replace(/#.*/, '')}#f/${fingerprintOf(many.findings, 9_000)}`);
    await page.waitForSelector('.panel');
    await expect.poll(() => page.locator('.row.current').isVisible()).toBe(true);
    expect(
      await page
        .locator('.row.current')
        .evaluate((row) => row.getBoundingClientRect().top > 0 && row.getBoundingClientRect().bottom <= innerHeight),
    ).toBe(true);
    const paintMs = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN);
    console.info(`20,000 findings: first paint ${paintMs.toFixed(0)} ms, filter ${filterMs.toFixed(0)} ms`);
    expect(noise).toEqual([]);
  });
});

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '');
}

/** What `look` finds in each view, the page being taken there by its address. */
async function inEachView<T>(
  page: Page,
  views: readonly (readonly [string, string])[],
  look: () => Promise<T>,
): Promise<(readonly [string, T])[]> {
  const found: (readonly [string, T])[] = [];
  for (const [name, hash] of views) {
    await page.goto(`${page.url().replace(/#.*/, '')}${hash || '#'}`);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    found.push([name, await look()]);
  }
  return found;
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`${axeSource}; undefined`);
  const results = (await page.evaluate(
    `axe.run(document, { rules: { 'target-size': { enabled: true } }, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  )) as AxeResults; // what axe.run resolves to
  expect(results.passes.length).toBeGreaterThan(10);
  return results.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}

/** The sample with every text of it turned against the reader. */
function hostileReport(): Report {
  const attack = '</script><script>hacked=1</script><img src=x onerror=hacked=1>"\'><!--\u001b[31m\u202e\u2066';
  const keep = new Set([
    'kind',
    'severity',
    'level',
    'source',
    'sources',
    'by',
    'migration',
    'asOf',
    'failOn',
    'failOnUndecided',
    'minSeverity',
  ]);
  const poison = (data: unknown, key: string): unknown => {
    if (typeof data === 'string') return keep.has(key) ? data : `${data}${attack}`;
    if (Array.isArray(data)) return data.map((item) => poison(item, key));
    if (typeof data !== 'object' || data === null) return data;
    return Object.fromEntries(Object.entries(data).map(([name, item]) => [name, poison(item, name)]));
  };
  const report = poison(sampleReport(), '') as Report; // same shape, other texts
  const links = [
    'javascript:hacked=1',
    'data:text/html,<script>hacked=1</script>',
    'http://example.com/',
    'https://example.com/"onmouseover="hacked=1',
  ];
  const rules = Object.entries(report.rules).map(
    ([id, rule]) => [id, { ...rule, references: links.map((url) => ({ title: url, url })) }] as const,
  );
  const [first, ...rest] = report.findings;
  return {
    ...report,
    rules: Object.fromEntries(rules),
    findings: first === undefined ? rest : [{ ...first, fingerprint: 'abadcafe' }, ...rest],
  };
}
