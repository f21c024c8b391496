import type { Rulebook } from '../../rules/index.js';
import type { JudgeSettings, UnitTask } from '../unit/unit.js';
import type { Executor, ExecutorHooks } from './executor.js';
import { runLinks, runUnit } from './run-unit.js';

/** Work this long, in ms, is done before signals and progress get their turn. */
const TURN = 30;

/** Runs units one after another in this thread. */
export function inPlace(settings: JudgeSettings, rulebook: Rulebook, hooks: ExecutorHooks): Executor {
  return {
    judge: (tasks) => eachInTurn(tasks, hooks, (task) => runUnit(task, settings, rulebook)),
    links: (tasks) => eachInTurn(tasks, {}, (task) => runLinks(task, settings)),
    close: async () => {},
  };
}

async function eachInTurn<Answer>(
  tasks: readonly UnitTask[],
  hooks: ExecutorHooks,
  run: (task: UnitTask) => Answer,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let turnEnds = performance.now() + TURN;
  for (const task of tasks) {
    if (hooks.signal?.aborted === true) break;
    answers.push(run(task));
    hooks.onDone?.(1);
    if (performance.now() < turnEnds) continue;
    await new Promise(setImmediate);
    turnEnds = performance.now() + TURN;
  }
  return answers;
}
