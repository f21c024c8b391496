import { describe, expect, it } from 'vitest';
import { fenceForActions } from '../../src/report/index.js';
import { EVERYTHING, finding, HOSTILE, hostileReport, PIPED, render, report, TEXT_FORMATS, undecided } from './report-builder.js';
import { emptyReport, sampleReport } from './sample-report.js';
import { readXml } from './xml.js';

const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

describe('concise', () => {
  it('is a line a finding, worst first', async () => {
    const text = await render('concise', report({ findings: [finding({ severity: 'low', line: 9 }), finding({ severity: 'critical' })] }));
    expect(text).toBe(
      'stacks/app.yaml:7:18: critical[ebs-volume-unencrypted] Volume Data is not encrypted.\nstacks/app.yaml:9:18: low[ebs-volume-unencrypted] Volume Data is not encrypted.\n',
    );
  });

  it('names the resource where there is no file', async () => {
    const text = await render('concise', report({ findings: [finding({ location: { exact: true } })] }));
    expect(text).toMatch(/^Data: high\[/);
  });

  it('is empty for a clean run', async () => expect(await render('concise', emptyReport())).toBe(''));

  it('marks what is undecided and what does not count', async () => {
    const all = report({
      undecided: [undecided()],
      suppressed: [finding({ suppression: { by: 'config', reason: 'x' } }), finding({ baselined: true })],
    });
    expect(await render('concise', all)).toBe('');
    expect((await render('concise', all, EVERYTHING)).match(/\(.*\)$/gm)).toEqual(['(would be high)', '(suppressed)', '(baselined)']);
  });

  it('keeps hostile text on its line', async () => {
    const hostile = hostileReport();
    const text = await render('concise', hostile, EVERYTHING);
    expect(text.split('\n')).toHaveLength(hostile.findings.length + hostile.undecided.length + hostile.suppressed.length + 1);
    expect(text).not.toMatch(UNSEEN);
  });
});

describe('github', () => {
  it('annotates the place with what is wrong and the fix', async () => {
    const [line] = (await render('github', report({ findings: [finding()] }))).split('\n');
    expect(line).toBe(
      '::error file=stacks/app.yaml,line=7,endLine=7,col=18,endColumn=22,title=high[ebs-volume-unencrypted]::Volume Data is not encrypted.%0ATurn encryption on.',
    );
  });

  it('leaves the columns out where the stretch has several lines', async () => {
    const base = finding();
    const location = { ...base.location, range: { start: { line: 7, column: 3 }, end: { line: 9, column: 1 } } };
    expect(await render('github', report({ findings: [{ ...base, location }] }))).toContain('line=7,endLine=9,title=');
  });

  it('shows the ten worst of each level and counts the rest in one notice', async () => {
    const findings = (['critical', 'high', 'medium', 'low', 'note'] as const).flatMap((severity) =>
      Array.from({ length: 12 }, (_, index) => finding({ severity, line: index + 1 })),
    );
    const lines = (await render('github', report({ findings }))).split('\n');
    const number = (start: string) => lines.filter((line) => line.startsWith(start)).length;
    expect([number('::error '), number('::warning '), number('::notice ')]).toEqual([10, 10, 10]);
    expect(lines.filter((line) => line.startsWith('::error ') && line.includes('title=critical'))).toHaveLength(10);
    expect(lines.find((line) => line.startsWith('::notice title=keyward'))).toContain('::31 more findings');
  });

  it('takes what is undecided as a warning, and as an error where it fails the run', async () => {
    const show = { ...PIPED, show: new Set(['undecided'] as const) };
    expect(await render('github', report({ undecided: [undecided()] }), show)).toMatch(/^::warning /);
    expect(await render('github', report({ undecided: [undecided({ failsRun: true })] }))).toMatch(/^::error /);
  });

  it('lets no hostile text act: commands are its own, the rest is fenced', async () => {
    const text = await render('github', hostileReport(), EVERYTHING);
    const lines = text.trimEnd().split('\n');
    const fence = lines.findIndex((line) => line.startsWith('::stop-commands::'));
    const token = lines[fence]?.slice('::stop-commands::'.length);
    expect(token).toMatch(/^[0-9a-f]{32}$/);
    expect(lines.at(-1)).toBe(`::${token}::`);
    expect(lines.slice(fence + 1, -1).join('\n')).not.toContain(token);
    for (const line of lines.slice(0, fence)) {
      expect(line).toMatch(/^::(?:error|warning|notice) [^:]*::[^\r\n]*$/);
      const [, properties = ''] = /^::\w+ ([^:]*)::/.exec(line) ?? [];
      expect(properties.replace(/(?:file|line|endLine|col|endColumn|title)=[^,:]*/g, '').replaceAll(',', '')).toBe('');
    }
    expect(text).not.toMatch(UNSEEN);
  });

  it('fences output of other formats so that it cannot act either', async () => {
    const fenced = await fenceForActions(`a\n${HOSTILE.command}`);
    const [first = '', ...rest] = fenced.split('\n');
    const token = first.replace('::stop-commands::', '');
    expect(rest).toEqual(['a', HOSTILE.command, `::${token}::`, '']);
  });

  it('escapes what ends a property or a line', async () => {
    const [line] = (await render('github', report({ findings: [finding({ at: 'a,b:c%.yaml', message: '100% sure' })] }))).split('\n');
    expect(line).toContain('file=a%2Cb%3Ac%25.yaml,');
    expect(line).toContain('::100%25 sure%0A');
  });

  it('says nothing for a clean run', async () => expect(await render('github', emptyReport())).toBe(''));
});

describe('junit', () => {
  it('has a suite a file and a case a finding', async () => {
    const text = await render('junit', report({ findings: [finding(), finding({ at: 'b.yaml' })], undecided: [undecided()] }));
    const root = readXml(text);
    expect([root.name, root.attributes.tests, root.attributes.failures, root.attributes.skipped]).toEqual(['testsuites', '3', '2', '1']);
    expect(root.children.map((suite) => [suite.attributes.name, suite.attributes.tests])).toEqual([
      ['b.yaml', '1'],
      ['stacks/app.yaml', '2'],
    ]);
    const failure = root.children[0]?.children[0]?.children[0];
    expect([failure?.name, failure?.attributes.type, failure?.attributes.message]).toEqual([
      'failure',
      'high',
      'Volume Data is not encrypted. (high)',
    ]);
    expect(failure?.text).toContain('7 |       Encrypted: false\n  |                  ^^^^^');
    expect(root.children[1]?.children[1]?.children[0]?.attributes.message).toContain('parameter Encrypted, which has no default');
  });

  it('counts what is undecided as failed where it fails the run', async () => {
    const root = readXml(await render('junit', report({ undecided: [undecided({ failsRun: true })] })));
    expect(root.attributes.failures).toBe('1');
  });

  it('has one passing case for a clean run', async () => {
    const root = readXml(await render('junit', emptyReport()));
    expect([root.children[0]?.children.length, root.children[0]?.children[0]?.children.length]).toEqual([1, 0]);
  });

  it('is well-formed with hostile text, which stays text', async () => {
    const text = await render('junit', hostileReport(), EVERYTHING);
    const names = new Set<string>();
    const walk = (node: ReturnType<typeof readXml>): void => {
      names.add(node.name);
      for (const child of node.children) walk(child);
    };
    walk(readXml(text));
    expect([...names].sort()).toEqual(['failure', 'skipped', 'testcase', 'testsuite', 'testsuites']);
    expect(text).not.toMatch(UNSEEN);
    expect(text).not.toMatch(/[\ufffe\uffff]/);
  });
});

/** Markdown without what is inside fences and code, where nothing is interpreted. */
function interpreted(text: string): string {
  return text.replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '').replace(/<code>[^<]*<\/code>/g, '');
}

describe('markdown', () => {
  it('says the outcome, counts, and each finding folded', async () => {
    const text = await render('markdown', report({ findings: [finding()] }));
    expect(text).toContain('## keyward: 1 finding fails the run\n');
    expect(text).toContain('| high | 1 | 0 |');
    expect(text).toContain('<details><summary><strong>high</strong> (fails the run): Volume Data is not encrypted.</summary>');
    expect(text).toContain('```text\n--> stacks/app.yaml:7:18\n7 |       Encrypted: false');
    expect(text).toContain('**Fix:** Turn encryption on.');
  });

  it('is short for a clean run', async () => {
    expect(await render('markdown', report())).toBe(
      '## keyward: no findings\n\n3 files read, 0 skipped; 9 of 12 resources judged, as of 2026-11-24.\n\n',
    );
  });

  it('lets no hostile text become HTML, a link, a mention, a reference or a table', async () => {
    const text = interpreted(await render('markdown', hostileReport(), EVERYTHING));
    const tags = [...text.matchAll(/<(\/?[a-z!-]+)/gi)].map((match) => match[1]);
    expect(new Set(tags)).toEqual(new Set(['details', '/details', 'summary', '/summary', 'strong', '/strong', '!--']));
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    expect(text).not.toMatch(/@\w|(?:^|[^&])#\d|\]\(|https?:\/\/|www\.|!\[|`|~~|GH-\d/);
    expect(
      text
        .split('\n')
        .filter((line) => line.includes('|'))
        .every((line) => /^\| [a-z0-9-]+(?: (?:---:?|[a-z]+|\d+))? \|/.test(line)),
    ).toBe(true);
    expect(text).not.toMatch(UNSEEN);
  });

  it('closes every fence it opens, whatever stands inside', async () => {
    const text = await render(
      'markdown',
      report({
        findings: [
          finding({
            message: HOSTILE.fence,
            location: { ...finding().location, frame: { file: 'a', lines: [{ number: 1, text: 'a ```` b', marks: [] }] } },
          }),
        ],
      }),
    );
    expect(text).toContain('`````text\n');
    expect(interpreted(text)).not.toContain('`');
  });

  it('stops before the host would refuse it, and says so', async () => {
    const many = Array.from({ length: 9_000 }, (_, index) =>
      finding({ message: `Volume ${'é'.repeat(100)}${index} is not encrypted.`, severity: index === 8_999 ? 'critical' : 'low' }),
    );
    const text = await render('markdown', report({ findings: many }));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_000_000);
    expect(Buffer.byteLength(text)).toBeGreaterThan(900_000);
    expect(text).toMatch(/\d+ more findings are left out here/);
    expect(text.indexOf('8999 is')).toBeLessThan(text.indexOf('é0 is'));
  });
});

describe('every format', () => {
  const CANARY = 'c4n4ry-Zx81-plaintext';

  it.each(TEXT_FORMATS)('%s shows no line of a finding about a secret, even where it is given one', async (format) => {
    const base = finding({
      secret: true,
      severity: 'critical',
      rule: 'lambda-env-secret',
      message: 'Function Worker has a password in variable DB_PASSWORD.',
    });
    const marked = { number: 7, text: `  DB_PASSWORD: ${CANARY}`, marks: [{ start: 15, end: 15 + CANARY.length, primary: true }] };
    const shown = { file: 'stacks/app.yaml', lines: [marked] };
    const one = {
      ...base,
      location: { ...base.location, frame: shown },
      related: [{ ...base.location, label: 'set here', frame: shown }],
      also: [{ ...base.location, frame: shown }],
    };
    const text = await render(
      format,
      report({ findings: [one], suppressed: [one], undecided: [{ ...one, kind: 'undecided' }] }),
      EVERYTHING,
    );
    expect(text).not.toContain(CANARY);
    expect(text).toContain('DB_PASSWORD');
  });

  it.each(TEXT_FORMATS)('%s gives the same bytes for the same report', async (format) => {
    expect(await render(format, sampleReport(), EVERYTHING)).toBe(await render(format, sampleReport(), EVERYTHING));
  });
});
