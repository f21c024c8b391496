import type { Json, JsonMap } from '../codec/value-codec.js';
import type { Executor } from '../executor/executor.js';
import type { JudgedUnit, UnitLinks, UnitOutcome, UnitTask } from '../unit/unit.js';

/** Which unit makes the export that a unit imports. */
interface Link {
  readonly name: string;
  readonly from: number;
}

/**
 * The second pass: units that import what exactly one other unit of the scan exports are judged again with the values. A name that
 * several could make stays unknown. Exports that rest on imports themselves are followed, a circle of them is not.
 */
export async function judgeLinked(
  tasks: readonly UnitTask[],
  outcomes: readonly UnitOutcome[],
  executor: Executor,
): Promise<readonly UnitOutcome[]> {
  const judged = new Map(outcomes.flatMap((outcome) => (outcome.kind === 'judged' ? [[outcome.unit, outcome] as const] : [])));
  const links = linksBetween(judged);
  if (links.size === 0) return outcomes;
  const taskOf = new Map(tasks.map((task) => [task.unit, task]));
  const known = await readLinks(links, taskOf, executor);
  const again = [...links.keys()].flatMap((unit) => withImports(unit, links, taskOf, known));
  const relinked = new Map((await executor.judge(again)).map((outcome) => [outcome.unit, outcome]));
  return outcomes.map((outcome) => relinked.get(outcome.unit) ?? outcome);
}

function linksBetween(judged: ReadonlyMap<number, JudgedUnit>): ReadonlyMap<number, readonly Link[]> {
  const makers = new Map<string, JudgedUnit[]>();
  for (const unit of judged.values()) for (const name of unit.exports) makers.set(name, [...(makers.get(name) ?? []), unit]);
  const links = new Map<number, readonly Link[]>();
  for (const unit of judged.values()) {
    const found = unit.imports.flatMap((name): Link[] => {
      const candidates = (makers.get(name) ?? []).filter((maker) => couldServe(maker, unit));
      const [only, ...others] = candidates;
      return only === undefined || others.length > 0 ? [] : [{ name, from: only.unit }];
    });
    if (found.length > 0) links.set(unit.unit, found);
  }
  return links;
}

/** An export is seen in its own account and Region only; one that is not known could be any. */
function couldServe(maker: JudgedUnit, importer: JudgedUnit): boolean {
  if (maker.unit === importer.unit) return false;
  const agree = (a: string | undefined, b: string | undefined): boolean => a === undefined || b === undefined || a === b;
  return agree(maker.account, importer.account) && agree(maker.region, importer.region);
}

/** The exported values, makers without imports first, then those that rest on them. */
async function readLinks(
  links: ReadonlyMap<number, readonly Link[]>,
  taskOf: ReadonlyMap<number, UnitTask>,
  executor: Executor,
): Promise<ReadonlyMap<number, UnitLinks>> {
  const known = new Map<number, UnitLinks>();
  let waiting = [...new Set([...links.values()].flatMap((list) => list.map(({ from }) => from)))].sort((a, b) => a - b);
  while (waiting.length > 0) {
    const isReady = (unit: number): boolean => (links.get(unit) ?? []).every(({ from }) => known.has(from) || !waiting.includes(from));
    const ready = waiting.filter(isReady);
    // Only circles are left: their own imports stay unknown.
    const next = ready.length > 0 ? ready : waiting;
    const tasks = next.flatMap((unit) => withImports(unit, links, taskOf, known));
    for (const answer of await executor.links(tasks)) known.set(answer.unit, answer);
    waiting = waiting.filter((unit) => !next.includes(unit));
  }
  return known;
}

/** The unit's task with every imported value that is known by now. */
function withImports(
  unit: number,
  links: ReadonlyMap<number, readonly Link[]>,
  taskOf: ReadonlyMap<number, UnitTask>,
  known: ReadonlyMap<number, UnitLinks>,
): readonly UnitTask[] {
  const task = taskOf.get(unit);
  if (task === undefined) return [];
  const imports: (readonly [string, Json])[] = [];
  const foreign = new Map<unknown, JsonMap>();
  for (const { name, from } of links.get(unit) ?? []) {
    const found = known.get(from);
    const value = found?.exports.find(([exported]) => exported === name)?.[1];
    if (found === undefined || value === undefined) continue;
    imports.push([name, value]);
    for (const resource of found.resources) foreign.set(resource.id, resource);
  }
  return [{ ...task, imports, foreign: [...foreign.values()] }];
}
