import { workerData } from 'node:worker_threads';
import { loadRules } from '../unit/rulebook.js';
import type { JudgeSettings, UnitTask } from '../unit/unit.js';
import { runLinks, runUnit } from './run-unit.js';

/** What a worker is asked for. */
export interface Batch {
  readonly want: 'judge' | 'links';
  readonly tasks: readonly UnitTask[];
}

// Set by `threads`, which starts this module; piscina wraps what it passes on.
const settings = (workerData as { readonly settings: JudgeSettings }).settings;
const rulebook = loadRules(settings.rulebook);

/** Answers as one JSON string: one flat copy crosses the threads instead of a walk over every object. */
export default async function run({ want, tasks }: Batch): Promise<string> {
  if (want === 'links') return JSON.stringify(tasks.map((task) => runLinks(task, settings)));
  const rules = await rulebook;
  return JSON.stringify(tasks.map((task) => runUnit(task, settings, rules)));
}
