import { scan } from '../engine/index.js';
import type { Report } from '../model/index.js';
import { printDiagnostics } from './diagnostics.js';
import type { Io } from './io.js';
import type { ExitCode } from './main.js';
import { type OutputOptions, planOutput, writeReports } from './output.js';
import { progress } from './progress.js';
import { scanOptions, type WrittenScanOptions } from './scan-options.js';

/** `keyward scan PATH…` */
export async function scanCommand(paths: readonly string[], written: WrittenScanOptions & OutputOptions, io: Io): Promise<ExitCode> {
  const plan = planOutput(written, io);
  const options = await scanOptions(paths, written, io);
  const line = progress(io);
  const { report, rulebook } = await scan({ ...options, onProgress: line.tell }).finally(line.end);
  await writeReports(report, plan, servicesOf(rulebook.rules.values()), io);
  printDiagnostics(report.diagnostics, report.gaps, plan.quiet ? 'no-notes' : 'all', io);
  // A report that people read says it itself.
  if (!plan.quiet && plan.format !== 'pretty') io.stderr.write(`${summaryLine(report)}\n`);
  if (report.summary.exitCode === 130)
    io.stderr.write(`interrupted: ${report.coverage.scopes} templates were judged; the report holds what they showed.\n`);
  return report.summary.exitCode;
}

function summaryLine({ coverage: { scopes, resources }, summary, findings, undecided }: Report): string {
  const counts = `${findings.length} findings, ${undecided.length} undecided, ${summary.suppressed} suppressed, ${summary.baselined} in the baseline`;
  const judged = `resources judged ${resources.judged} / of types the catalogue names ${resources.catalogued} / in all ${resources.all}`;
  return `${scopes} templates: ${counts}; ${judged}`;
}

function servicesOf(rules: Iterable<{ readonly service: string }>): readonly string[] {
  return [...new Set([...rules].map(({ service }) => service))].sort();
}
