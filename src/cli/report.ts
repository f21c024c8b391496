import { readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../engine/index.js';
import type { Report } from '../model/index.js';
import { parseReport } from '../report/index.js';
import type { Io } from './io.js';
import type { ExitCode } from './main.js';
import { type OutputOptions, planOutput, writeReports } from './output.js';

/** `keyward report REPORT.json`: the report in other formats. Exits 0: what the run came to is in the report. */
export async function reportCommand(file: string, written: OutputOptions, io: Io): Promise<ExitCode> {
  const plan = planOutput(written, io);
  const report = await readReport(file, io);
  await writeReports(report, plan, [...new Set(Object.values(report.rules).map(({ service }) => service))].sort(), io);
  return 0;
}

async function readReport(file: string, io: Io): Promise<Report> {
  let text: string;
  try {
    text = readFileSync(path.resolve(io.workingFolder, file), 'utf8');
  } catch {
    throw new UsageError(`There is no report ${file}.`, 'Write one with keyward scan --output json=FILE.');
  }
  try {
    return await parseReport(text);
  } catch (error) {
    throw new UsageError(
      `${file} is no report: ${error instanceof Error ? error.message : ''}`,
      'Write one with keyward scan --output json=FILE.',
    );
  }
}
