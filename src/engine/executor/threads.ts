import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JudgeSettings, UnitLinks, UnitOutcome, UnitTask } from '../unit/unit.js';
import type { Executor, ExecutorHooks } from './executor.js';
import { failedBy } from './run-unit.js';
import type { Batch } from './worker.js';

/** A batch has this many units at least, so that handing over is little beside the work; and at most, so that none comes last alone. */
const LEAST = 8;
const MOST = 64;
const BATCHES_PER_THREAD = 6;

/** The part of piscina that is used here. */
interface Pool {
  run(batch: Batch): Promise<string>;
  destroy(): Promise<void>;
}

/** Runs units on worker threads. A thread that dies is replaced; the units it had are tried once more, each alone. */
export async function threads(settings: JudgeSettings, jobs: number, hooks: ExecutorHooks): Promise<Executor> {
  const pool = await startPool(settings, jobs);
  const ask = async <Answer>(want: Batch['want'], tasks: readonly UnitTask[]): Promise<readonly Answer[]> =>
    // Workers answer each want with its own kind of answer, one a task.
    JSON.parse(await pool.run({ want, tasks })) as readonly Answer[];

  async function runAll<Answer>(
    want: Batch['want'],
    tasks: readonly UnitTask[],
    lost: (task: UnitTask) => Answer,
    onDone?: (units: number) => void,
  ) {
    const answers = await Promise.all(
      batchesOf(tasks, jobs).map(async (batch) => {
        const answer = await runBatch(want, batch, lost);
        onDone?.(answer.length);
        return answer;
      }),
    );
    return answers.flat();
  }

  async function runBatch<Answer>(
    want: Batch['want'],
    batch: readonly UnitTask[],
    lost: (task: UnitTask) => Answer,
  ): Promise<readonly Answer[]> {
    try {
      return await ask<Answer>(want, batch);
    } catch {
      if (hooks.signal?.aborted === true) return [];
      const answers: Answer[] = [];
      for (const task of batch) answers.push(await runAlone(want, task, lost));
      return answers;
    }
  }

  async function runAlone<Answer>(want: Batch['want'], task: UnitTask, lost: (task: UnitTask) => Answer): Promise<Answer> {
    try {
      const [answer] = await ask<Answer>(want, [task]);
      return answer ?? lost(task);
    } catch {
      return lost(task);
    }
  }

  const stop = (): void => void pool.destroy();
  hooks.signal?.addEventListener('abort', stop, { once: true });
  return {
    judge: (tasks) => runAll<UnitOutcome>('judge', tasks, workerLost, hooks.onDone),
    links: (tasks) => runAll<UnitLinks>('links', tasks, ({ unit }) => ({ unit, exports: [], resources: [] })),
    close: () => {
      hooks.signal?.removeEventListener('abort', stop);
      return pool.destroy();
    },
  };
}

async function startPool(settings: JudgeSettings, jobs: number): Promise<Pool> {
  const { Piscina } = await import('piscina');
  // Threads run compiled code; started from the TypeScript sources (by the tests) they use the build beside them.
  const worker = import.meta.url.endsWith('.ts') ? '../../../dist/bundle/worker.js' : '../../bundle/worker.js';
  const filename = fileURLToPath(new URL(worker, import.meta.url));
  // Piscina would start threads for it without end.
  if (!existsSync(filename)) throw new Error('The build has no worker.');
  return new Piscina({
    filename,
    minThreads: jobs,
    maxThreads: jobs,
    workerData: { settings },
    execArgv: [],
  });
}

function workerLost(task: UnitTask): UnitOutcome {
  return failedBy(task, 'worker-lost', `The thread that judged ${task.seed.file} died twice; the file was not judged.`);
}

function batchesOf(tasks: readonly UnitTask[], jobs: number): readonly (readonly UnitTask[])[] {
  const size = Math.min(MOST, Math.max(LEAST, Math.ceil(tasks.length / (jobs * BATCHES_PER_THREAD))));
  return Array.from({ length: Math.ceil(tasks.length / size) }, (_, index) => tasks.slice(index * size, (index + 1) * size));
}
