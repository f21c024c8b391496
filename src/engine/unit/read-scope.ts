import { type ReadOptions, type ReadResult, readTemplate } from '../../readers/index.js';
import { openAccess, type RecordingAccess } from '../access/file-access.js';
import { decodeResource } from '../codec/resource-codec.js';
import { decodeValue } from '../codec/value-codec.js';
import type { JudgeSettings, UnitTask } from './unit.js';

/** Reads the scope of a task, and says which files that took. */
export function readScope(task: UnitTask, settings: JudgeSettings, access: RecordingAccess = openAccess(settings.access)): ScopeRead {
  const foreign = task.foreign.map(decodeResource);
  const options: ReadOptions = {
    parameters: new Map(task.parameters),
    imports: new Map(task.imports.map(([name, value]) => [name, decodeValue(value)])),
    foreign: new Map(foreign.map((resource) => [resource.id, resource])),
    limits: settings.limits,
    ...(task.account === undefined ? {} : { account: task.account }),
    ...(task.region === undefined ? {} : { region: task.region }),
  };
  const result = readTemplate(task.seed, access, options);
  return { result, read: [...access.opened] };
}

export interface ScopeRead {
  readonly result: ReadResult;
  readonly read: readonly (readonly [string, number])[];
}
