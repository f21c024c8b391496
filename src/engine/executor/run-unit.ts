import type { Rulebook } from '../../rules/index.js';
import { judgeUnit } from '../unit/judge.js';
import { linksOf } from '../unit/links.js';
import type { JudgeSettings, UnitLinks, UnitOutcome, UnitTask } from '../unit/unit.js';

/** Judges one unit; a bug of ours met on the way costs this unit only. */
export function runUnit(task: UnitTask, settings: JudgeSettings, rulebook: Rulebook): UnitOutcome {
  try {
    return judgeUnit(task, settings, rulebook);
  } catch (error) {
    return failedBy(
      task,
      'internal-error',
      `Keyward met an error of its own (${nameOf(error)}) on ${task.seed.file}; the file was not judged.`,
    );
  }
}

/** The links of one unit; what can't be read exports nothing. */
export function runLinks(task: UnitTask, settings: JudgeSettings): UnitLinks {
  try {
    return linksOf(task, settings);
  } catch {
    return { unit: task.unit, exports: [], resources: [] };
  }
}

/** The outcome of a unit that could not be run to its end. */
export function failedBy(task: UnitTask, code: 'internal-error' | 'worker-lost', message: string): UnitOutcome {
  const help = 'Please report it at https://github.com/keyward/keyward/issues, with the file if you can share it.';
  return { kind: 'failed', unit: task.unit, read: [], diagnostics: [{ level: 'error', code, message, help, file: task.seed.file }] };
}

/** The error's name alone: its text may hold scanned values. `KEYWARD_DEBUG` shows where it came from. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  if (process.env.KEYWARD_DEBUG === undefined) return error.name;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames].join('\n');
}
