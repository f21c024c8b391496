import type { UnitLinks, UnitOutcome, UnitTask } from '../unit/unit.js';

/** Runs units, wherever that is. Answers come in the order of the tasks; a task that could not be run is answered as failed. */
export interface Executor {
  judge(tasks: readonly UnitTask[]): Promise<readonly UnitOutcome[]>;
  links(tasks: readonly UnitTask[]): Promise<readonly UnitLinks[]>;
  close(): Promise<void>;
}

/** What an executor tells while it works, and what stops it: units not begun when `signal` fires get no answer. */
export interface ExecutorHooks {
  readonly signal?: AbortSignal | undefined;
  readonly onDone?: ((units: number) => void) | undefined;
}

/** Below both, starting threads takes longer than the work. */
const SMALL_FILES = 100;
const SMALL_BYTES = 1_000_000;

/** True where a job is worth starting threads for. */
export function isLarge(files: number, bytes: number): boolean {
  return files >= SMALL_FILES && bytes >= SMALL_BYTES;
}
