import { type Finding, type Frame, type Report, type ReportRule, SEVERITIES, type Severity } from '../../src/model/index.js';
import { type Format, type ReporterOptions, reporterFor } from '../../src/report/index.js';

export const PIPED: ReporterOptions = { color: false, width: Number.POSITIVE_INFINITY, show: new Set() };
export const TERMINAL: ReporterOptions = { color: false, width: 80, show: new Set() };
export const EVERYTHING: ReporterOptions = { ...PIPED, show: new Set(['suppressed', 'undecided', 'passed']) };

/** The formats this folder's tests are about; the HTML page has its own, as it needs a build. */
export const TEXT_FORMATS: readonly Format[] = ['pretty', 'concise', 'json', 'sarif', 'junit', 'markdown', 'github'];

export async function render(format: Format, report: Report, options: ReporterOptions = PIPED): Promise<string> {
  return (await reporterFor(format))(report, options);
}

export function rule(id: string, severity: Severity = 'high', more: Partial<ReportRule> = {}): ReportRule {
  return {
    id,
    title: `Title of ${id}`,
    severity,
    service: id.split('-')[0] ?? 'kms',
    why: 'Whoever reads the disk reads the data.',
    fix: { text: 'Turn encryption on.', cloudformation: 'Properties:\n  Encrypted: true', migration: 'in-place' },
    controls: [],
    references: [{ title: 'AWS page', url: 'https://docs.aws.amazon.com/kms/latest/developerguide/overview.html' }],
    tags: [],
    ...more,
  };
}

/** A frame of one marked line. */
export function frame(file: string, line: number, text: string, marked: string, label?: string): Frame {
  const start = text.indexOf(marked);
  return {
    file,
    lines: [
      { number: line, text, marks: [{ start, end: start + marked.length, primary: true, ...(label === undefined ? {} : { label }) }] },
    ],
  };
}

let last = 0;

export function finding(more: Partial<Finding> & { readonly at?: string; readonly line?: number } = {}): Finding {
  const { at = 'stacks/app.yaml', line = 7, ...given } = more;
  last++;
  const severity = given.severity ?? 'high';
  return {
    rule: 'ebs-volume-unencrypted',
    kind: 'fail',
    severity,
    message: 'Volume Data is not encrypted.',
    resource: { id: `${at}#Data`, type: 'AWS::EC2::Volume', address: 'Data', name: 'Data', source: 'cloudformation' },
    path: ['Encrypted'],
    location: {
      file: at,
      range: { start: { line, column: 18 }, end: { line, column: 23 } },
      exact: true,
      frame: frame(at, line, '      Encrypted: false', 'false'),
    },
    related: [],
    fingerprint: last.toString(16).padStart(32, '0'),
    lineHash: `${last.toString(16).padStart(16, '0')}:1`,
    because: [],
    steps: [],
    secret: false,
    baselined: false,
    silences: [],
    failsRun: severity === 'critical' || severity === 'high',
    also: [],
    ...given,
  };
}

export function undecided(more: Parameters<typeof finding>[0] = {}): Finding {
  const because = [{ words: 'parameter Encrypted, which has no default', settle: 'pass --parameters Encrypted=VALUE', kind: 'parameter' }];
  return finding({ kind: 'undecided', failsRun: false, because, message: 'Whether volume Data is encrypted is not known.', ...more });
}

export function report(more: Partial<Report> = {}): Report {
  const findings = more.findings ?? [];
  const open = more.undecided ?? [];
  const aside = more.suppressed ?? [];
  const known = [...new Set([...findings, ...open, ...aside].map((one) => one.rule))].map((id) => [id, rule(id)] as const);
  return {
    schemaVersion: 1,
    tool: { name: 'keyward', version: '0.1.0', homepage: 'https://example.com/keyward' },
    asOf: '2026-11-24',
    inputs: ['stacks'],
    sources: ['cloudformation'],
    thresholds: { failOn: 'high', failOnUndecided: 'never', minSeverity: 'note' },
    rules: Object.fromEntries(known),
    findings,
    undecided: open,
    suppressed: aside,
    diagnostics: [],
    gaps: [],
    coverage: {
      filesRead: 3,
      bytesRead: 4_096,
      scopes: 3,
      skipped: [],
      resources: { all: 12, judged: 9, catalogued: 10 },
      typesNotJudged: [],
      rulesApplied: 60,
      verdicts: { pass: 40, fail: findings.length, undecided: open.length, notApplicable: 5 },
    },
    summary: {
      bySeverity: countOf(findings),
      undecidedBySeverity: countOf(open),
      suppressed: aside.filter((one) => one.suppression !== undefined).length,
      baselined: aside.filter((one) => one.baselined).length,
      hidden: 0,
      exitCode: findings.some((one) => one.failsRun) ? 1 : 0,
    },
    ...more,
  };
}

function countOf(findings: readonly Finding[]): Record<Severity, number> {
  return Object.fromEntries(SEVERITIES.map((severity) => [severity, findings.filter((one) => one.severity === severity).length])) as Record<
    Severity,
    number
  >; // one entry each
}

/** Text that a scanned file may hold to act on whoever shows it. */
export const HOSTILE = {
  command: '::error file=x::pwned',
  group: '\n##[group]pwned\n::set-output name=a::b',
  script: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  ansi: '\u001b[31mred\u001b[0m\u009b2J',
  bidi: 'admin\u202e\u2066txt.exe',
  markdown: '| a | b |\n# h @octocat #123 GH-7 [x](https://evil.test) ![y](z) www.evil.test `code` **b** ~~~',
  fence: '```\n````\n# out',
  details: '</details></summary><a href="https://evil.test">x</a>',
  xml: ']]><evil a="1">&amp;\u0000\ufffe</evil>',
  link: 'see [here](https://evil.test/x) or [there](1)',
  long: 'L'.repeat(10_000),
} as const;

/** Hostile text wherever text of a scanned file can stand. */
export function hostileReport(): Report {
  const all = Object.values(HOSTILE).map((text, index) => {
    const file = index % 2 === 0 ? `stacks/${text.slice(0, 200)}.yaml` : `stacks/app${index}.yaml`;
    const base = finding({
      at: file,
      line: index + 1,
      message: `Key ${text} is open.`,
      severity: SEVERITIES[index % SEVERITIES.length] ?? 'high',
    });
    return {
      ...base,
      resource: { ...base.resource, name: text, address: `Stack/${text}` },
      path: ['Tags', text],
      location: { ...base.location, frame: frame(file, index + 1, `  Name: ${text}`, text, `label ${text}`) },
      related: [{ ...base.location, label: text, frame: frame(file, index + 20, `  Other: ${text}`, 'Other') }],
      condition: `when condition ${text} is true`,
      steps: [`Statement ${text} allows it.`],
      also: [{ ...base.location, file: `stacks/${text.slice(0, 100)}` }],
    };
  });
  const open = Object.values(HOSTILE).map((text) =>
    undecided({
      message: `Whether ${text} is known.`,
      because: [{ words: `parameter ${text}`, settle: `pass ${text}`, kind: 'parameter' }],
    }),
  );
  const aside = Object.values(HOSTILE).map((text) =>
    finding({ suppression: { by: 'comment', reason: text, file: 'a.yaml', line: 1 }, failsRun: false }),
  );
  return report({
    findings: all,
    undecided: open,
    suppressed: aside,
    inputs: [HOSTILE.command, "it's; rm -rf /"],
    gaps: [{ where: HOSTILE.markdown, why: HOSTILE.script, leavesOpen: HOSTILE.group }],
    diagnostics: [{ level: 'error', code: 'yaml-syntax', message: HOSTILE.details, file: HOSTILE.command }],
  });
}
