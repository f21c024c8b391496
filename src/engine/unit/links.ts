import type { Resource, ResourceId, Scope, VariableId } from '../../model/index.js';
import { encodeResource } from '../codec/resource-codec.js';
import { encodeValue } from '../codec/value-codec.js';
import { readScope } from './read-scope.js';
import { referencesIn } from './rule-context.js';
import type { JudgeSettings, UnitLinks, UnitTask } from './unit.js';

/** More than this a value's references are not followed: enough for a key, its policy and the roles named there. */
const MOST_RESOURCES = 200;

/** What the scope exports, ready for another scope to import. */
export function linksOf(task: UnitTask, settings: JudgeSettings): UnitLinks {
  const { result } = readScope(task, settings);
  if (result.kind !== 'scope') return { unit: task.unit, exports: [], resources: [] };
  const { scope } = result;
  const rename = renameFor(scope);
  const named = scope.exports.filter(({ name }) => typeof name === 'string');
  return {
    unit: task.unit,
    exports: named.map(({ name, value }) => [String(name), encodeValue(value, rename)]),
    resources: reachable(
      scope,
      named.flatMap(({ value }) => [...referencesIn(value)]),
    ).map((resource) => encodeResource(resource, rename)),
  };
}

/** A parameter of one template is not the parameter of that name in another; the account and Region of an export are the importer's. */
function renameFor(scope: Scope): (id: VariableId) => VariableId {
  const shared: ReadonlySet<VariableId> = new Set(['AWS::AccountId', 'AWS::Region', 'AWS::Partition', 'AWS::URLSuffix']);
  return (id) => (shared.has(id) ? id : `${scope.id}: ${id}`);
}

function reachable(scope: Scope, from: readonly ResourceId[]): readonly Resource[] {
  const byId = new Map(scope.resources.map((resource) => [resource.id, resource]));
  const found = new Map<ResourceId, Resource>();
  const queue = [...from];
  for (let id = queue.shift(); id !== undefined && found.size < MOST_RESOURCES; id = queue.shift()) {
    const resource = byId.get(id) ?? scope.foreign.get(id);
    if (resource === undefined || found.has(id)) continue;
    found.set(id, resource);
    queue.push(...referencesIn(resource.properties));
  }
  return [...found.values()];
}
